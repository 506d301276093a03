// One notation for what has no letters: a sign for a space, a line break and the like;
// in angle brackets a name for what is no text.

/** The sign, and how it is spoken. @type {Record<string, [string, string]>} */
export const SIGNS = {
  " ": ["␣", "space"],
  "\n": ["↵", "line break"],
  "\t": ["⇥", "tab"],
  "\r": ["␍", "carriage return"],
  "\u00a0": ["⍽", "no-break space"],
};
export const NO_TEXT = "⟨nothing⟩";
export const TEXT_BEGINS = "⟨start⟩";
export const TEXT_ENDS = "⟨end of text⟩"; // `widgets/base.py` says it, too

/** A text with a sign before each line break. @param {string} text */
export function withBreaks(text) {
  return text.replaceAll("\n", `${SIGNS["\n"][0]}\n`);
}

/** A text on one line, with a sign for each line break. @param {string} text */
export function onOneLine(text) {
  return text.replaceAll("\n", SIGNS["\n"][0]);
}
