// The widget's search through all that the model read.

import { isPage, noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { control, counted, element, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { setTrait } from "../lib/widget_model.js";
import { later, patience } from "../lib/timers.js";

/** @import { Answer } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/**
 * `whole`: of all the texts found, those in which it is no part of a longer word.
 * @typedef {{ total: number, whole: number, texts: string[] }} Finds
 */
/**
 * @typedef {{ query: string, _kept_finds: Record<string, Finds> }} Searched
 */

const PAUSE_OF_TYPING = 300; // milliseconds, then the search begins
const SHOWN = 5; // texts, of those that a page keeps
const STAY = "; the people above are kept";

const IN_A_WORD = /^[\p{L}\p{N}_]{2}$/u;

/**
 * Whether a text holds another that is no part of a longer word there.
 * @param {string} text @param {string} query
 */
export function isWhole(text, query) {
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1)) {
    const end = at + query.length;
    const edges = [text.slice(at - 1, at + 1), text.slice(end - 1, end + 1)];
    if (!edges.some((edge) => IN_A_WORD.test(edge))) return true;
  }
  return false;
}

/** How many texts hold it only within a longer word. @param {Finds} finds */
function withinWords({ total, whole }) {
  if (whole === total) return "";
  const these = whole ? `in ${total - whole} of them` : "always";
  return `, ${these} within a longer word`;
}

/**
 * A search through the texts that a page keeps, which is all that a page has.
 * @param {Model<Searched>} model
 */
export function searchOfPage(model) {
  const finds = Object.values(model.get("_kept_finds"));
  const kept = [...new Set(finds.flatMap(({ texts }) => texts))];
  let last = { query: "", said: "", texts: kept };
  /** @param {string} query */
  return (query) => {
    if (query === last.query) return last;
    const found = kept.filter((text) => text.includes(query));
    const whole = found.filter((text) => isWhole(text, query));
    const first = [...new Set([...whole, ...found])];
    const within = withinWords({
      total: found.length,
      whole: whole.length,
      texts: found,
    });
    const some = found.length > SHOWN ? ` Here are ${SHOWN} of them.` : "";
    const said = `“${query}” stands in ${found.length || "none"} of the ${
      counted(kept.length, "text")
    } that this page keeps${within}.${some} The notebook searches all that Fjord read.`;
    last = { query, said, texts: first.slice(0, SHOWN) };
    return last;
  };
}

/** @param {string} text @param {string} query */
function foundText(text, query) {
  const node = element("li");
  text.split(query).forEach((part, i) => {
    node.append(...(i ? [element("mark", {}, query)] : []), part);
  });
  return node;
}

/** @param {Model<Searched>} model @param {() => void} redraw */
export function search(model, redraw) {
  const box = control("input", { type: "search", spellcheck: "false" });
  const what = isPage() ? "some of what" : "all that";
  const named = field(`Search ${what} Fjord read`, box);
  const status = element("p", { role: "status" });
  const items = element("ol");
  const about = { class: "ll-found", tabindex: "0", role: "group" };
  const frame = control("div", { ...about, "aria-label": "Texts found" }, items);
  const node = element("div", { class: "ll-search" }, named, status, frame);
  const waiting = patience(model, redraw);
  const inPage = searchOfPage(model);
  /** @type {string[] | undefined} */
  let listed;

  const sending = later(PAUSE_OF_TYPING, () => setTrait(model, "query", box.value));
  box.addEventListener("input", sending.start);
  box.addEventListener("change", sending.now);

  /** @type {() => Answer<Finds>} */
  const found = ask(model, "search", () => {
    const query = model.get("query");
    const isKnown = !query || isPage() || model.get("_kept_finds")[query];
    return isKnown ? null : [query];
  });
  /** @param {string} query @returns {Finds | undefined} */
  function result(query) {
    const { value, isOld } = found();
    return model.get("_kept_finds")[query] ?? (isOld ? undefined : value);
  }
  /** @param {string} query @param {string[]} texts */
  function list(query, texts) {
    if (listed === texts) return;
    items.replaceChildren(...texts.map((text) => foundText(text, query)));
    listed = texts;
  }
  function update() {
    const query = model.get("query");
    if (!sending.isDue() && box.value !== query) box.value = query;
    const now = query ? result(query) : { total: 0, whole: 0, texts: [] };
    frame.classList.toggle("ll-stale", !now && !isPage());
    if (!now && isPage()) {
      const { texts, said } = inPage(query);
      setText(status, said);
      return list(query, texts);
    }
    if (!now) {
      const text = waiting.isOver(query)
        ? noAnswer(model, STAY)
        : `Searching for “${query}” …`;
      return setText(status, text);
    }
    waiting.stop();
    const { total, texts } = now;
    const within = withinWords(now);
    const some = total > texts.length ? ` Here are ${texts.length} of them:` : "";
    const stand = `“${query}” stands in ${counted(total, "document")}${within}.${some}`;
    setText(status, query ? stand : "Type a name or a few words.");
    list(query, texts);
  }
  /** @param {string} words */
  function find(words) {
    sending.stop();
    setTrait(model, "query", words);
    node.scrollIntoView({ block: "nearest" });
  }
  function stop() {
    sending.stop();
    waiting.stop();
  }
  return { node, update, find, stop };
}
