// What of each toy is a learner's own, so that a link may bring it. Each value has a
// check, for anybody can write a link; a widget that is not named here has no link.

import { fitsSetting, SETTING_NAMES } from "../engine/settings.js";

/** @import { Draw } from "../engine/settings.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Problem } from "../widgets/race_words.js" */
/** @typedef {Model<Record<string, any>>} Toy */
/** @typedef {Record<string, any>} State */
/**
 * Whether a value is allowed, among `all` that come with it.
 * @typedef {(value: any, all: State) => boolean} Check
 */

const LONGEST_TEXT = 2000; // characters

/** @type {Check} */
const isText = (value) => typeof value === "string" && value.length <= LONGEST_TEXT;
/** @type {Check} */
const isSwitch = (value) => typeof value === "boolean";
/** @type {(least: number, most: number) => Check} */
const isNumber = (least, most) => (value) =>
  typeof value === "number" && value >= least && value <= most;
/** @type {(least: number, most: number) => Check} */
const isWhole = (least, most) => (value, all) =>
  Number.isInteger(value) && isNumber(least, most)(value, all);
/** The number of one of so many. @type {(count: number) => Check} */
const isBelow = (count) => isWhole(0, count - 1);
/** @type {(name: keyof Draw) => Check} */
const isSetting = (name) => (value) => fitsSetting(name, value);
/** A list with a check for each place. @type {(...checks: Check[]) => Check} */
const isRow = (...checks) => (value, all) =>
  Array.isArray(value) && value.length === checks.length &&
  checks.every((check, i) => check(value[i], all));

/** @type {Record<string, Check>} */
const DRAW = {
  prompt: isText,
  ...Object.fromEntries(SETTING_NAMES.map((name) => [name, isSetting(name)])),
  temperature: isNumber(0, 100), // its slider is as long as it is hot
};

/** Of the weights, those whose odds the page brings along. @param {Toy} toy */
function ofKnob(toy) {
  /** @type {{ weight: unknown[], stops: unknown[] }[]} */
  const listed = toy.get("_listed");
  const weights = listed.map(({ weight }) => String(weight));
  return {
    weight: (/** @type {unknown} */ value) =>
      Array.isArray(value) && weights.includes(String(value)),
    position: isBelow(listed[0].stops.length),
  };
}

/** @param {Toy} toy */
function ofRace(toy) {
  /** @type {[string, Problem[]][]} */
  const kinds = toy.get("_kinds");
  // Only both numbers together are those of a problem.
  /** @type {Check} */
  const isProblem = (_, { kind, problem }) =>
    [kind, problem].every(Number.isInteger) &&
    (kinds[kind]?.[1][problem] !== undefined ||
      (kind === kinds.length - 1 && problem === 0)); // one's own
  // A kind, a problem, a step and its new result; or none of them.
  const isChange = isRow(...Array(4).fill(isBelow(1000)));
  /** @type {Check} */
  const isAsked = (value, all) =>
    isRow()(value, all) ||
    isChange(value, all) && isProblem(value, { kind: value[0], problem: value[1] });
  return {
    kind: isProblem,
    problem: isProblem,
    own: isText,
    step: isBelow(1000),
    speed: isWhole(1, 20),
    _asked: isAsked,
  };
}

/** @param {Toy} toy */
function ofMemory(toy) {
  /** @type {[string][]} */
  const people = toy.get("_people");
  const names = people.map(([name]) => name);
  return {
    person: (/** @type {string} */ value) => names.includes(value),
    ask: isSwitch,
    query: isText,
  };
}

/** @param {Toy} toy */
function ofVocabulary(toy) {
  const fewest = toy.get("_first") + toy.get("_letters").length;
  const size = isWhole(fewest, fewest + toy.get("_pieces").length);
  return { text: isText, size };
}

/** @param {Toy} toy */
function ofTwoKnobs(toy) {
  const [least, most] = toy.get("_range");
  const knobs = isRow(isNumber(least, most), isNumber(least, most));
  return { knobs, steps: isBelow(1000), size: isNumber(0.01, 100) };
}

/**
 * The checks of a toy's own values, by its kind, the name of its Python class.
 * @type {Record<string, ((toy: Toy) => Record<string, Check> | undefined) | undefined>}
 */
const OWN = {
  BranchTree: () => ({ prompt: isText }),
  Continuations: () => DRAW,
  Effort: () => ({ easy: isText, hard: isText }),
  GrowingVocabulary: ofVocabulary,
  Knob: ofKnob,
  Machine: () => ({ text: isText }),
  MemoryExplorer: ofMemory,
  NextToken: () => DRAW,
  OpenBook: (toy) => ({
    person: isBelow(toy.get("_people").length),
    others: isBelow(4),
    conflict: isSwitch,
    label: isSwitch,
    note: isText,
  }),
  Race: ofRace,
  SpeakIfSure: (toy) => ({
    least: isWhole(0, 100),
    price: isWhole(0, toy.get("_most")),
    chosen: isWhole(-1, toy.get("_dots").length - 1),
    question: isText,
  }),
  TokenStrip: () => ({ text: isText }),
  TwoKnobs: ofTwoKnobs,
  TwoRuns: () => ({ prompt: isText, same_coins: isSwitch }),
};

/** @param {string} kind @param {Toy} toy */
export const checksOf = (kind, toy) => OWN[kind]?.(toy);

/**
 * What a toy's own values are now.
 * @param {string[]} names @param {Toy} toy
 * @returns {State}
 */
export const stateOf = (names, toy) =>
  Object.fromEntries(names.map((name) => [name, toy.get(name)]));
