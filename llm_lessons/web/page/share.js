// Below each toy of a lesson: a button that copies a link to it as it is. Who opens the
// link finds the same toy in the same state.

import { element, setText } from "../lib/dom.js";
import { later } from "../lib/timers.js";
import { setTraits } from "../lib/widget_model.js";
import { openAround } from "./folds.js";
import { kindOf } from "./models.js";
import { hashOf, linkIn, stateBy } from "./share_link.js";
import { checksOf, stateOf } from "./share_traits.js";

/** @import { Shown } from "./models.js" */
/** @import { Shared } from "./share_link.js" */

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
