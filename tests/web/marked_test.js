// Sentences with code or emphasis in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CODE, EMPHASIS, marks } from "../../llm_lessons/web/lib/marked.js";

/** @param {string} text @param {RegExp} kind */
const short = (text, kind) => marks(text, kind).map((one) => [one.tag, one.text]);

test("code and emphasis are told from plain text", () => {
  const code = [[null, "Set "], ["code", "a*b*c"], [null, " to *2*."]];
  assert.deepEqual(short("Set `a*b*c` to *2*.", CODE), code);
  const emphasis = [[null, "counted in "], ["em", "bits"], [null, ", `so`."]];
  assert.deepEqual(short("counted in *bits*, `so`.", EMPHASIS), emphasis);
  assert.deepEqual(short("plain", CODE), [[null, "plain"]]);
  assert.deepEqual(short("", CODE), []);
});

test("a sign without a partner stays", () => {
  for (const text of ["a ` b", "2 * 3 * 4", "``", "**", "a\n`b\nc`", "<b>&amp;"]) {
    for (const kind of [CODE, EMPHASIS]) {
      assert.deepEqual(short(text, kind), [[null, text]]);
    }
  }
});
