// "Where did that come from?": a button below texts that the model wrote. Pressed, it
// marks in them what Fjordby has word for word; in a notebook a mark shows a page.

import { isPage, noAnswer } from "./answering.js";
import { ask } from "./ask.js";
import { control, counted, element, newId, pushButton, setText } from "./dom.js";
import { PIECE_TOKENS, STRETCH_TOKENS } from "./origin_lengths.js";
import { patience } from "./timers.js";
import "./origins.css" with { type: "text" };

/** @import { Answer, AskTraits } from "./ask.js" */
/** @import { Model } from "./widget_model.js" */
/** What a text goes on from, and the text. @typedef {[string, string]} Asked */
/**
 * A text, the number of its stretch or page, -1 for what is new, and its tokens.
 * @typedef {[string, number, number]} OriginPart
 */
/**
 * A page's section, its text before a piece, the piece, and its text behind it.
 * @typedef {[string, string, string, string]} OriginPage
 */
/**
 * `errors` are those of a page's index; in a notebook there are none.
 * @typedef {object} Origins
 * @property {OriginPart[][]} texts @property {OriginPage[]} pages
 * @property {{ token: number }} [errors]
 */
/**
 * @typedef {object} OriginTraits
 * @property {boolean} _has_origins whether the model is one that read Fjordby
 * @property {AskTraits["_questions"]} _questions
 * @property {AskTraits["_answers"]} _answers
 * @property {boolean} [_in_page] does the page itself answer
 */

const PATIENCE_FOR_ALL = 60_000; // milliseconds: the first time, all of Fjordby is read
const SHOW = "Show a page of Fjordby that has it";
const RULE = `Marked are pieces of ${PIECE_TOKENS} tokens or more, where they make ` +
  `a stretch of ${STRETCH_TOKENS} or more. A long stretch is often joined from ` +
  "pieces of several pages: what stands in each is old, and how they are joined is " +
  "new, as is all the rest. A prompt is not Fjord's text, and not counted, but a " +
  "stretch may begin in it.";

/**
 * @param {OriginPart[][]} texts
 * @param {boolean} isExact whether a part lies on one page: then the longest is told
 */
function sumOfOrigins(texts, isExact) {
  const parts = texts.flat();
  const tokens = (/** @type {OriginPart[]} */ some) =>
    some.reduce((sum, [, , count]) => sum + count, 0);
  const marks = parts.filter(([, number]) => number >= 0);
  const found = marks.length ? tokens(marks).toLocaleString("en") : "None";
  const sum = `${found} of ${counted(tokens(parts), "token")} stand in pieces that ` +
    "Fjordby has word for word.";
  if (!marks.length || !isExact) return sum;
  const [text, , count] = marks.reduce((a, b) => b[2] > a[2] ? b : a);
  return `${sum} The longest piece of one page has ${counted(count, "token")}: ` +
    `“${text.replace(/\s+/g, " ").trim()}”.`;
}

/** What a page can't know. @param {{ token: number }} errors */
function errorsInWords({ token }) {
  const one = Number((1 / token).toPrecision(2)).toLocaleString("en");
  return ` Here about 1 in ${one} new tokens is marked by mistake, and a mark may ` +
    "reach a token too far. The notebook is exact, and shows a page for each piece.";
}

/** The page of Fjordby that has a piece. */
function paper() {
  const id = newId();
  const title = element("p", { id, class: "ll-origin-title" });
  const text = element("p", { class: "ll-origin-text" });
  const about = { role: "group", "aria-labelledby": id, tabindex: "-1" };
  const close = pushButton("Close", () => {
    shut();
    opener?.focus();
  });
  const look = { class: "ll-origin-page", ...about };
  const node = control("div", look, title, text, close);
  node.hidden = true;
  /** @type {HTMLElement | undefined} */
  let opener;
  /** @param {OriginPage} page @param {HTMLElement} by */
  function open([section, before, piece, after], by) {
    setText(title, `A page of Fjordby that has it (section: ${section})`);
    text.replaceChildren(before, element("mark", {}, piece), after);
    opener?.removeAttribute("aria-current");
    opener = by;
    by.setAttribute("aria-current", "true");
    node.hidden = false;
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }
  function shut() {
    node.hidden = true;
    opener?.removeAttribute("aria-current");
  }
  return { node, open, shut };
}

/**
 * `node` goes below the texts, `fill` writes a text with its marks, if it has any.
 * @param {Model<OriginTraits>} model
 * @param {() => Asked[]} shown the texts that the model wrote; empty while it writes
 * @param {() => void} redraw the texts: their marks have changed
 */
export function originsBelow(model, shown, redraw) {
  const button = pushButton("Where did that come from?", () => {
    isOn = !isOn;
    page.shut();
    update();
    redraw();
  }, { "aria-pressed": "false" });
  const [status, rule] = [element("p", { "aria-live": "polite" }), element("p")];
  const page = paper();
  const words = element("div", { class: "ll-origin-words" }, status, rule);
  const node = element("div", { class: "ll-origins" }, button, words, page.node);
  let isOn = false;
  /** @type {Map<string, { parts: OriginPart[], pages: OriginPage[] }>} */
  const known = new Map();
  /** @type {Origins["errors"]} */
  let errors;
  const wait = patience(model, update, PATIENCE_FOR_ALL);
  const key = (/** @type {Asked} */ one) => JSON.stringify(one);
  const isHere = () =>
    model.get("_has_origins") && (!isPage() || model.get("_in_page"));
  /** @param {Asked[]} asked */
  const isKnown = (asked) => asked.every((one) => known.has(key(one)));
  /** @type {() => Answer<Origins>} */
  const answer = ask(model, "origins", () => {
    const asked = isOn && isHere() ? shown() : [];
    return isKnown(asked) ? null : [asked];
  });

  /** @param {Asked[]} asked @returns {boolean} whether there is something new */
  function takeIn(asked) {
    const { value, isOld, isHeard } = answer();
    if (!isHeard || isOld || !value || isKnown(asked)) return false;
    const { texts, pages } = value;
    texts.forEach((parts, i) => known.set(key(asked[i]), { parts, pages }));
    errors = value.errors;
    return true;
  }

  /** @param {Asked[]} asked */
  function told(asked) {
    const { isHeard, why } = answer();
    if (isHeard && why) return why;
    if (isKnown(asked)) {
      return sumOfOrigins(
        asked.map((one) => known.get(key(one))?.parts ?? []),
        !errors,
      );
    }
    if (!wait.isOver(JSON.stringify(asked))) {
      return "Looking in all of Fjordby …" +
        (isPage()
          ? ""
          : " The very first time, this takes a quarter of a minute or more.");
    }
    return noAnswer(model);
  }

  function update() {
    const asked = shown();
    node.hidden = !isHere() || !(asked.length || isOn);
    button.setAttribute("aria-pressed", String(isOn));
    words.hidden = !isOn;
    if (!isOn || !asked.length) return wait.stop();
    if (takeIn(asked)) {
      page.shut();
      redraw();
    }
    setText(status, told(asked));
    setText(rule, answer().why ? "" : RULE + (errors ? errorsInWords(errors) : ""));
  }

  /**
   * @param {OriginPart} part @param {OriginPage[]} pages
   * @param {(text: string) => string} written
   * @param {boolean} goesOn whether the part before it is marked, too
   */
  function partNode([text, number], pages, written, goesOn) {
    if (number < 0) return document.createTextNode(written(text));
    const look = { class: goesOn ? "ll-origin ll-goes-on" : "ll-origin" };
    const found = pages[number];
    if (!found) return element("mark", look, written(text));
    const about = { role: "button", tabindex: "0", title: SHOW };
    const mark = control("mark", { ...look, ...about }, written(text));
    mark.addEventListener("click", () => page.open(found, mark));
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      page.open(found, mark);
    });
    return mark;
  }

  /**
   * The text as nodes, what Fjordby has marked in it.
   * @param {string} before @param {string} text
   * @param {(text: string) => string} [written] how a part is written
   * @returns {Node[]}
   */
  function marked(before, text, written = (one) => one) {
    const found = isOn ? known.get(key([before, text])) : undefined;
    if (!found) return [document.createTextNode(written(text))];
    const { parts, pages } = found;
    return parts.map((part, i) =>
      partNode(part, pages, written, parts[i - 1]?.[1] >= 0)
    );
  }
  for (const name of /** @type {const} */ (["_answers", "_in_page"])) {
    model.on(`change:${name}`, update);
  }
  return { node, update, marked, isOn: () => isOn, stop: wait.stop };
}
