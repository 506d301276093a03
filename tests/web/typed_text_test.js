// The box of a text that somebody types.

import assert from "node:assert/strict";
import { test } from "node:test";
import { growsWithText } from "../../llm_lessons/web/lib/text_box.js";

/** A box of one line of 20 pixels for each line of its text, with a border of 1. */
function standInBox() {
  const style = { height: "" };
  const lines = { count: 1 };
  const inner = () =>
    style.height === "auto" ? 20 : parseFloat(style.height || "20") - 2;
  return {
    style,
    lines,
    // no browser says less than what the box has room for
    get scrollHeight() {
      return Math.max(20 * lines.count, inner());
    },
    get clientHeight() {
      return inner();
    },
    get offsetHeight() {
      return inner() + 2;
    },
  };
}

/** @param {boolean} inStyle whether style can do it @param {() => void} act */
function inBrowser(inStyle, act) {
  class ResizeObserver {
    observe() {}
    disconnect() {}
  }
  Object.assign(globalThis, { CSS: { supports: () => inStyle }, ResizeObserver });
  try {
    act();
  } finally {
    for (const name of ["CSS", "ResizeObserver"]) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
}

test("a box grows and shrinks with its text where style can't do it", () => {
  inBrowser(false, () => {
    const box = standInBox();
    const { grow } = growsWithText(
      /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (box)),
    );
    for (const lines of [1, 3, 2]) {
      box.lines.count = lines;
      grow();
      assert.equal(box.style.height, `${20 * lines + 2}px`);
    }
  });
  inBrowser(true, () => {
    const box = standInBox();
    const { grow } = growsWithText(
      /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (box)),
    );
    grow();
    assert.equal(box.style.height, "");
  });
});
