// What the kernel does for widgets that ask a model short questions: `Race`,
// `MemoryExplorer`, `Effort` and `OpenBook`. Beside their classes in `widgets/`.

import { worker } from "../lib/worker.js";
import { pageOf } from "../widgets/open_book_verdicts.js";
import { chanceOf, firstSentence, writeOn } from "./texts.js";
import { sentenceOf } from "./words.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Reader } from "../engine/kv_cache.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Found, Name, Traits as EffortTraits } from "../widgets/effort.js" */
/** @import { Answers, Fact } from "../widgets/memory_explorer.js" */
/** @import { Traits as ExplorerTraits } from "../widgets/memory_explorer.js" */
/** @import { Reply, Traits as BookTraits } from "../widgets/open_book_verdicts.js" */
/** @import { Traits as RaceTraits } from "../widgets/race.js" */
/** @import { Asked, Problem, Side } from "../widgets/race_words.js" */

const STEP_RESULT = /= \$?(\d+)\./g; // at the end of a step
const FINAL_ANSWER = /Answer: ([^.\n]*)\./;
const LONGEST_STEPS = 192; // tokens
const CHUNK = 64; // tokens of a prompt are read at once by the notebook's program

/** @param {Model<RaceTraits>} model @param {LanguageModel} lm */
export function answerRace(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  const sizes = Object.keys(model.get("_costs")).map(Number).sort((a, b) => a - b);

  /**
   * What each token takes that stands behind a prompt, as it was counted in Python.
   * @param {number} before tokens of the prompt @param {number} count
   */
  function costsOf(before, count) {
    const read = Math.ceil(before / CHUNK) * CHUNK;
    return Array.from({ length: count }, (_, token) => {
      const size = sizes.find((slots) => slots > read + token) ??
        sizes[sizes.length - 1];
      return model.get("_costs")[size];
    });
  }

  /**
   * @param {Problem} problem @param {string} begun the steps, up to the new result
   * @returns {Generator<void, Side>}
   */
  function* written({ question, answer: rightAnswer }, begun) {
    const prompt = `${question}\nStep by step:`;
    const way = { maxTokens: LONGEST_STEPS };
    const text = begun + (yield* writeOn(reader, lm.encode(prompt + begun), way));
    const before = lm.encode(prompt).length;
    const tokens = lm.encode(prompt + text).slice(before);
    const answer = FINAL_ANSWER.exec(text)?.[1] ?? "";
    const place = Math.max(text.lastIndexOf(` ${answer}.`), 0);
    const sure = answer
      ? yield* chanceOf(reader, prompt + text.slice(0, place), ` ${answer}.`)
      : 0;
    return {
      pieces: tokens.map((token) => lm.tokenizer.pieces[token]),
      costs: costsOf(before, tokens.length),
      answer,
      right: answer === rightAnswer,
      sure,
    };
  }

  /** @param {Asked} asked */
  function* goOn(asked) {
    const [kind, number, step, result] = asked;
    const problem = model.get("_kinds")[kind][1][number];
    const text = problem.sides[1].pieces.join("");
    const found = [...text.matchAll(STEP_RESULT)][step];
    if (!found) return; // there is no such step
    const start = found.index + found[0].length - `${found[1]}.`.length;
    const side = yield* written(problem, `${text.slice(0, start)}${result}.`);
    model.set("_altered", { asked, side });
  }

  function onAsked() {
    const asked = model.get("_asked");
    if (!asked.length) work.stop(); // back to the race
    else if (String(model.get("_altered").asked) !== String(asked)) {
      work.start(goOn(asked));
    }
  }
  model.on("change:_asked", onAsked);
  onAsked(); // what was asked before the model was there
}

/** @type {(keyof Answers)[]} */
const WAYS_OF_ASKING = ["asked", "begun"];

/** @param {Model<ExplorerTraits>} model @param {LanguageModel} lm */
export function answerMemoryExplorer(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  const places = new Map(model.get("_people").map(([name], i) => [name, i]));

  /** @param {keyof Answers} way @param {string} person */
  function* rowsOf(way, person) {
    const values = model.get("_values")[places.get(person) ?? -1] ?? [];
    /** @type {Fact[]} */
    const rows = [];
    for (const [i, value] of values.entries()) {
      const [prompt, asked] = model.get("_prompts")[way][i].map((text) =>
        text.replaceAll("{name}", () => person)
      );
      const { text, chance } = yield* firstSentence(reader, prompt);
      const right = yield* chanceOf(reader, prompt, ` ${value}.`);
      rows.push([asked, text, chance, value, right]);
    }
    return rows;
  }

  /** @param {string} person */
  function* ask(person) {
    // First what is in sight.
    const ways = model.get("ask") ? WAYS_OF_ASKING : [...WAYS_OF_ASKING].reverse();
    /** @type {Partial<Answers>} */
    const found = {};
    for (const way of ways) {
      found[way] = yield* rowsOf(way, person);
      model.set("_answer", { person, ...found });
    }
  }

  model.on("change:person", () => {
    const person = model.get("person");
    if (model.get("_kept_answers")[person]) work.stop();
    else work.start(ask(person));
  });
}

const ASKED = "\nAnswer at once:"; // behind each question, as `Problem` writes it

/** @param {Model<EffortTraits>} model @param {LanguageModel} lm */
export function answerEffort(model, lm) {
  answerQuestion(model, lm, "easy");
  answerQuestion(model, lm, "hard");
}

/** @param {Model<EffortTraits>} model @param {LanguageModel} lm @param {Name} name */
function answerQuestion(model, lm, name) {
  const [reader, work] = [lm.reader(), worker()];
  function* answer() {
    const found = yield* read(reader, model.get(name), model.get(`_${name}`));
    model.set(`_${name}`, found);
  }
  function onChange() {
    if (model.get(`_${name}`).of === model.get(name)) work.stop(); // back to it
    else work.start(answer());
  }
  model.on(`change:${name}`, onChange);
  onChange(); // what was asked before the model was there
}

/**
 * @param {Reader} reader @param {string} question
 * @param {Found} last which stays where the text is refused
 * @returns {Generator<void, Found>}
 */
function* read(reader, question, last) {
  try {
    const prompt = question + ASKED;
    const tokens = reader.lm.encode(prompt).length;
    const { text: answer, chance } = yield* firstSentence(reader, prompt);
    return { of: question, why: "", tokens, answer, chance };
  } catch (refusal) {
    return { ...last, of: question, why: sentenceOf(refusal) };
  }
}

/** @type {(keyof BookTraits & string)[]} */
const ASKED_BY = ["person", "others", "conflict", "label", "note"];

/** @param {Model<BookTraits>} model @param {LanguageModel} lm */
export function answerOpenBook(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {string} prompt */
  function* ask(prompt) {
    /** @type {Reply} */
    let found;
    try {
      const { text, chance } = yield* firstSentence(reader, prompt);
      found = [text, chance];
    } catch (refusal) {
      found = [sentenceOf(refusal), null];
    }
    model.set("_replies", { ...model.get("_replies"), [prompt]: found });
  }

  function onChange() {
    const { prompt } = pageOf(model);
    if (!model.get("_replies")[prompt]) work.start(ask(prompt));
  }
  for (const name of ASKED_BY) model.on(`change:${name}`, onChange);
  onChange(); // what was asked before the model was there
}
