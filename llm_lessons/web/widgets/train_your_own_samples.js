// What the model writes: a few places, of which one changes at a time, so that each can
// be read.

import { element, setText } from "../lib/dom.js";
import { byHeartWords, shownText } from "./train_your_own_words.js";

/** @import { Standing } from "./train_your_own_work.js" */

const PLACES = 10;

export function samplePlaces() {
  const places = Array.from({ length: PLACES }, () => {
    const [text, mark] = [element("bdi"), element("small")];
    return { text, mark, node: element("li", {}, text, " ", mark) };
  });
  const list = element("ol", {}, ...places.map((place) => place.node));
  const count = element("p", { class: "ll-own-heart" });
  const title = element("p", { class: "ll-name" }, "What it writes by itself");
  const yet = element(
    "li",
    { class: "ll-own-yet" },
    "Here it will write: noise at first.",
  );
  list.append(yet);
  const node = element("div", { class: "ll-own-samples" }, title, list, count);
  let next = 0;

  function clear() {
    next = 0;
    yet.hidden = false;
    for (const { text, mark, node: place } of places) {
      for (const one of [text, mark]) setText(one, "");
      place.hidden = true;
    }
    setText(count, "");
  }
  /** @param {Standing} standing @param {Standing["texts"]} texts */
  function update(standing, texts) {
    yet.hidden = yet.hidden || texts.length > 0;
    for (const [written, isKnown] of texts.slice(-PLACES)) {
      const { text, mark, node: place } = places[next % PLACES];
      setText(text, shownText(written));
      setText(mark, isKnown ? "✓ in the list" : "");
      place.hidden = false;
      next += 1;
    }
    setText(count, byHeartWords(standing));
  }
  clear();
  return { node, update, clear };
}
