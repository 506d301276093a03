// Below each toy of a lesson: a button that copies a link to it as it is. Who opens the
// link finds the same toy in the same state.
//
// That stands in the part of an address behind its #, which a browser sends nowhere:
// `prompt=Once+upon&temperature=1.5&toy=NextToken-1`. The toy's name is the last, so
// that no link ends in a full stop, which chats leave out.

import { checksOf, stateOf } from "./share_traits.js";
import { element, setText } from "../lib/dom.js";
import { later } from "../lib/timers.js";
import { setTraits } from "../lib/widget_model.js";
import { openAround } from "./folds.js";
import { kindOf } from "./models.js";

/** @import { State, Toy } from "./share_traits.js" */
/** @import { Shown } from "./models.js" */
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

const READ = 5000; // milliseconds, then what was said goes
const COPIED = "Link copied.";
const BY_HAND = "Copy it from here:";
const TOO_LONG = "This is too long for a link.";

/** @param {Shared} toy */
function copier(toy) {
  const button = element("button", { type: "button" }, "Copy link to this");
  const said = element("span", { role: "status" });
  const field = element("input", { readonly: "", "aria-label": "Link to this" });
  field.hidden = true;
  const quiet = later(READ, () => setText(said, ""));
  /** @param {string} words */
  function say(words) {
    setText(said, words);
    quiet.start();
  }
  /** @param {string} address */
  function showField(address) {
    field.value = address;
    field.hidden = false;
    field.focus();
    field.select();
    quiet.stop();
    setText(said, BY_HAND);
  }
  button.addEventListener("click", async () => {
    field.hidden = true;
    const hash = hashOf(toy);
    if (hash === null) return say(TOO_LONG);
    const address = new URL(hash, location.href).href;
    try {
      history.replaceState(null, "", address);
      await navigator.clipboard.writeText(address);
      say(COPIED);
    } catch {
      showField(address); // an old browser, or a page without a secure address
    }
  });
  return element("div", { class: "share" }, button, said, field);
}

/** @param {HTMLElement} place */
function goTo(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView();
}

/**
 * Put a button below each toy, and follow the page's address: now, and when it changes.
 * @param {Shown[]} all widgets of the page
 * @returns {(() => void) | undefined} goes to the address's toy, once that is drawn
 */
export function tendLinks(all) {
  /** @type {Map<string, { toy: Shared, place: HTMLElement }>} */
  const toys = new Map();
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { model, place } of all) {
    const kind = kindOf(model);
    const checks = checksOf(kind, model);
    if (!checks || !place.closest(".lesson")) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    const name = `${kind}-${counts[kind]}`;
    const toy = { name, kind, model, first: stateOf(Object.keys(checks), model) };
    toys.set(name, { toy, place });
    place.after(copier(toy));
  }
  function follow() {
    const link = linkIn(location.hash);
    const known = link && toys.get(link.name);
    if (!known) return undefined;
    setTraits(known.toy.model, stateBy(known.toy, link.values));
    openAround(known.place);
    return () => goTo(known.place);
  }
  addEventListener("hashchange", () => follow()?.());
  return follow();
}
