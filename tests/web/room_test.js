// A room's pages, where they calculate: time, languages, answers on their way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseBefore } from "../../llm_lessons_room/web/connection.js";
import { countdown } from "../../llm_lessons_room/web/countdown.js";
import { keep, kept } from "../../llm_lessons_room/web/kept.js";
import { withTally } from "../../llm_lessons_room/web/moment.js";
import { outbox } from "../../llm_lessons_room/web/outbox.js";
import {
  inPercent,
  languageToBegin,
  numeral,
  teller,
} from "../../llm_lessons_room/web/words.js";
import { withClock } from "./stand_ins.js";

/** @import { Sent } from "../../llm_lessons_room/web/outbox.js" */
/** @import { Moment } from "../../llm_lessons_room/web/moment.js" */

test("a room that lost its wifi tries again soon, then slower, not in one blow", () => {
  const pauses = Array.from({ length: 9 }, (_, failed) => pauseBefore(failed, 0));
  assert.equal(pauses[0], 300);
  assert.deepEqual(pauses, [...pauses].sort((a, b) => a - b));
  assert.equal(pauses.at(-1), 5000);
  assert.ok(pauseBefore(8, 0.99) < 3400 && pauseBefore(0, 0.99) > 190);
});

test("a countdown goes on while the phone sleeps", () => {
  const createElement = () => ({
    classList: { toggle() {} },
    style: {},
    append() {},
    setAttribute() {},
  });
  Object.assign(globalThis, { document: { createElement } });
  const timeOfDay = Date.now;
  let now = 1_700_000_000_000;
  Date.now = () => now;
  const { setInterval } = globalThis;
  Object.assign(globalThis, { setInterval: () => 0 });
  const clock = countdown(teller({}));
  const step = { id: "a", kind: "guess", title: "", shown: {} };
  clock.show({ deck: "d", step, phase: "open", round: 1, left: 60 });
  for (const [after, left] of [[45_000, 15], [14_001, 1], [998, 1], [1, 0], [9, 0]]) {
    now += after;
    assert.equal(clock.left(), left);
  }
  Date.now = timeOfDay;
  Object.assign(globalThis, { setInterval });
  Reflect.deleteProperty(globalThis, "document");
});

test("numbers have the point or the comma of the page's language", () => {
  assert.equal(numeral(0.8, 2, "en"), "0.80");
  assert.equal(numeral(0.8, 2, "nb"), "0,80");
  assert.equal(numeral(1.5, undefined, "nb"), "1,5");
  assert.equal(inPercent(0.1234, "en"), "12.3\u00a0%");
  assert.equal(inPercent(0.1234, "nb"), "12,3\u00a0%");
  assert.equal(inPercent(0.00001, "nb"), "<0,1\u00a0%");
});

test("a page begins in a language that the browser wants and the room has", () => {
  assert.equal(languageToBegin(["en", "nb"], ["nb-NO", "en"]), "nb");
  assert.equal(languageToBegin(["en", "nb"], ["no", "en"]), "nb");
  assert.equal(languageToBegin(["en", "nb"], ["fi", "en-GB"]), "en");
  assert.equal(languageToBegin(["en", "nb"], ["fi"]), "en");
  assert.equal(languageToBegin(["nb"], ["fi"]), "nb");
});

/** @param {(box: ReturnType<typeof outbox>, run: (ms: number) => void,
 *   sent: unknown[], told: Sent[], line: { on: boolean }) => void} act */
function withOutbox(act) {
  withClock((run) => {
    /** @type {unknown[]} */
    const sent = [];
    /** @type {Sent[]} */
    const told = [];
    const line = { on: true };
    const box = outbox((answer) => {
      if (line.on) sent.push(answer.value);
      return line.on;
    }, (state) => told.push(state));
    act(box, run, sent, told, line);
  });
}

const answer = (/** @type {unknown} */ value) => ({ step: "a", round: 1, value });

test("of many answers a second few are sent, and always the last", () => {
  withOutbox((box, run, sent, told) => {
    for (let i = 0; i <= 50; i += 1) {
      box.put(answer(i));
      run(20); // a second in all
    }
    run(1000);
    assert.ok(sent.length <= 6, String(sent));
    assert.deepEqual([sent[0], sent.at(-1)], [0, 50]);
    box.taken({ step: "a", round: 1 });
    assert.equal(told.at(-1), "taken");
    box.put(answer(51));
    box.put(answer(52));
    box.taken({ step: "a", round: 1 }); // the older one's receipt is none for this
    assert.notEqual(told.at(-1), "taken");
    run(1000);
    assert.equal(sent.at(-1), 52);
  });
});

test("an answer without a connection is kept, and sent once there is one", () => {
  withOutbox((box, run, sent, told, line) => {
    line.on = false;
    assert.equal(box.waiting(), null);
    box.put(answer("b"));
    assert.deepEqual(told, ["kept"]);
    assert.equal(box.waiting()?.value, "b", "whatever the server may tell meanwhile");
    line.on = true;
    box.again();
    assert.deepEqual([sent, told.at(-1)], [["b"], "sending"]);
    run(1000);
    box.again(); // lost before it was taken: once more
    assert.deepEqual(sent, ["b", "b"]);
    box.taken({ step: "a", round: 1 });
    run(1000);
    box.again();
    assert.deepEqual(sent, ["b", "b"], "the server has it");
    assert.equal(box.waiting(), null);
  });
});

test("an answer that was too fast comes again, one that is late does not", () => {
  withOutbox((box, run, sent) => {
    box.put(answer(1));
    box.refused({ why: "fast" });
    run(1000);
    assert.deepEqual(sent, [1, 1]);
    assert.ok(box.refused({ why: "late", step: "a", round: 1 }));
    run(1000);
    box.again();
    assert.deepEqual(sent, [1, 1]);
    box.put(answer(2));
    run(1000);
    box.only("b", 1); // the leader has gone on
    box.again();
    assert.deepEqual(sent, [1, 1, 2]);
  });
});

test("a late refusal of an old answer is none of the newest", () => {
  withOutbox((box, run, sent, told) => {
    box.put({ step: "a", round: 1, value: 1 });
    run(1000);
    box.put({ step: "a", round: 2, value: 2 }); // the leader went on meanwhile
    for (
      const other of [
        { why: "closed", step: "a", round: 1 },
        { why: "closed", step: "b", round: 2 },
        { why: "bad" }, // of something that could not be read
      ]
    ) {
      assert.ok(!box.refused(other), JSON.stringify(other));
      assert.equal(told.at(-1), "sending");
    }
    box.taken({ step: "a", round: 2 });
    assert.equal(told.at(-1), "taken");
    run(1000);
    box.put({ step: "a", round: 2, value: 3 });
    box.put({ step: "a", round: 2, value: 4 }); // waits for its turn
    assert.ok(!box.refused({ why: "bad", step: "a", round: 2 }), "of the one before");
    run(1000);
    assert.deepEqual(sent, [1, 2, 3, 4]);
    assert.ok(box.refused({ why: "late", step: "a", round: 2 }));
    assert.equal(told.at(-1), "");
  });
});

test("a browser that keeps nothing has one seat until its page is left", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new Error("storage is forbidden");
    },
  });
  assert.equal(kept("seat"), null);
  keep("seat", "t1");
  assert.equal(kept("seat"), "t1");
  keep("seat", "t2");
  assert.deepEqual([kept("seat"), kept("language")], ["t2", null]);
  if (own) Object.defineProperty(globalThis, "localStorage", own);
});

test("a tally changes the moment that it belongs to, and leaves its step", () => {
  const step = { id: "a", kind: "guess", title: "", shown: {} };
  /** @type {Moment} */
  const moment = { deck: "d", index: 0, of: 1, step, phase: "open", round: 2, left: 9 };
  const news = { type: "tally", step: "a", round: 2, tally: { answered: 3 }, left: 4 };
  const now = withTally(moment, news);
  assert.deepEqual([now?.step, now?.tally, now?.left], [step, { answered: 3 }, 4]);
  assert.equal(withTally(moment, { ...news, round: 1 }), null);
  assert.equal(withTally(moment, { ...news, step: "b" }), null);
  assert.equal(withTally(null, news), null);
});
