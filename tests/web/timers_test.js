// What is done later, and once a frame at the most.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  eachFrame,
  setTrait,
  setTraits,
} from "../../llm_lessons/web/lib/widget_model.js";
import { announcer, later, patience } from "../../llm_lessons/web/lib/timers.js";
import { standInModel, withClock, withDocument } from "./stand_ins.js";

test("only the last word is read out, once all is quiet", () => {
  withDocument(() =>
    withClock((run) => {
      const heard = announcer();
      heard.say("one");
      run(599);
      heard.say("two");
      run(599);
      assert.equal(heard.node.textContent, "");
      run(1);
      assert.equal(heard.node.textContent, "two");
      heard.say("three");
      heard.stop();
      run(10_000);
      assert.equal(heard.node.textContent, "two");
    })
  );
});

test("each request is waited for anew", () => {
  withClock((run) => {
    let redrawn = 0;
    const { model } = standInModel({});
    const answer = patience(model, () => (redrawn += 1));
    assert.equal(answer.isOver("a"), false);
    run(2000);
    assert.equal(answer.isOver("a"), false); // asking again gives no more time
    run(1000);
    assert.deepEqual([answer.isOver("a"), redrawn], [true, 1]);
    assert.equal(answer.isOver("b"), false);
    answer.stop();
    run(10_000);
    assert.equal(redrawn, 1);
  });
});

test("an explanation is looked at again for as long as it is asked for", () => {
  withClock((run) => {
    let redrawn = 0;
    let isAsking = true;
    const answer = patience(standInModel({}).model, () => {
      redrawn += 1;
      if (isAsking) answer.isOver("a");
    });
    answer.isOver("a");
    run(5000);
    assert.equal(redrawn, 3); // after three seconds, four, and five
    isAsking = false;
    run(10_000);
    assert.equal(redrawn, 4);
  });
});

test("what is due can be done now, and is not done again", () => {
  withClock((run) => {
    let done = 0;
    const due = later(50, () => (done += 1));
    due.start();
    assert.ok(due.isDue());
    due.now();
    run(1000);
    assert.deepEqual([done, due.isDue()], [1, false]);
    due.start();
    run(49);
    due.start(); // the pause begins again
    run(49);
    assert.equal(done, 1);
    run(1);
    assert.equal(done, 2);
  });
});

test("a trait is sent when it has changed, and several in one message", () => {
  const { model, saved } = standInModel({ size: 1, text: "a" });
  setTrait(model, "size", 1);
  assert.deepEqual(saved, []);
  setTrait(model, "size", 2);
  setTraits(model, { size: 3, text: "b" });
  assert.deepEqual(saved, [{ size: 2, text: "a" }, { size: 3, text: "b" }]);
});

test("many changes are drawn once a frame, and no more after the end", () => {
  /** @type {(() => void)[]} */
  let frames = [];
  Object.assign(globalThis, {
    requestAnimationFrame: (/** @type {() => void} */ act) => frames.push(act),
    cancelAnimationFrame: () => (frames = []),
  });
  const { model } = standInModel({ size: 1, text: "a" });
  let drawn = 0;
  const loop = eachFrame(model, () => (drawn += 1));
  model.set("size", 2);
  model.set("size", 3);
  loop.redraw();
  model.set("text", "b");
  assert.equal(frames.length, 1);
  frames.splice(0).forEach((act) => act());
  assert.equal(drawn, 1);
  model.set("size", 4);
  loop.stop();
  assert.equal(frames.length, 0);
});
