// Three words that a phone draws and keeps: by them, and by nothing else, what somebody
// answers in four weeks is joined to what they answer today.

import { store, stored } from "../../web/storage.js";

const CODE_WORDS = `
acorn anchor apple apron arrow autumn badge bakery balloon banana barrel basket
beach bell bicycle blanket boat bottle bread bridge broom bucket butter button
candle canvas carpet carrot castle cellar chalk cherry circle clock cloud coat comet
copper corner cotton crayon curtain daisy desert dinner dragon drawer drum eagle
engine falcon feather fence ferry fiddle finger flag flower forest fountain garden
ginger glove grape guitar hammer harbor hazel helmet honey horn island jacket jungle
kettle kitchen ladder lamp lemon lighthouse lion locket magnet maple marble market
meadow melon mirror mitten monkey morning mustard needle notebook oak ocean olive
onion orange otter oven paddle panda paper parrot pebble pencil pepper pillow pine
planet pocket potato puzzle rabbit raven ribbon river rocket saddle sailor shadow
shovel silver spoon summer table
`.trim().split(/\s+/);
const CODE_LENGTH = 3; // words

function drawCode() {
  const random = crypto.getRandomValues(new Uint32Array(CODE_LENGTH));
  return [...random].map((number) => CODE_WORDS[number % CODE_WORDS.length]).join("-");
}

/** The code that this phone has kept, as words; "" where there is none. */
export const keptCode = () => (stored("code") ?? "").replaceAll("-", " ");

/** The phone's own code; it is drawn when it is asked for the first time. */
export function ownCode() {
  return stored("code") ?? takeNewCode();
}

/** For somebody else on this phone, or who has lost theirs. */
export function takeNewCode() {
  const code = drawCode();
  store("code", code);
  return code;
}

/** The code in what somebody typed; null if it is none. @param {string} typed */
export function codeIn(typed) {
  const words = typed.toLowerCase().match(/[a-z]+/g) ?? [];
  const isCode = words.length === CODE_LENGTH &&
    words.every((word) => CODE_WORDS.includes(word));
  return isCode ? words.join("-") : null;
}

/** Go by this code from now on. @param {string} code */
export function takeCode(code) {
  store("code", code);
}
