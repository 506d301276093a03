// What the kernel does for `TwoRuns`: it draws more runs, and finds out how words go
// on. Beside `widgets/two_runs.py`.

import { Reader } from "../engine/reader.js";
import { likelyEnding } from "./endings.js";
import { namesOf } from "./listed.js";
import { answerOrigins } from "./origins.js";
import { toldRun } from "./runs.js";
import { worker } from "./worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Flip, Traits } from "../widgets/two_runs_side.js" */

const RUN_TOKENS = 40;

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerTwoRuns(model, lm) {
  const [drawing, naming] = [worker(), worker()];
  const [reader, ...namers] = [new Reader(lm), new Reader(lm), new Reader(lm)];
  const start = () => lm.encode(model.get("prompt"));

  // Python draws some more ahead. Here two are soon there, and so the next two can be.
  function* draw() {
    const [ids, runs] = [start(), [...model.get("_runs")]];
    const read = { logits: yield* reader.read(ids), cache: reader.cache };
    while (runs.length < model.get("_wanted")) {
      const seed = runs[runs.length - 1].seed + 1;
      const settings = { maxTokens: RUN_TOKENS, seed };
      runs.push(yield* toldRun(lm, ids, settings, model.get("_bars"), read));
    }
    const { pieces, marks } = namesOf(
      lm,
      runs.flatMap(({ flips }) => flips.flatMap(tokensOfFlip)),
    );
    model.set("_pieces", pieces);
    model.set("_marks", marks);
    model.set("_runs", runs);
  }

  // Flip by flip, on both sides: somebody sees the first ones first.
  /** @param {number[]} numbers of the runs */
  function* tell(numbers) {
    const [ids, runs] = [start(), numbers.map((number) => model.get("_runs")[number])];
    const longest = Math.max(...runs.map(({ flips }) => flips.length));
    const told = runs.map(() => /** @type {Record<string, string>[]} */ ([]));
    for (let place = 0; place < longest; place += 1) {
      for (const [side, { flips }] of runs.entries()) {
        if (place >= flips.length) continue;
        const text = [...ids, ...flips.slice(0, place).map(([token]) => token)];
        yield* namers[side].read(text);
        /** @type {Record<string, string>} */
        const found = {};
        for (const token of new Set(tokensOfFlip(flips[place]))) {
          const ending = yield* likelyEnding(namers[side], text.length, token);
          if (ending) found[token] = ending;
        }
        told[side] = [...told[side], found];
      }
      const now = numbers.map((number, side) => [number, told[side]]);
      const known = model.get("_endings");
      model.set("_endings", { ...known, ...Object.fromEntries(now) });
    }
  }

  function answerWanted() {
    if (model.get("_runs").length >= model.get("_wanted")) return;
    naming.stop(); // of the runs that go
    drawing.start(draw());
  }
  function answerNamed() {
    const [first, runs] = [2 * model.get("_named"), model.get("_runs")];
    const numbers = [first, first + 1].filter((number) =>
      number < runs.length &&
      model.get("_endings")[number]?.length !== runs[number].flips.length
    );
    if (numbers.length) naming.start(tell(numbers));
  }
  answerOrigins(model, lm);
  model.on("change:_wanted", answerWanted);
  model.on("change:_named", answerNamed);
  answerWanted();
  answerNamed();
}

/**
 * The token that was drawn, and those that have bars.
 * @param {Flip} flip
 */
function tokensOfFlip([token, , , , likeliest]) {
  return [token, ...likeliest.map(([one]) => one)];
}
