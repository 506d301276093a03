// What the tests put in the place of a browser's or a kernel's own.

/** @import { Model } from "../../llm_lessons/web/lib/widget_model.js" */

/**
 * Numbers from [0, 1), the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A model with these traits; `saved` lists what was sent to Python.
 * @template {Record<string, unknown>} Traits
 * @param {Traits} traits
 */
export function standInModel(traits) {
  /** @type {Record<string, (() => void)[]>} */
  const listeners = {};
  /** @type {Traits[]} */
  const saved = [];
  /** @type {Model<Traits>} */
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      traits[name] = value;
      for (const event of [`change:${String(name)}`, "change"]) {
        listeners[event]?.forEach((call) => call());
      }
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes: () => saved.push({ ...traits }),
  };
  return { model, saved };
}

/**
 * A clock that goes when the test says so, in the place of the real one.
 * @param {(run: (milliseconds: number) => void) => void} test
 */
export function withClock(test) {
  const { setTimeout, clearTimeout } = globalThis;
  let [now, last] = [0, 0];
  /** @type {Map<number, { due: number, act: () => void }>} */
  const waiting = new Map();
  Object.assign(globalThis, {
    setTimeout(/** @type {() => void} */ act, /** @type {number} */ pause) {
      waiting.set(++last, { due: now + pause, act });
      return last;
    },
    clearTimeout: (/** @type {number} */ id) => waiting.delete(id),
  });
  try {
    test((milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const next = [...waiting].sort(([, a], [, b]) => a.due - b.due)[0];
        if (!next || next[1].due > end) break;
        waiting.delete(next[0]);
        now = next[1].due;
        next[1].act();
      }
      now = end;
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

/** A document whose elements only keep their text. @param {() => void} test */
export function withDocument(test) {
  const createElement = () => ({ textContent: "", setAttribute() {}, append() {} });
  Object.assign(globalThis, { document: { createElement } });
  try {
    test();
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
}

/**
 * What a generator returns, at once.
 * @template Result @param {Generator<void, Result>} steps
 * @returns {Result}
 */
export function finished(steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
