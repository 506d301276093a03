// What the kernel does for widgets that go on from a text which somebody types:
// `NextToken`, `BranchTree` and `TwoRuns`. Beside their classes in `widgets/` and
// `TypedWidget` in `widgets/base.py`.

import { answerOrigins } from "./origins.js";
import { toldRun } from "./texts.js";
import { endingsOf, listed, namesOf, sentenceOf, toldEndings } from "./words.js";
import { softmax } from "../engine/sampling.js";
import { sortScores } from "../lib/odds.js";
import { setTraits } from "../lib/widget_model.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits as TreeTraits } from "../widgets/branch_tree.js" */
/** @import { Fork } from "../widgets/branch_tree_forks.js" */
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

const BARS = 12; // tokens that have a bar of their own, as bars.js draws them

/** @param {Model<NextTraits>} model @param {LanguageModel} lm */
export function answerNextToken(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  /** @type {Map<string, Record<string, string>>} */
  const known = new Map(); // endings by prompt

  /** @param {string} prompt */
  function* scores(prompt) {
    const logits = yield* reader.read(lm.encode(prompt));
    model.set("_logits", new DataView(logits.slice().buffer));
  }
  function read() {
    const prompt = model.get("prompt");
    work.start(readTyped(model, prompt, scores(prompt)));
  }

  /** @param {string} prompt @param {(logits: Float32Array) => number[]} asked tokens */
  function* tell(prompt, asked) {
    const ids = lm.encode(prompt);
    const logits = yield* reader.read(ids);
    const before = known.get(prompt);
    const found = yield* endingsOf(reader, ids.length, asked(logits), before);
    known.set(prompt, found);
    model.set("_endings", { prompt, of: toldEndings(found) });
  }

  model.on("change:prompt", read);
  model.on("change:_wanted", () => {
    const prompt = model.get("_wanted");
    const isReading = model.get("prompt") !== model.get("_heard"); // it comes first
    if (prompt !== null && prompt === model.get("_shown") && !isReading) {
      work.start(tell(prompt, likeliest));
    }
  });
  model.on("change:drawn", () => {
    const [token, prompt] = [model.get("drawn"), model.get("_shown")];
    if (token === null || prompt === null || known.get(prompt)?.[token] !== undefined) {
      return;
    }
    work.start(tell(prompt, (logits) => [...likeliest(logits), token]));
  });
  // what was typed before the model was there
  if (model.get("prompt") !== model.get("_heard")) read();
}

/** @param {Float32Array} logits */
function likeliest(logits) {
  return [...sortScores(logits).ids.subarray(0, BARS)];
}

const BRANCHES = 5; // of a fork; all other tokens share one more

/** @param {Model<TreeTraits>} model @param {LanguageModel} lm */
export function answerBranchTree(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {number[]} ids of the text @param {number[]} path */
  function* forkBehind(ids, path) {
    const logits = yield* reader.read([...ids, ...path]);
    const fork = listed(logits, softmax(logits), BRANCHES);
    const { pieces, marks } = namesOf(lm, fork.likeliest.map(([token]) => token));
    model.set("_pieces", { ...model.get("_pieces"), ...pieces });
    model.set("_marks", { ...model.get("_marks"), ...marks });
    return fork;
  }
  /** @param {number[]} path */
  function* read(path) {
    const fork = yield* forkBehind(lm.encode(model.get("_shown")), path);
    // Last of all: now the page draws it, and may ask for the next one.
    model.set("_forks", { ...model.get("_forks"), [path.join(".")]: fork });
  }
  /** @param {string} prompt another text: its first fork, and those next to that */
  function* firstForks(prompt) {
    const ids = lm.encode(prompt);
    const room = lm.config.max_seq_len - ids.length;
    const first = yield* forkBehind(ids, []);
    /** @type {Record<string, Fork>} */
    const forks = { "": first };
    for (const [token] of first.likeliest) {
      const isOver = model.get("_stops").includes(token) || room < 1;
      if (!isOver) forks[token] = yield* forkBehind(ids, [token]);
    }
    setTraits(model, { _room: room, path: [], _grown: false, _forks: forks });
  }
  /** @param {string} prompt */
  function* readText(prompt) {
    yield* readTyped(model, prompt, firstForks(prompt));
    model.set("_asked", ""); // it is listened to, so last
  }
  function answer() {
    const prompt = model.get("prompt");
    if (prompt !== model.get("_heard")) return work.start(readText(prompt));
    work.stop(); // what is asked for now is another thing
    const asked = model.get("_asked");
    if (!asked || model.get("_forks")[asked]) return;
    const path = asked.split(".").map(Number);
    const isOver = model.get("_stops").includes(path[path.length - 1]);
    if (!isOver && path.length <= model.get("_room")) work.start(read(path));
  }
  model.on("change:_asked", answer);
  model.on("change:prompt", answer);
  answer(); // what was typed before the model was there
}

const RUN_TOKENS = 40;
const FIRST_RUNS = 2; // runs: Python draws more ahead, but here two are soon there

/** @param {Model<RunsTraits>} model @param {LanguageModel} lm */
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
        const tokens = tokensOfFlip(flips[place]);
        const found = yield* endingsOf(namers[side], text.length, tokens);
        told[side] = [...told[side], toldEndings(found)];
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
