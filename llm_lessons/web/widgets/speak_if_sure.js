// The widget: a hundred questions as dots, a slider that silences what the model is not
// sure of, the price of a wrong answer, and one question in full.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { barTable } from "../lib/bars.js";
import { control, counted, element, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { percent } from "../lib/odds.js";
import { NO_TEXT } from "../lib/signs.js";
import { toldSlider } from "../lib/sliders.js";
import { textBox } from "../lib/text_box.js";
import { announcer } from "../lib/timers.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { bestLeast, countsAt, outcomeAt, scoreOf } from "./speak_if_sure_counts.js";
import "./speak_if_sure.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Endings, Marks, Pieces } from "../lib/pieces.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Dot, Outcome } from "./speak_if_sure_counts.js" */
/**
 * `chosen`: the dot that is told in full; -1: the learner's own question.
 * @typedef {{ least: number, price: number, chosen: number, question: string,
 *   _dots: Dot[], _rows: number, _most: number, _pieces: Pieces, _marks: Marks,
 *   _in_page: boolean }} Traits
 */
/**
 * @typedef {{ text: string, likeliest: [number, number][], others: number,
 *   endings: Endings, pieces: Pieces, marks: Marks }} Opening
 */

const PAUSE_OF_TYPING = 250; // milliseconds, then the question is sent
const BARS_SHOWN = 5; // as Python's OPENINGS
const STAYS = ", so there is no answer to this question; the dots still work";
const BUSY = "The model is still reading …"; // the one of the page, which may be slow
const OWN = -1;

/** Beside the colour, so that nobody needs it. @type {Record<Outcome, string>} */
const SIGN_OF = { right: "✓", wrong: "✗", silent: "·" };

/** @param {number} readings */
const times = (readings) =>
  readings === 0
    ? "never read"
    : readings === 1
    ? "read once"
    : `read ${readings} times`;

/** A question as a page of Fjordby asks it. @param {string} text */
const promptOf = (text) => `Question: ${text.trim()}\nAnswer:`;

/**
 * The dots, in columns by readings. Tab reaches one of them, arrow keys the others.
 * @param {Model<Traits>} model
 */
function dotField(model) {
  const [dots, rows] = [model.get("_dots"), model.get("_rows")];
  let reached = Math.max(0, model.get("chosen"));
  const buttons = dots.map((_, i) => {
    const node = control("button", {
      type: "button",
      class: "ll-one-mark",
      tabindex: -1,
    });
    node.addEventListener("click", () => setTrait(model, "chosen", i));
    node.addEventListener("focus", () => (reached = i));
    return node;
  });
  const heads = [];
  for (let i = 0; i < dots.length; i += rows) {
    heads.push(element("span", {}, String(dots[i].readings || "never")));
  }
  const about = { class: "ll-readings", "aria-hidden": "true" };
  const named = { class: "ll-all-marks", role: "group", "aria-label": "The questions" };
  const grid = element("div", named, ...buttons);
  grid.style.setProperty("--ll-rows", String(rows));
  const columns = String(heads.length);
  const under = "times that the answer was read";
  const node = element(
    "div",
    { class: "ll-field-of-dots" },
    grid,
    element("div", about, ...heads),
    element("p", { class: "ll-under" }, under),
  );
  node.style.setProperty("--ll-columns", columns);
  /** @type {Record<string, number>} */
  const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -rows, ArrowRight: rows };
  grid.addEventListener("keydown", (event) => {
    const next = reached + (steps[event.key] ?? NaN);
    if (!buttons[next]) return;
    event.preventDefault();
    reached = next;
    buttons[next].focus();
    setTrait(model, "chosen", next);
  });

  /** @type {(string | undefined)[]} */
  const shown = dots.map(() => undefined);
  function update() {
    const [least, chosen] = [model.get("least"), model.get("chosen")];
    if (chosen >= 0) reached = chosen;
    dots.forEach((dot, i) => {
      const outcome = outcomeAt(dot, least);
      const now = `${outcome} ${i === chosen} ${i === reached}`;
      if (shown[i] === now) return;
      shown[i] = now;
      const node = buttons[i];
      node.className = `ll-one-mark ll-${outcome}`;
      setText(node, SIGN_OF[outcome]);
      node.tabIndex = i === reached ? 0 : -1;
      node.setAttribute("aria-pressed", String(i === chosen));
      const name = `${dot.question} ${times(dot.readings)}, ${outcome}`;
      node.setAttribute("aria-label", name);
    });
  }
  return { node, update };
}

// Two large numbers, and below them the score.
function results() {
  const [wrong, lost] = [element("strong"), element("strong")];
  const [ofWrong, ofRight] = [element("span"), element("span")];
  const score = element("p", { class: "ll-score" });
  const node = element(
    "div",
    { class: "ll-results" },
    element("p", { class: "ll-left" }, wrong, ofWrong),
    element("p", { class: "ll-lost" }, lost, ofRight),
    score,
  );
  const heard = announcer();
  /** @param {Model<Traits>} model */
  function update(model) {
    const [dots, least, price] = [
      model.get("_dots"),
      model.get("least"),
      model.get("price"),
    ];
    const [all, now] = [countsAt(dots, 0), countsAt(dots, least)];
    setText(wrong, String(now.wrong));
    setText(ofWrong, ` of ${all.wrong} wrong answers left`);
    setText(lost, String(all.right - now.right));
    setText(ofRight, ` of ${all.right} right answers lost`);
    const best = bestLeast(dots, price);
    const bestScore = scoreOf(countsAt(dots, best), price);
    const told = `Score: ${now.right} right − ${price} × ${now.wrong} wrong = ` +
      `${scoreOf(now, price)}. Best at this price: speak from ${best}\u00a0% on, ` +
      `for ${bestScore}.`;
    setText(score, told.replaceAll("= -", "= −").replaceAll("for -", "for −"));
    heard.say(
      `${now.wrong}${ofWrong.textContent}, ` +
        `${lost.textContent}${ofRight.textContent}. ` +
        told,
    );
  }
  return { node, heard: heard.node, update, stop: heard.stop };
}

/** What to make of an answer. @param {Dot} dot @returns {[Outcome, string]} */
function verdict({ outcome, truth, readings }) {
  if (outcome === "right") return ["right", "✓ right"];
  if (outcome === "silent") return ["silent", "· silent"];
  const says = truth
    ? `${readings === 1 ? "its page says" : "its pages say"} “${truth}”`
    : "no page names this person";
  return ["wrong", `✗ wrong: ${says}`];
}

/** One question in full: answer, odds, pages. @param {Model<Traits>} model */
function card(model) {
  const [asked, said, sign] = [element("p"), element("strong"), element("span")];
  asked.className = "ll-asked";
  const answer = element("p", {}, "Fjord says ", said, " ", sign);
  const bars = barTable(BARS_SHOWN);
  const titleOfBars = element("p", { class: "ll-title-of-bars" });
  const pages = element("ul", { class: "ll-pages" });
  const node = element(
    "div",
    { class: "ll-one-of-hundred" },
    asked,
    answer,
    titleOfBars,
  );
  node.append(bars.node, pages);

  /** @param {[number, number][]} likeliest @param {Omit<Opening, "likeliest">} names */
  function drawBars(likeliest, { others, endings, pieces, marks }) {
    const chance = (/** @type {number} */ rank) => likeliest[rank]?.[1] ?? 0;
    const size = likeliest.length + others;
    bars.update({
      ids: likeliest.map(([id]) => id),
      odds: { kept: size, share: chance, chance },
      drawnRank: -1,
      size,
      pieces,
      marks,
      endings,
    });
    const silenced = 100 * chance(0) < model.get("least");
    const so = silenced ? `: below ${model.get("least")}\u00a0%, so it is silent` : "";
    setText(titleOfBars, `How its answer begins, ${percent(chance(0))} sure${so}`);
  }
  /** @param {Dot} dot */
  function updateDot(dot) {
    setText(asked, `${dot.question} (${times(dot.readings)})`);
    setText(said, dot.text || NO_TEXT);
    const [kind, words] = verdict(dot);
    sign.className = `ll-${kind}`;
    setText(sign, words);
    const [pieces, marks] = [model.get("_pieces"), model.get("_marks")];
    drawBars(dot.likeliest, { ...dot, pieces, marks });
    if (pages.dataset.of !== dot.question) {
      pages.dataset.of = dot.question;
      const some = dot.pages.map((text) =>
        element("li", {}, ...marked(text, dot.truth))
      );
      pages.replaceChildren(...some);
    }
  }
  /** @param {Answer<Opening>} opening */
  function updateOwn({ value, isOld }) {
    setText(asked, `${model.get("question").trim()} (your question)`);
    node.classList.toggle("ll-stale", isOld);
    setText(sign, "");
    pages.replaceChildren();
    pages.dataset.of = "";
    if (!value) return setText(said, "…");
    setText(said, value.text || NO_TEXT);
    drawBars(value.likeliest, value);
  }
  return { node, updateDot, updateOwn };
}

/** A text in which some words are marked. @param {string} text @param {string} words */
function marked(text, words) {
  if (!words) return [text];
  return text.split(words).flatMap((part, i) =>
    i ? [element("mark", {}, words), part] : [part]
  );
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const inPercent = { min: 0, max: 100, step: 1 };
  const least = toldSlider(
    "Speak only if at least this sure",
    inPercent,
    (value) => setTrait(model, "least", value),
    () => {
      const now = model.get("least");
      return [now, `${now}\u00a0%`, `${now} percent`];
    },
  );
  const price = toldSlider(
    "Price of a wrong answer",
    { min: 0, max: model.get("_most"), step: 1 },
    (value) => setTrait(model, "price", value),
    () => {
      const now = model.get("price");
      return [now, String(now), counted(now, "point")];
    },
  );
  const dots = dotField(model);
  const found = results();
  const told = card(model);
  /** @type {() => Answer<Opening>} */
  const opening = ask(model, "first_tokens", () => {
    const text = model.get("question").trim();
    return text ? [promptOf(text)] : null;
  });
  const box = textBox(model, {
    trait: "question",
    label: "Or ask Fjord yourself: Where does … live?",
    pause: PAUSE_OF_TYPING,
    answer: () => {
      const { isHeard, why } = opening();
      return { isHeard: isHeard || !model.get("question").trim(), why };
    },
    excuse: () => (model.get("_in_page") ? BUSY : noAnswer(model, STAYS)),
    redraw: frames.redraw,
  });
  let asked = model.get("question");
  const key = element(
    "p",
    { class: "ll-key" },
    ...[["right", "right"], ["wrong", "wrong"], ["silent", "silent"]].map((
      [kind, word],
    ) =>
      element(
        "span",
        { class: `ll-${kind}` },
        `${SIGN_OF[/** @type {Outcome} */ (kind)]} ${word}`,
      )
    ),
  );
  const left = element("div", { class: "ll-hundred" }, least.node, dots.node, key);
  const right = element("div", { class: "ll-left-and-lost" }, found.node, price.node);
  const more = element("div", { class: "ll-in-full" }, told.node, box.node);
  const parts = [left, right, more, found.heard];
  el.append(element("div", { class: "ll-widget ll-if-sure" }, ...parts));

  function draw() {
    if (asked !== model.get("question")) {
      asked = model.get("question");
      if (asked.trim()) setTrait(model, "chosen", OWN);
    }
    for (const part of [least, price, dots, box]) part.update();
    found.update(model);
    const dot = model.get("_dots")[model.get("chosen")];
    if (dot) {
      told.node.classList.remove("ll-stale");
      return told.updateDot(dot);
    }
    told.updateOwn(opening());
  }
  draw();
  return () => [frames, found, box].forEach((part) => part.stop());
}

export default kept({ render });
