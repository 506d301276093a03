// What the kernel does for a `Machine`: texts read, heads silenced, and states packed
// as its picture unpacks them (`widgets/machine_numbers.js`). Beside
// `widgets/machine.py`. A page does not silence each head beforehand, which takes
// seconds; one that is pressed takes less than a tenth of one.

import { Refusal } from "../engine/refusal.js";
import { argmax } from "../engine/sampling.js";
import { setTraits } from "../lib/widget_model.js";
import { worker } from "../lib/worker.js";
import { stateShelf } from "../widgets/machine_numbers.js";
import { readInside, readSilenced } from "./inside.js";
import { endingsOf, highestOf, namesOf, sentenceOf, withoutEmpty } from "./words.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/machine_told.js" */
/** @import { Column, Inside } from "./inside.js" */

const BARS_OF_A_COLUMN = 5; // single tokens; all others share one more
const STEPS_OF_A_LOOK = 65_535; // steps to which a look is rounded

/**
 * The tokens that deserve a bar of their own behind a token: the favourite as trained,
 * and then those that are ever likely.
 * @param {Column} trained @param {Column} now
 */
function barsOfAColumn(trained, now) {
  const highest = trained.odds.map((chance, id) => Math.max(chance, now.odds[id]));
  highest[argmax(trained.odds)] = Infinity;
  return highestOf(highest, BARS_OF_A_COLUMN);
}

/** @param {Inside} now @param {Inside} trained */
function packedState(now, trained) {
  const ids = now.columns.map((column, i) => barsOfAColumn(trained.columns[i], column));
  /** @param {Inside} state */
  const chances = ({ columns }) =>
    columns.map(({ odds }, i) => ids[i].map((id) => odds[id]));
  const [guesses, ...others] = /** @type {const} */ ([
    "guesses",
    "chances",
    "own",
    "ranks",
  ]).map((name) => now.columns.map((column) => column[name]));
  const tables = [ids, chances(trained), chances(now), guesses, ...others];
  const answers = now.columns.map(({ answer }) => answer);
  return {
    numbers: new DataView(Float32Array.from(tables.flat(2)).buffer),
    looks: packedLooks(now),
    used: new Set([...ids.flat(), ...guesses.flat(), ...answers]),
  };
}

/** Looks, two bytes each: from each token back to itself. @param {Inside} state */
function packedLooks({ looks, columns }) {
  const count = columns.length;
  const steps = [];
  for (const layer of looks) { // [N T T]
    for (let row = 0; row < layer.length / count; row += 1) {
      const column = row % count;
      for (let to = 0; to <= column; to += 1) {
        steps.push(Math.round(layer[row * count + to] * STEPS_OF_A_LOOK));
      }
    }
  }
  return new DataView(Uint16Array.from(steps).buffer);
}

const ROOM = 40; // tokens of a text that the picture has room for

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerMachine(model, lm) {
  const [reader, work, shelf] = [lm.reader(), worker(), stateShelf(model)];
  /** @type {Inside | null} */
  let base = null; // of a text that was read here
  /** @type {Record<string, string>[] | null} */
  let endings = null; // of its columns, the empty ones too

  /** @param {string} text */
  function tokensOf(text) {
    const ids = lm.encode(text);
    if (ids.length <= ROOM) return ids;
    throw new Refusal(
      `The text has ${ids.length} tokens, and the picture has room for ${ROOM}. ` +
        "Shorten it.",
    );
  }

  /** @param {string} text */
  function* readText(text) {
    base = yield* readInside(lm, tokensOf(text), base);
    const { ids } = base;
    const { numbers, looks, used } = packedState(base, base);
    const { pieces, marks } = namesOf(lm, [...ids, ...used]);
    endings = ids.map(() => ({}));
    const read = { _tokens: ids, _names: pieces, _marks: marks, _endings: endings };
    const packed = { _stock: numbers, _stock_looks: looks, _answered: [] };
    const told = { _shown: text, _heard: text, _message: "" };
    // Last what is listened to: the work then goes on anew from here.
    setTraits(model, { ...read, ...packed, ...told, column: null, silenced: [] });
  }

  function* silence() {
    const heads = model.get("silenced");
    if (shelf.now(heads)) return;
    // A page begins with numbers of the notebook's, without what is inside.
    base = yield* readInside(lm, lm.encode(model.get("_shown")), base);
    const now = yield* readSilenced(lm, heads, base);
    const { numbers, looks, used } = packedState(now, base);
    const { pieces, marks } = namesOf(lm, used);
    setTraits(model, {
      _names: { ...model.get("_names"), ...pieces },
      _marks: { ...model.get("_marks"), ...marks },
      _answer: numbers,
      _answer_looks: looks,
      _answered: heads,
    });
  }

  /** How words go on that the bars begin, which are seen. */
  function* tellEndings() {
    const heads = model.get("silenced");
    const ids = lm.encode(model.get("_shown"));
    const column = Math.min(model.get("column") ?? Infinity, ids.length - 1);
    // A notebook has told them of what it has stored.
    endings ??= model.get("_endings").map((found) => ({ ...found }));
    const state = shelf.now(heads) ?? shelf.trained();
    yield* reader.read(ids.slice(0, column + 1));
    const [tokens, known] = [state.ids(column), endings[column]];
    const found = yield* endingsOf(reader, column + 1, tokens, known);
    endings = endings.map((one, i) => i === column ? found : one);
    setTraits(model, { _endings: endings.map(withoutEmpty) });
  }

  /** Whatever is asked for by now and not told yet. */
  function* answer() {
    const text = model.get("text");
    try {
      if (text !== model.get("_heard")) yield* readText(text);
    } catch (refusal) {
      setTraits(model, { _heard: text, _message: sentenceOf(refusal) });
    }
    yield* silence();
    const isStored = !endings && model.get("silenced").length < 2;
    if (!isStored) yield* tellEndings();
  }
  const asked = () => work.start(answer());
  for (const name of /** @type {const} */ (["text", "silenced", "column"])) {
    model.on(`change:${name}`, asked);
  }
  asked(); // what was typed before the model was there
}
