// The texts of the pages, which come from the server in the language of the room.

import { percent } from "../../llm_lessons/web/lib/odds.js";

/** @typedef {Record<string, string>} Words */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Tell */

/**
 * Makes a function from a key to its text, with values filled in. A key without a text
 * stands for itself: better a strange word than an empty button.
 * @param {Words} words
 * @returns {Tell}
 */
export function makeTell(words) {
  return (key, values = {}) =>
    (words[key] ?? key).replace(
      /\{(\w+)\}/g,
      (whole, name) => {
        const value = values[name] ?? whole;
        return typeof value === "number" ? numeral(value) : value;
      },
    );
}

/**
 * A number as the language of the page writes it: 0.8 in English, 0,8 in Norwegian.
 * @param {number} value @param {number} [digits] behind the point, always so many
 * @param {string} [language]
 */
export function numeral(value, digits, language = languageOfPage()) {
  const all = digits === undefined
    ? { maximumFractionDigits: 2 }
    : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString(language, all);
}

/**
 * A chance as the bars of the lessons tell it, with the point or comma of the page.
 * @param {number} chance @param {string} [language]
 */
export function inPercent(chance, language = languageOfPage()) {
  const point = numeral(0.5, 1, language).slice(1, 2);
  return percent(chance).replace(".", point);
}

function languageOfPage() {
  return globalThis.document?.documentElement?.lang || "en";
}

/**
 * The language to begin with, before the room has told its own: one that there is, of
 * those that this browser would like.
 * @param {string[]} available @param {readonly string[]} preferred the best first
 */
export function firstLanguage(available, preferred) {
  /** @type {Record<string, string>} */
  const related = { no: "nb", nn: "nb" };
  for (const code of preferred) {
    const short = code.toLowerCase().split("-")[0];
    for (const language of [short, related[short]]) {
      if (language && available.includes(language)) return language;
    }
  }
  return available.includes("en") ? "en" : available[0];
}

/**
 * The texts of this page: a few that it has before it is connected, in each language,
 * then those that the server sends. `language`: that of the first ones.
 * @param {readonly string[]} preferred languages, the best first
 */
export function wordsOfPage(preferred = navigator.languages) {
  /** @type {Record<string, Words>} */
  const early = JSON.parse(document.querySelector("#early")?.textContent || "{}");
  const language = firstLanguage(Object.keys(early), preferred);
  let words = early[language] ?? {};
  /** @type {Tell} */
  const tell = (key, values) => makeTell(words)(key, values);

  /** @param {unknown} code of the language @param {unknown} said its texts */
  function setWords(code, said) {
    document.documentElement.lang = String(code);
    words = { ...early[String(code)], ...Object(said) };
    document.title = tell("page_title");
  }
  return { tell, setWords, language, has: (/** @type {string} */ key) => key in words };
}

/** The letter of a choice, as on paper: "A" for the first. @param {number} index */
export function letterOf(index) {
  return String.fromCharCode(65 + index);
}
