// What is done later: the last word is read out, and an answer is waited for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { announcer, patience } from "../../llm_lessons/web/lib/timers.js";
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
