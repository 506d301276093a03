// What the kernel does for a `BranchTree`: it reads a fork that was not read ahead, and
// the first ones behind another text. Beside `widgets/branch_tree.py`.

import { softmax } from "../engine/sampling.js";
import { setTraits } from "../lib/widget_model.js";
import { listed, namesOf } from "./listed.js";
import { readTyped } from "./typed_text.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/branch_tree.js" */
/** @import { Fork } from "../widgets/branch_tree_forks.js" */

const BRANCHES = 5; // of a fork; all other tokens share one more

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerBranchTree(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {number[]} ids of the text @param {number[]} path */
  function* forkBehind(ids, path) {
    const logits = yield* reader.read([...ids, ...path]);
    const fork = listed(logits, softmax(logits), BRANCHES);
    const { pieces, marks } = namesOf(lm, fork.likeliest.map(([token]) => token));
    model.set("_pieces", { ...model.get("_pieces"), ...pieces });
    model.set("_marks", { ...model.get("_marks"), ...marks });
    return fork;
  }
  /** @param {number[]} path */
  function* read(path) {
    const fork = yield* forkBehind(lm.encode(model.get("_shown")), path);
    // Last of all: now the page draws it, and may ask for the next one.
    model.set("_forks", { ...model.get("_forks"), [path.join(".")]: fork });
  }
  /** @param {string} prompt another text: its first fork, and those next to that */
  function* firstForks(prompt) {
    const ids = lm.encode(prompt);
    const room = lm.config.max_seq_len - ids.length;
    const first = yield* forkBehind(ids, []);
    /** @type {Record<string, Fork>} */
    const forks = { "": first };
    for (const [token] of first.likeliest) {
      const isOver = model.get("_stops").includes(token) || room < 1;
      if (!isOver) forks[token] = yield* forkBehind(ids, [token]);
    }
    setTraits(model, { _room: room, path: [], _grown: false, _forks: forks });
  }
  /** @param {string} prompt */
  function* readText(prompt) {
    yield* readTyped(model, prompt, firstForks(prompt));
    model.set("_asked", ""); // it is listened to, so last
  }
  function answer() {
    const prompt = model.get("prompt");
    if (prompt !== model.get("_heard")) return work.start(readText(prompt));
    work.stop(); // what is asked for now is another thing
    const asked = model.get("_asked");
    if (!asked || model.get("_forks")[asked]) return;
    const path = asked.split(".").map(Number);
    const isOver = model.get("_stops").includes(path[path.length - 1]);
    if (!isOver && path.length <= model.get("_room")) work.start(read(path));
  }
  model.on("change:_asked", answer);
  model.on("change:prompt", answer);
  answer(); // what was typed before the model was there
}
