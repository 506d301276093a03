// What the kernel does for `TwoRuns`: it draws more runs, also behind another text, and
// finds out how words go on. Beside `widgets/two_runs.py`.

import { setTraits } from "../lib/widget_model.js";
import { likelyEnding } from "./endings.js";
import { namesOf } from "./listed.js";
import { answerOrigins } from "./origins.js";
import { toldRun } from "./runs.js";
import { readTyped } from "./typed_text.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Flip, Run, Traits } from "../widgets/two_runs_side.js" */

const RUN_TOKENS = 40;
const FIRST_RUNS = 2; // runs: Python draws more ahead, but here two are soon there

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerTwoRuns(model, lm) {
  const [drawing, naming] = [worker(), worker()];
  const [reader, ...namers] = [lm.reader(), lm.reader(), lm.reader()];
  const firstSeed = model.get("_runs")[0].seed;
  const start = () => lm.encode(model.get("_shown"));

  /** @param {number[]} ids of the text @param {Run[]} before @param {number} count */
  function* drawn(ids, before, count) {
    const runs = [...before];
    const read = { logits: yield* reader.read(ids), cache: reader.cache };
    while (runs.length < count) {
      const settings = { maxTokens: RUN_TOKENS, seed: firstSeed + runs.length };
      runs.push(yield* toldRun(lm, ids, settings, model.get("_bars"), read));
    }
    return runs;
  }
  /** @param {Run[]} runs */
  function show(runs) {
    const tokens = runs.flatMap(({ flips }) => flips.flatMap(tokensOfFlip));
    const { pieces, marks } = namesOf(lm, tokens);
    setTraits(model, { _pieces: pieces, _marks: marks, _runs: runs });
  }
  function* draw() {
    show(yield* drawn(start(), model.get("_runs"), model.get("_wanted")));
  }

  /** @param {string} prompt another text */
  function* firstRuns(prompt) {
    const runs = yield* drawn(lm.encode(prompt), [], FIRST_RUNS);
    naming.stop(); // of the runs that go
    setTraits(model, { flips: 0, _pair: 0, _named: -1, _endings: {} });
    show(runs);
    model.set("_wanted", FIRST_RUNS);
  }
  /** @param {string} prompt */
  function* read(prompt) {
    yield* readTyped(model, prompt, firstRuns(prompt));
    answerWanted(); // behind the text that stays, where this one is refused
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
  function answerPrompt() {
    const prompt = model.get("prompt");
    if (prompt !== model.get("_heard")) return drawing.start(read(prompt));
    drawing.stop(); // back to it
    answerWanted();
  }
  function answerNamed() {
    const [first, runs] = [2 * model.get("_named"), model.get("_runs")];
    const numbers = [first, first + 1].filter((number) =>
      runs[number] &&
      model.get("_endings")[number]?.length !== runs[number].flips.length
    );
    if (numbers.length) naming.start(tell(numbers));
  }
  answerOrigins(model, lm);
  model.on("change:prompt", answerPrompt);
  model.on("change:_wanted", answerWanted);
  model.on("change:_named", answerNamed);
  answerPrompt(); // what was typed before the model was there
  answerNamed();
}

/** The token that was drawn, and those that have bars. @param {Flip} flip */
function tokensOfFlip([token, , , , likeliest]) {
  return [token, ...likeliest.map(([one]) => one)];
}
