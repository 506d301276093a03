// A model that a room trains, on a phone and behind the screen: its lines, what is
// sent, what is told of it, and the file that one keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHalves } from "../../llm_lessons/web/engine/halves.js";
import {
  gradientFrame,
  NO_LINES,
  weightsIn,
} from "../../llm_lessons_room/activities/train_together/gradient_frames.js";
import {
  roomFile,
  roomLines,
  roomModel,
} from "../../llm_lessons_room/activities/train_together/room_model.js";
import {
  countNames,
} from "../../llm_lessons_room/activities/train_together/written_names.js";
import { isKept, keptFrom } from "../../llm_lessons/web/widgets/train_your_own_file.js";
import {
  batchAt,
  lettersIn,
  pupilOf,
} from "../../llm_lessons/web/widgets/train_your_own_model.js";
import { parted } from "../../llm_lessons/web/widgets/train_your_own_text.js";
import { LISTED, momentOf, NAMES, weightsFrame } from "./room_names.js";
import { finished } from "./stand_ins.js";

test("the room's names are among the lines that are read, each once", () => {
  const lines = roomLines(LISTED, NAMES);
  assert.deepEqual(new Set(lines), new Set([...LISTED, ...NAMES]));
  assert.equal(lines.length, LISTED.length + NAMES.length - 1);
  const { read, aside } = parted(lines);
  assert.ok(NAMES.every((name) => read.includes(name)));
  assert.ok(aside.length >= 4 && aside.every((line) => LISTED.includes(line)));
  assert.deepEqual(roomLines(LISTED, []), LISTED);
});

test("a phone answers weights with the gradient of its own lines", async () => {
  /** @type {Uint8Array[]} */
  const sent = [];
  let isConnected = true;
  const model = roomModel(() => {}, (bytes) => sent.push(bytes) > 0 && isConnected);
  model.receive(weightsFrame(3)); // before it knows of any training
  model.follow(momentOf(3));
  const pupil = pupilOf(roomLines(LISTED, NAMES), 0, () => 0);
  const values = pupil.trainer.values.slice();
  model.receive(weightsFrame(2, 0, 0, values)); // of a training that is over
  model.receive(weightsFrame(3, 0, 0, values.subarray(1))); // of another size
  assert.equal(model.now(), null);
  model.receive(weightsFrame(3, 5, 2, values));
  while (!sent.length) await new Promise((go) => setTimeout(go, 5));
  fromHalves(weightsIn(weightsFrame(3, 5, 2, values)).halves, pupil.trainer.values);
  const batch = batchAt(pupil, 2);
  const loss = finished(pupil.trainer.measureInPieces(batch));
  const letters = lettersIn(batch, pupil.rows);
  const frame = { training: 3, step: 5, lines: 2, halves: new Uint16Array(0) };
  assert.deepEqual(sent, [
    gradientFrame(frame, loss, letters, pupil.trainer.gradient),
  ]);
  assert.deepEqual([...new Uint32Array(sent[0].buffer, 0, 2)], [3, 5]);
  assert.deepEqual([model.now()?.steps, model.now()?.parts], [5, 1]);
  model.receive(weightsFrame(3, 6, NO_LINES, values)); // only to look at
  assert.deepEqual([model.now()?.steps, sent.length], [6, 1]);
  isConnected = false;
  model.receive(weightsFrame(3, 6, 3, values));
  while (sent.length < 2) await new Promise((go) => setTimeout(go, 5));
  assert.equal(model.now()?.parts, 1, "what is not sent is no part");
  model.follow(momentOf(4));
  assert.equal(model.now(), null, "another training has weights of its own");
  model.stop();
});

test("the file that a phone keeps is one that TrainYourOwn opens", () => {
  const lines = roomLines(LISTED, NAMES);
  const pupil = pupilOf(lines, 0, () => 0);
  const text = roomFile(pupil, 120, 54_321);
  assert.ok(isKept(text));
  const kept = keptFrom(text);
  assert.deepEqual(kept.lines, lines);
  assert.equal(kept.read, 54_321);
  const again = pupilOf(kept.lines, kept.seed, () => kept.rate);
  assert.deepEqual(again.letters, pupil.letters);
  assert.deepEqual(again.config, pupil.config);
});

test("names are counted as they are written", () => {
  const texts = ["Rex", "dog 1", "Rex", "rex", "Ida"];
  assert.deepEqual(countNames(texts, ["Ida", "Rex", "Bo"]), [["Rex", 2], ["Ida", 1]]);
  assert.deepEqual(countNames([], ["Rex"]), []);
});
