// What the kernel does for widgets that go on from a text which somebody types:
// `NextToken`, `BranchTree` and `TwoRuns`. Beside their classes in `widgets/` and
// `TypedWidget` in `widgets/base.py`.

import { answerQuestions, forkBehind } from "./questions.js";
import { toldRun } from "./texts.js";
import { namesOf, sentenceOf } from "./words.js";
import { setTraits } from "../lib/widget_model.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits as TreeTraits } from "../widgets/branch_tree.js" */
/** @import { Traits as NextTraits } from "../widgets/next_token_coin.js" */
/** @import { Flip, Run, Traits as RunsTraits } from "../widgets/two_runs_side.js" */
/** @typedef {"_shown" | "_message" | "_heard"} Told */

/**
 * @param {{ set: (name: Told, value: string) => void }} model @param {string} text
 * @param {Generator<unknown, void, any>} reading which sets all other traits
 */
function* readTyped(model, text, reading) {
  try {
    yield* reading;
    model.set("_shown", text);
    model.set("_message", "");
  } catch (refusal) {
    model.set("_message", sentenceOf(refusal));
  }
  model.set("_heard", text);
}

/** @param {Model<NextTraits>} model @param {LanguageModel} lm */
export function answerNextToken(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {string} prompt */
  function* scores(prompt) {
    const logits = yield* reader.read(lm.encode(prompt));
    model.set("_logits", new DataView(logits.slice().buffer));
  }
  function read() {
    const prompt = model.get("prompt");
    work.start(readTyped(model, prompt, scores(prompt)));
  }
  answerQuestions(model, lm);
  model.on("change:prompt", read);
  // what was typed before the model was there
  if (model.get("prompt") !== model.get("_heard")) read();
}

/** @param {Model<TreeTraits>} model @param {LanguageModel} lm */
export function answerBranchTree(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {string} prompt another text: its first fork, and those next to that */
  function* firstForks(prompt) {
    const ids = lm.encode(prompt);
    const room = lm.config.max_seq_len - ids.length;
    const first = yield* forkBehind(reader, ids);
    /** @type {[string, typeof first][]} */
    const found = [["", first]];
    for (const [token] of first.fork.likeliest) {
      if (model.get("_stops").includes(token) || room < 1) continue;
      found.push([String(token), yield* forkBehind(reader, [...ids, token])]);
    }
    setTraits(model, {
      _room: room,
      path: [],
      _grown: false,
      _pieces: Object.assign({}, ...found.map(([, { pieces }]) => pieces)),
      _marks: Object.assign({}, ...found.map(([, { marks }]) => marks)),
      _forks: Object.fromEntries(found.map(([key, { fork }]) => [key, fork])),
    });
  }
  function read() {
    const prompt = model.get("prompt");
    if (prompt === model.get("_heard")) return work.stop();
    work.start(readTyped(model, prompt, firstForks(prompt)));
  }
  answerQuestions(model, lm);
  model.on("change:prompt", read);
  read(); // what was typed before the model was there
}

const RUN_TOKENS = 40;
const FIRST_RUNS = 2; // runs: Python draws more ahead, but here two are soon there

/** @param {Model<RunsTraits>} model @param {LanguageModel} lm */
export function answerTwoRuns(model, lm) {
  const [reader, drawing] = [lm.reader(), worker()];
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
    setTraits(model, { flips: 0, _pair: 0 });
    show(runs);
    model.set("_wanted", FIRST_RUNS);
  }
  /** @param {string} prompt */
  function* read(prompt) {
    yield* readTyped(model, prompt, firstRuns(prompt));
    answerWanted(); // behind the text that stays, where this one is refused
  }

  function answerWanted() {
    if (model.get("_runs").length >= model.get("_wanted")) return;
    drawing.start(draw());
  }
  function answerPrompt() {
    const prompt = model.get("prompt");
    if (prompt !== model.get("_heard")) return drawing.start(read(prompt));
    drawing.stop(); // back to it
    answerWanted();
  }
  answerQuestions(model, lm);
  model.on("change:prompt", answerPrompt);
  model.on("change:_wanted", answerWanted);
  answerPrompt(); // what was typed before the model was there
}

/** The token that was drawn, and those that have bars. @param {Flip} flip */
function tokensOfFlip([token, , , , likeliest]) {
  return [token, ...likeliest.map(([one]) => one)];
}
