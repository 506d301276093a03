// The widget: an easy question, a hard one, and one counter for both. A model counts
// the tokens of each and answers it; the sum of what its next token costs is made here.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { counted, element, setLength, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { percent } from "../lib/odds.js";
import { NO_TEXT } from "../lib/signs.js";
import { textBox } from "../lib/text_box.js";
import { announcer } from "../lib/timers.js";
import { eachFrame } from "../lib/widget_model.js";
import "./effort.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @typedef {"easy" | "hard"} Name */
/** @typedef {{ tokens: number, text: string, chance: number }} Reply */
/**
 * `_matrices`: operations for every token; `_back`: for each one that it looks back at;
 * `_longest`: tokens of the longest text.
 * @typedef {{ easy: string, hard: string, _matrices: number, _back: number,
 *   _longest: number, _in_page: boolean }} Traits
 */
/** @typedef {{ matrices: number, back: number, tokens: number }} Cost */

const PAUSE_OF_TYPING = 250; // milliseconds, then the question is sent
const STAYS = ", so the needle stays where it was";
const BUSY = "The model is still reading …"; // the one of the page, which may be slow
const TRY = "Change a question. Does its needle move?";
const ASKED = "\nAnswer at once:"; // behind each question, as `Problem` writes it
const LABELS = { easy: "An easy question", hard: "A hard question" };

/** @param {number} operations */
const digits = (operations) => operations.toLocaleString("en");

/**
 * Operations of the token behind so many: for the matrices, and for looking back.
 * @param {Model<Traits>} model @param {number} tokens @returns {Cost}
 */
function costOf(model, tokens) {
  const back = tokens * model.get("_back");
  return { matrices: model.get("_matrices"), back, tokens };
}

/** @param {Cost} cost */
const totalOf = ({ matrices, back }) => matrices + back;

/** @param {Cost} easy @param {Cost} hard */
function difference(easy, hard) {
  const [more, tokens] = [hard.back - easy.back, hard.tokens - easy.tokens];
  if (tokens === 0) return "Both cost the same, to the last operation.";
  const [which, less] = tokens > 0 ? ["hard", easy] : ["easy", hard];
  const share = percent(Math.abs(more) / totalOf(less));
  return `The ${which} one costs ${share} more, all of it for looking back: its text ` +
    `is ${counted(Math.abs(tokens), "token")} longer.`;
}

/** @param {Name} name @param {Cost} cost @param {Reply} reply */
function spoken(name, cost, { text, chance }) {
  return `${LABELS[name]}: ${digits(totalOf(cost))} operations. ` +
    `Answer: ${text || "nothing"}, chance ${percent(chance)}.`;
}

// A bar of two parts on a scale, and a needle at its end.
function counter() {
  const [matrices, back, needle] = ["matrices", "back", "needle"].map((part) =>
    element("div", { class: `ll-${part}` })
  );
  const bar = element("div", { class: "ll-cost", "aria-hidden": "true" });
  bar.append(matrices, back, needle);
  const part = element("p", { class: "ll-part" });
  const node = element("div", {}, bar, part);
  /** @param {Cost} cost @param {number} most where the scale ends */
  function update(cost, most) {
    const [first, second] = [cost.matrices, cost.back].map((n) => n / most);
    setLength(matrices, first);
    setLength(back, second);
    needle.style.left = `${100 * (first + second)}%`;
    const looked = `to look back at ${counted(cost.tokens, "token")}`;
    setText(part, `${digits(cost.back)} of them ${looked}`);
  }
  return { node, update };
}

/** @param {Model<Traits>} model @param {Name} name @param {() => void} redraw */
function asked(model, name, redraw) {
  /** @type {() => Answer<Reply>} */
  const reply = ask(model, "reply", () => [model.get(name) + ASKED], name);
  const box = textBox(model, {
    trait: name,
    label: LABELS[name],
    pause: PAUSE_OF_TYPING,
    answer: reply,
    excuse: () => (model.get("_in_page") ? BUSY : noAnswer(model, STAYS)),
    redraw,
  });
  const [total, answer] = [element("strong"), element("strong")];
  const chance = element("span");
  const [way, word] = ["at once ", "chance "].map((text) =>
    element("span", { class: "ll-word" }, text)
  );
  const sum = element("span", {}, total, " operations");
  const says = element("span", {}, "says ", way, answer, " (", word, chance, ")");
  const [row, cost] = [element("p", { class: "ll-row" }, sum, says), counter()];
  const result = element("div", { class: "ll-result" }, row, cost.node);
  const node = element("div", { class: "ll-asked" }, box.node, result);
  /** @returns {{ cost?: Cost, said: string, isOld: boolean }} */
  function update() {
    box.update();
    const { value, isOld } = reply();
    result.classList.toggle("ll-stale", isOld);
    result.hidden = value === undefined;
    if (!value) return { said: "", isOld };
    setText(answer, value.text || NO_TEXT);
    setText(chance, percent(value.chance));
    const now = costOf(model, value.tokens);
    setText(total, digits(totalOf(now)));
    cost.update(now, totalOf(costOf(model, model.get("_longest"))));
    return { cost: now, said: spoken(name, now, value), isOld };
  }
  return { node, update, stop: box.stop };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const asking = () => `${model.get("easy")}\n${model.get("hard")}`;
  const easy = asked(model, "easy", frames.redraw);
  const hard = asked(model, "hard", frames.redraw);
  const more = element("p", { class: "ll-difference" });
  const same = `its matrices: ${digits(model.get("_matrices"))} for every token`;
  const longest = counted(model.get("_longest"), "token");
  const key = element(
    "p",
    { class: "ll-key" },
    element("span", { class: "ll-matrices" }, same),
    element("span", { class: "ll-back" }, "looking back"),
    element("span", {}, `end of the scale: a text of ${longest}, its longest`),
  );
  const heard = announcer();
  const begun = asking();
  const parts = [easy.node, hard.node, more, key, heard.node];
  el.append(element("div", { class: "ll-widget ll-effort" }, ...parts));

  function draw() {
    const both = [easy.update(), hard.update()];
    const [one, other] = both.map(({ cost }) => cost);
    const told = one && other ? difference(one, other) : "";
    const said = asking() === begun ? TRY : told;
    setText(more, said);
    more.classList.toggle("ll-stale", both.some(({ isOld }) => isOld));
    heard.say([...both.map((each) => each.said), said].join(" ").trim());
  }
  draw();
  return () => [frames, easy, hard, heard].forEach((part) => part.stop());
}

export default kept({ render });
