// A model that goes on by a room's thumbs: what is judged, and what comes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { softmax } from "../../llm_lessons/web/engine/sampling.js";
import { prefill } from "../../llm_lessons/web/engine/kv_cache.js";
import {
  NO_LINES,
} from "../../llm_lessons_room/activities/train_together/gradient_frames.js";
import {
  roomLines,
  roomModel,
} from "../../llm_lessons_room/activities/train_together/room_model.js";
import {
  JUDGED,
  namesToJudge,
  thumbsGradient,
} from "../../llm_lessons_room/activities/train_together/thumbs.js";
import {
  isClearlyBetter,
} from "../../llm_lessons_room/activities/train_together/thumbs_screen.js";
import {
  batchAt,
  batchOfLines,
  lettersIn,
  pupilOf,
} from "../../llm_lessons/web/widgets/train_your_own_model.js";
import { EDGE, tokensOf } from "../../llm_lessons/web/widgets/train_your_own_text.js";
import { LISTED, momentOf, NAMES, weightsFrame } from "./room_names.js";
import { finished, random } from "./stand_ins.js";

test("thumbs turn the knobs downhill of what was liked less than on average", () => {
  const pupil = pupilOf(roomLines(LISTED, NAMES), 0, () => 0);
  const { trainer, letters, rows, rowLength } = pupil;
  const written = ["dog 1", "Rex", "dgo", ""];
  const ups = [true, false, false, true];
  const found = finished(thumbsGradient(pupil, written, ups));
  assert.deepEqual([found.down, found.letters], [0.5, 6 + 4 + 4 + 1]);
  /** Each name's surprise, one after another, by how much more it was liked. */
  const surprise = () =>
    written.reduce((sum, name, i) => {
      const batch = batchOfLines([tokensOf(name, letters)], rows, rowLength + 1);
      const nats = trainer.loss(batch) * lettersIn(batch, 1);
      return sum + (Number(ups[i]) - 0.5) * nats / found.letters;
    }, 0);
  const squares = found.gradient.reduce((sum, one) => sum + one ** 2, 0);
  const values = trainer.values.slice();
  const [up, down] = [1, -1].map((side) => {
    found.gradient.forEach((one, i) => {
      trainer.values[i] = values[i] + (side * 0.003 * one) / Math.sqrt(squares);
    });
    return surprise();
  });
  const slope = (up - down) / 0.006;
  assert.ok(
    Math.abs(slope / Math.sqrt(squares) - 1) < 0.01,
    `${slope} ${Math.sqrt(squares)}`,
  );
  for (const isUp of [true, false]) { // all the same: nothing is turned
    const { gradient, down } = finished(
      thumbsGradient(pupil, ["Rex", "a"], [isUp, isUp]),
    );
    assert.ok(gradient.every((one) => one === 0));
    assert.equal(down, isUp ? 0 : 1);
  }
});

test("names are judged as often as the odds say that are turned by it", () => {
  const pupil = pupilOf([..."aaaaaaab".repeat(5)], 0, () => 0.01);
  for (let step = 0; step < 40; step += 1) pupil.trainer.step(batchAt(pupil, step));
  const { logits } = prefill(pupil.trainer.weights(), [EDGE], 1, pupil.config);
  const odds = softmax(logits); // of names of one letter
  const places = Array.from({ length: 500 }, (_, place) => place);
  const names = places.flatMap((place) => namesToJudge(pupil, place));
  const often = names.filter((name) => name === "a").length / names.length;
  const own = odds[1 + pupil.letters.indexOf("a")];
  assert.ok(own > 0.6 && own < 0.95, `${own}`);
  assert.ok(Math.abs(often - own) < 0.02, `${often} ${own}`);
  // an end that was not drawn, as a name was cut, is not learned
  const found = finished(thumbsGradient(pupil, ["a", "b", ""], [true, false, false]));
  assert.equal(found.letters, 3);
});

test("in the second round a phone asks for thumbs, and sends their slope", async () => {
  /** @type {Uint8Array[]} */
  const sent = [];
  const model = roomModel(() => {}, (bytes) => sent.push(bytes) > 0);
  model.follow(momentOf(3, 2));
  const pupil = pupilOf(roomLines(LISTED, NAMES), 0, () => 0);
  model.receive(weightsFrame(3, 5, 2, pupil.trainer.values));
  const names = model.asked();
  assert.equal(names.length, JUDGED);
  assert.equal(model.asked(), names, "the same question");
  model.receive(weightsFrame(3, 6, 3, pupil.trainer.values));
  assert.notDeepEqual(model.asked(), names, "other names than another phone's");
  model.judge([true, false, false, false]);
  assert.deepEqual(model.asked(), []);
  model.judge([true, true, true, true]); // of nothing
  while (!sent.length) await new Promise((go) => setTimeout(go, 5));
  assert.deepEqual([...new Uint32Array(sent[0].buffer, 0, 2)], [3, 6]);
  assert.equal(new Float32Array(sent[0].buffer, 8, 1)[0], 0.75);
  assert.ok(new Uint16Array(sent[0].buffer, 16).some((half) => half !== 0));
  model.receive(weightsFrame(3, 7, NO_LINES, pupil.trainer.values)); // only to look at
  assert.deepEqual([model.asked(), model.now()?.parts, sent.length], [[], 1, 1]);
  model.stop();
});

test("it has learned to please where clearly more thumbs are up than were", () => {
  const rising = [0.2, 0.3, 0.5, 0.4, 0.9, 0.8];
  assert.ok(isClearlyBetter(rising, 40));
  assert.ok(!isClearlyBetter(rising, 4), "of one phone");
  assert.ok(!isClearlyBetter([0.5, 0.3, 0.5, 0.3], 40));
  assert.ok(![[], [0.4]].some((ups) => isClearlyBetter(ups, 40)));
  const coin = random(0);
  const shareOf = (/** @type {number} */ thumbs) =>
    Array.from({ length: thumbs }, coin).filter((one) => one < 0.5).length / thumbs;
  const rooms = Array.from(
    { length: 200 },
    () => Array.from({ length: 10 }, () => shareOf(20)),
  );
  const clear = rooms.filter((ups) => isClearlyBetter(ups, 20)).length;
  assert.ok(clear < 20, `${clear} of 200 rooms whose thumbs fall by chance`);
});
