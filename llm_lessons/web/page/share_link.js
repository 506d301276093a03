// The part of an address behind its #, which a browser sends nowhere. It holds a toy as
// somebody left it: `prompt=Once+upon&temperature=1.5&toy=NextToken-1`. The toy's name
// is the last, so that no link ends in a full stop, which chats leave out.

import { checksOf, stateOf } from "./share_traits.js";

/** @import { State, Toy } from "./share_traits.js" */
/**
 * A toy that can be shared. `name`: its kind and its number among those in the page;
 * `first`: its own values when the page was opened.
 * @typedef {{ name: string, kind: string, model: Toy, first: State }} Shared
 */

const LONGEST_LINK = 20_000; // letters

/** @param {unknown} value */
const written = (value) => typeof value === "string" ? value : JSON.stringify(value);

/**
 * @param {string} text @param {unknown} first a value of the same kind
 * @returns {unknown} undefined where it is none
 */
function readAs(text, first) {
  if (typeof first === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an address says of a toy; null where it says nothing. @param {string} hash */
export function linkIn(hash) {
  if (hash.length > LONGEST_LINK) return null;
  const values = new URLSearchParams(hash.slice(1));
  const name = values.get("toy");
  return name === null ? null : { name, values };
}

/**
 * What a toy becomes by a link: its first state, but for the values that it may have.
 * @param {Shared} toy @param {URLSearchParams} values
 * @returns {State}
 */
export function stateBy({ kind, model, first }, values) {
  /** @type {State} */
  const asked = {};
  for (const [name, value] of Object.entries(first)) {
    const text = values.get(name);
    asked[name] = text === null ? value : readAs(text, value);
  }
  const checked = Object.entries(checksOf(kind, model) ?? {}).map(([name, isRight]) => [
    name,
    isRight(asked[name], asked) ? asked[name] : first[name],
  ]);
  return Object.fromEntries(checked);
}

/**
 * The link to a toy as it is now; null where that is too long for one.
 * @param {Shared} toy
 */
export function hashOf(toy) {
  const { name, model, first } = toy;
  const now = stateOf(Object.keys(first), model);
  const values = new URLSearchParams();
  for (const [trait, value] of Object.entries(now)) {
    if (written(value) !== written(first[trait])) values.set(trait, written(value));
  }
  values.set("toy", name);
  const hash = `#${values}`;
  const back = linkIn(hash);
  const isSame = back && written(stateBy(toy, back.values)) === written(now);
  return isSame ? hash : null;
}
