// The widget: a slider over how often people were read of, their names, the model's
// answers beside what Fjordby says, and a search through all that the model read, for
// any of these answers, too.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import {
  control,
  counted,
  element,
  newId,
  pushButton,
  setLength,
  setOff,
  setText,
} from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { kept } from "../lib/keeping.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { percent } from "../lib/odds.js";
import { slider } from "../lib/sliders.js";
import { announcer, patience } from "../lib/timers.js";
import { search } from "./memory_explorer_search.js";
import "./memory_explorer.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Searched } from "./memory_explorer_search.js" */
/**
 * Name, readings, question pages, and pages that say something else.
 * @typedef {[string, number, number, number]} Person
 */
/**
 * What was asked, Fjord's answer and its chance, Fjordby's answer and its chance.
 * @typedef {[string, string, number, string, number]} Fact
 */
/** @typedef {{ asked: Fact[], begun: Fact[] }} Answers */
/**
 * @typedef {{ person: string, ask: boolean, _people: Person[], _values: string[][],
 *   _prompts: Record<keyof Answers, [string, string][]>,
 *   _kept_answers: Record<string, Answers> }} OwnTraits
 */
/** @typedef {{ text: string, chance: number, right: number }[]} Facts */
/** @typedef {OwnTraits & Searched} Traits */

const KEPT = "; the first person of each list is kept";
const SEARCH_IT = "Search for it in all that Fjord read";

/** @param {number} count */
function times(count) {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}

/** @param {Person} person */
function pagesAbout([name, readings, questions, contradictions]) {
  const others = contradictions
    ? ` Pages that say something else: ${contradictions}.`
    : "";
  return `Fjordby tells of ${name} on ${counted(readings, "page")}, and asks about ` +
    `them on ${questions || "none"}.${others}`;
}

/**
 * The slider picks a number of readings, and with it somebody at the same place of the
 * list; so a move of the slider stays with people who are kept in the page.
 * @param {Model<Traits>} model @param {Person[]} people
 */
function personPicker(model, people) {
  const counts = [...new Set(people.map(([, readings]) => readings))];
  const groups = counts.map((count) => people.filter((one) => one[1] === count));
  const groupOf = () => groups.findIndex((group) => group.some(isShown));
  /** @param {Person} person */
  const isShown = ([name]) => name === model.get("person");
  /** @param {Person} person */
  const pick = ([name]) => {
    setTrait(model, "person", name);
    setTrait(model, "query", name);
  };

  const range = { min: 0, max: counts.length - 1, step: 1 };
  const readings = slider("Fjord read of them", range, (position) => {
    const place = groups[groupOf()].findIndex(isShown);
    pick(groups[position][Math.min(place, groups[position].length - 1)]);
  });
  const list = control("select");
  list.addEventListener("change", () => pick(groups[groupOf()][list.selectedIndex]));
  const parts = [readings.node, field("Person", list)];
  const node = element("div", { class: "ll-sliders" }, ...parts);
  let listed = -1;

  function update() {
    const at = groupOf();
    readings.update(at, times(counts[at]), times(counts[at]));
    if (at !== listed) {
      const options = groups[at].map(([name]) => element("option", {}, name));
      list.replaceChildren(...options);
      listed = at;
    }
    list.selectedIndex = groups[at].findIndex(isShown);
    return groups[at][list.selectedIndex];
  }
  return { node, update };
}

/** @param {Model<Traits>} model */
function wayPicker(model) {
  const name = newId();
  const node = element("fieldset", { class: "ll-ways" });
  node.append(element("legend", {}, "How to ask"));
  const inputs = [
    { ask: true, text: "ask a question" },
    { ask: false, text: "begin a sentence" },
  ].map(({ ask, text }) => {
    const input = control("input", { type: "radio", name });
    input.addEventListener("change", () => setTrait(model, "ask", ask));
    node.append(element("label", {}, input, ` ${text}`));
    return { ask, input };
  });
  const update = () =>
    inputs.forEach(({ ask, input }) => (input.checked = ask === model.get("ask")));
  return { node, update };
}

/** An answer that can be searched for. @param {(words: string) => void} find */
function answerToFind(find) {
  let words = "";
  const node = pushButton("", () => find(words), { class: "ll-find" });
  /** @param {string} answer */
  function update(answer) {
    words = answer;
    setText(node, answer || "nothing");
    setOff(node, !answer);
    node.title = answer ? SEARCH_IT : "";
  }
  return { node, update };
}

/** @param {(words: string) => void} find */
function card(find) {
  const asked = element("p");
  const [said, truth] = [answerToFind(find), answerToFind(find)];
  const [verdict, own, chance] = [element("strong"), element("span"), element("p")];
  const bar = element("div", { class: "ll-bar" });
  const track = element("div", { class: "ll-track", "aria-hidden": "true" }, bar);
  asked.className = "ll-asked";
  /** @param {string} who @param {HTMLElement} value */
  const line = (who, value) =>
    element("p", {}, element("span", { class: "ll-who" }, `${who} `), value);
  const node = element(
    "li",
    {},
    asked,
    line("Fjord says", said.node),
    element("p", {}, verdict, own),
    line("Its pages say", truth.node),
    chance,
    track,
  );

  /** @param {Fact} fact */
  function update([question, answer, ownChance, value, rightChance]) {
    const isRight = answer === value;
    setText(asked, question);
    said.update(answer);
    setText(verdict, isRight ? "✓ right" : "✗ wrong");
    verdict.className = isRight ? "ll-right" : "ll-wrong";
    setText(own, `: it gave this ${percent(ownChance)}`);
    truth.update(value);
    setText(chance, isRight ? "the same" : `Fjord gave this ${percent(rightChance)}`);
    setLength(bar, rightChance, 2);
  }
  return { node, update };
}

// One sentence in sight, and the same for a screen reader once all is quiet.
function sentence() {
  const seen = element("p", { class: "ll-sentence" });
  const heard = announcer();
  /** @param {string} text */
  function update(text) {
    if (seen.textContent === text) return;
    setText(seen, text);
    heard.say(text);
  }
  return { nodes: [seen, heard.node], update, stop: heard.stop };
}

/**
 * The rows of the person that is shown; undefined while they are not there. Both ways
 * of asking are one question.
 * @param {Model<Traits>} model @returns {() => Fact[] | undefined}
 */
function rowsOf(model) {
  const places = new Map(model.get("_people").map(([name], i) => [name, i]));
  const kept = () => model.get("_kept_answers")[model.get("person")];
  function cards() {
    const person = model.get("person");
    const values = model.get("_values")[places.get(person) ?? -1] ?? [];
    const { asked, begun } = model.get("_prompts");
    return [asked, begun].flatMap((way) =>
      values.map((value, i) => {
        const [prompt, shown] = way[i].map((text) =>
          text.replaceAll("{name}", () => person)
        );
        return { prompt, shown, value };
      })
    );
  }
  /** @type {() => Answer<Facts>} */
  const facts = ask(
    model,
    "facts",
    () => kept() ? null : [cards().map(({ prompt, value }) => [prompt, value])],
  );
  return () => {
    const isAsked = model.get("ask");
    if (kept()) return kept()[isAsked ? "asked" : "begun"];
    const [all, { value = [], isOld }] = [cards(), facts()];
    const [start, count] = [isAsked ? 0 : all.length / 2, all.length / 2];
    if (isOld || value.length < start + count) return undefined;
    return all.slice(start, start + count).map(({ shown, value: truth }, i) => {
      const { text, chance, right } = value[start + i];
      return [shown, text, chance, truth, right];
    });
  };
}

/**
 * @param {Model<Traits>} model @param {() => void} redraw
 * @param {(words: string) => void} find
 */
function answers(model, redraw, find) {
  const about = sentence();
  const cards = Array.from({ length: 4 }, () => card(find));
  const list = element("ul", { class: "ll-cards" }, ...cards.map((one) => one.node));
  const node = element("div", { class: "ll-answers" }, ...about.nodes, list);
  const waiting = patience(model, redraw);
  const rowsNow = rowsOf(model);

  /** @param {Person} person */
  function update(person) {
    const [name] = person;
    const rows = rowsNow();
    list.classList.toggle("ll-stale", !rows);
    if (!rows) {
      const isLate = waiting.isOver(name);
      return about.update(isLate ? noAnswer(model, KEPT) : `Asking about ${name} …`);
    }
    waiting.stop();
    rows.forEach((row, i) => cards[i].update(row));
    const right = rows.filter(([, answer, , value]) => answer === value).length;
    about.update(
      `${pagesAbout(person)} Fjord gets ${right} of ${rows.length} facts right.`,
    );
  }
  const stop = () => [about, waiting].forEach((one) => one.stop());
  return { node, update, stop };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const person = personPicker(model, model.get("_people"));
  const way = wayPicker(model);
  const frames = eachFrame(model, draw);
  const pages = search(model, frames.redraw);
  const replies = answers(model, frames.redraw, pages.find);
  const parts = [person, way, replies, pages].map((part) => part.node);
  el.append(element("div", { class: "ll-widget ll-memory" }, ...parts));

  function draw() {
    way.update();
    replies.update(person.update());
    pages.update();
  }
  draw();
  return () => [frames, replies, pages].forEach((part) => part.stop());
}

export default kept({ render });
