// What a toy may ask of a model, by name, in a page that has no kernel. Beside
// `widgets/questions.py`, which answers the same in a notebook.

import { Refusal } from "../engine/refusal.js";
import { softmax } from "../engine/sampling.js";
import { isSame } from "../lib/ask.js";
import { worker } from "../lib/worker.js";
import { origins } from "./origins.js";
import { chanceOf, firstSentence, runOf, writeOn } from "./texts.js";
import { endingsOf, listed, namesOf, sentenceOf, withoutEmpty } from "./words.js";

/** @import { Reader } from "../engine/kv_cache.js" */
/** @import { LanguageModel } from "../engine/model.js" */
/** @import { AskTraits, LastAnswer, Question } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { FirstForks, Read } from "../widgets/branch_tree_forks.js" */
/** @import { Run, Runs } from "../widgets/two_runs_side.js" */
/**
 * A generator that returns the answer. It yields nothing between pieces of the work, so
 * that the page can draw; a promise that it waits for; or what is there of the answer.
 * @typedef {(reader: Reader, ...args: any[]) => Generator<unknown, unknown>} Answering
 */

/** @type {Record<string, Answering>} */
const QUESTIONS = {
  at_once: atOnce,
  endings,
  endings_along: endingsAlong,
  facts,
  first_tokens: firstTokens,
  fork,
  forks,
  origins,
  reply,
  runs,
  scores,
  steps,
};

/**
 * Of every token that could come next.
 * @param {Reader} reader @param {string} prompt
 */
function* scores(reader, prompt) {
  const logits = yield* reader.read(reader.lm.encode(prompt));
  return new DataView(logits.slice().buffer);
}

/**
 * A short answer, its chance, and the tokens of the prompt.
 * @param {Reader} reader @param {string} prompt
 */
function* reply(reader, prompt) {
  const tokens = reader.lm.encode(prompt).length;
  return { tokens, ...yield* firstSentence(reader, prompt) };
}

/**
 * How words likely go on that these tokens begin behind the prompt.
 * @param {Reader} reader @param {string} prompt @param {number[]} tokens
 */
function* endings(reader, prompt, tokens) {
  const ids = reader.lm.encode(prompt);
  yield* reader.read(ids);
  return withoutEmpty(yield* endingsOf(reader, ids.length, tokens));
}

/**
 * The same at each flip of a run, of the token that was drawn and of others: flip by
 * flip, for somebody sees the first ones first.
 * @param {Reader} reader @param {string} prompt @param {[number, number[]][]} flips
 */
function* endingsAlong(reader, prompt, flips) {
  const text = reader.lm.encode(prompt);
  const all = [];
  for (const [token, others] of flips) {
    yield* reader.read(text);
    const endings = yield* endingsOf(reader, text.length, [token, ...others]);
    all.push(withoutEmpty(endings));
    yield [...all];
    text.push(token);
  }
  return all;
}

const BRANCHES = 5; // of a fork; all other tokens share one more

/**
 * What may come behind a text, and the names of its tokens.
 * @param {Reader} reader @param {number[]} text @returns {Generator<void, Read>}
 */
function* forkBehind(reader, text) {
  const logits = yield* reader.read(text);
  const fork = listed(logits, softmax(logits), BRANCHES);
  return { fork, ...namesOf(reader.lm, fork.likeliest.map(([token]) => token)) };
}

/**
 * The first fork behind a text, those next to it, and how many tokens may stand before
 * one. Python reads more ahead; here each is soon read when it is opened.
 * @param {Reader} reader @param {string} prompt @returns {Generator<void, FirstForks>}
 */
function* forks(reader, prompt) {
  const { config, tokenizer } = reader.lm;
  const ids = reader.lm.encode(prompt);
  const room = config.max_seq_len - ids.length;
  const first = yield* forkBehind(reader, ids);
  /** @type {FirstForks} */
  const all = {
    forks: { "": first.fork },
    room,
    pieces: first.pieces,
    marks: first.marks,
  };
  for (const [token] of first.fork.likeliest) {
    if (tokenizer.stops.includes(token) || room < 1) continue;
    const { fork, pieces, marks } = yield* forkBehind(reader, [...ids, token]);
    all.forks[token] = fork;
    Object.assign(all.pieces, pieces);
    Object.assign(all.marks, marks);
  }
  return all;
}

/**
 * What may come behind a path, if anything can come there.
 * @param {Reader} reader @param {string} prompt @param {number[]} path
 */
function* fork(reader, prompt, path) {
  const { lm } = reader;
  const text = [...lm.encode(prompt), ...path];
  const isOver = path.some((token) => lm.tokenizer.stops.includes(token));
  if (isOver || text.length > lm.config.max_seq_len) {
    throw new Refusal("Nothing comes behind this path.");
  }
  return yield* forkBehind(reader, text);
}

/**
 * A short answer, and with which tokens it could have begun.
 * @param {Reader} reader @param {string} prompt
 */
function* firstTokens(reader, prompt) {
  const ids = reader.lm.encode(prompt);
  const read = yield* forkBehind(reader, ids);
  const tokens = read.fork.likeliest.map(([token]) => token);
  const { text } = yield* firstSentence(reader, prompt);
  const ends = yield* endings(reader, prompt, tokens);
  return { ...read.fork, text, endings: ends, pieces: read.pieces, marks: read.marks };
}

const RUN_TOKENS = 40;
const RUN_BARS = 5; // for single tokens; all others share one more
const RUNS = 2; // Python draws more ahead, but here two are soon there

/**
 * Some runs of a prompt, and the names of their tokens; each run has the next seed.
 * @param {Reader} reader @param {string} prompt @param {number} seed
 * @returns {Generator<void, Runs>}
 */
function* runs(reader, prompt, seed) {
  const { lm, cache } = reader;
  const ids = lm.encode(prompt);
  const read = { logits: yield* reader.read(ids), cache };
  /** @type {Run[]} */
  const drawn = [];
  for (let i = 0; i < RUNS; i += 1) {
    const settings = { maxTokens: RUN_TOKENS, seed: seed + i };
    drawn.push(yield* runOf(lm, ids, settings, RUN_BARS, read));
  }
  const tokens = drawn.flatMap(({ flips }) =>
    flips.flatMap(([token, , , , likeliest]) => [token, ...likeliest.map(([id]) => id)])
  );
  return { runs: drawn, ...namesOf(lm, tokens) };
}

/**
 * To each prompt a short answer, its chance, and the chance of what is right.
 * @param {Reader} reader @param {[string, string][]} asked
 */
function* facts(reader, asked) {
  const replies = [];
  for (const [prompt, value] of asked) {
    const said = yield* firstSentence(reader, prompt);
    replies.push({ ...said, right: yield* chanceOf(reader, prompt, ` ${value}.`) });
    yield [...replies];
  }
  return replies;
}

const LONGEST_AT_ONCE = 8; // tokens
const LONGEST_STEPS = 192;
const FINAL_ANSWER = /Answer: ([^.\n]*)\./;

/**
 * An answer without steps, told as `steps` tells one.
 * @param {Reader} reader @param {string} question
 */
function* atOnce(reader, question) {
  const prompt = `${question}\nAnswer at once:`;
  const way = { maxTokens: LONGEST_AT_ONCE };
  const text = yield* writeOn(reader, reader.lm.encode(prompt), way);
  return yield* answerIn(reader, prompt, text, text.trim().split(".")[0]);
}

/**
 * The steps to an answer, from a beginning on: the tokens of the prompt, those of all
 * steps, the answer, and its chance.
 * @param {Reader} reader @param {string} question @param {string} begun
 */
function* steps(reader, question, begun) {
  const prompt = `${question}\nStep by step:`;
  const way = { maxTokens: LONGEST_STEPS };
  const ids = reader.lm.encode(prompt + begun);
  const text = begun + (yield* writeOn(reader, ids, way));
  return yield* answerIn(reader, prompt, text, FINAL_ANSWER.exec(text)?.[1] ?? "");
}

/**
 * @param {Reader} reader @param {string} prompt @param {string} text behind it
 * @param {string} answer in that text, or ""
 */
function* answerIn(reader, prompt, text, answer) {
  const { lm } = reader;
  const before = lm.encode(prompt).length;
  const tokens = lm.encode(prompt + text).slice(before);
  const place = Math.max(text.lastIndexOf(` ${answer}.`), 0);
  const sure = answer
    ? yield* chanceOf(reader, prompt + text.slice(0, place), ` ${answer}.`)
    : 0;
  const pieces = tokens.map((token) => lm.tokenizer.pieces[token]);
  return { before, pieces, answer, sure };
}

/**
 * Answer what a toy asks from now on; a new question ends the work on the one before it
 * at the same place.
 * @param {Model<any>} model @param {LanguageModel} lm
 */
export function answerQuestions(model, lm) {
  const toy = /** @type {Model<AskTraits>} */ (model);
  /** @type {Map<string, ReturnType<typeof placeOf>>} */
  const places = new Map();

  /** @param {string} name */
  function placeOf(name) {
    const [reader, work] = [lm.reader(), worker()];
    /** @type {Question | undefined} */
    let now;
    const last = () => toy.get("_answers")[name] ?? {};
    /** @param {LastAnswer} more */
    const tell = (more) =>
      toy.set("_answers", { ...toy.get("_answers"), [name]: { ...last(), ...more } });

    /** @param {Question} question */
    function* answer(question) {
      const [kind, ...args] = question;
      try {
        const steps = QUESTIONS[kind](reader, ...args);
        let { done, value } = steps.next();
        for (; !done; { done, value } = steps.next()) {
          const isWaiting = value instanceof Promise;
          if (value !== undefined && !isWaiting) tell({ shown: question, value });
          yield value;
        }
        tell({ heard: question, why: "", shown: question, value });
      } catch (refusal) {
        tell({ heard: question, why: sentenceOf(refusal) });
      }
    }
    /** @param {Question | undefined} question */
    function hear(question) {
      if (isSame(question, now)) return;
      now = question;
      if (!question || isSame(question, last().heard)) work.stop();
      else work.start(answer(question));
    }
    return { hear };
  }

  function hearAll() {
    const asked = toy.get("_questions");
    for (const name of Object.keys(asked)) {
      if (!places.has(name)) places.set(name, placeOf(name));
    }
    for (const [name, place] of places) place.hear(asked[name]);
  }
  model.on("change:_questions", hearAll);
  hearAll(); // what was asked before the model was there
}
