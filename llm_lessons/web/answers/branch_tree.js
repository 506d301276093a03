// What the kernel does for a `BranchTree`: it reads a fork that was not read ahead.
// Beside `widgets/branch_tree.py`.

import { Reader } from "../engine/reader.js";
import { softmax } from "../engine/sampling.js";
import { listed, namesOf } from "./listed.js";
import { worker } from "./worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/branch_tree.js" */

const BRANCHES = 5; // of a fork; all other tokens share one more

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerBranchTree(model, lm) {
  const [reader, work] = [new Reader(lm), worker()];

  /** @param {number[]} path */
  function* read(path) {
    const logits = yield* reader.read([...lm.encode(model.get("prompt")), ...path]);
    const fork = listed(logits, softmax(logits), BRANCHES);
    const { pieces, marks } = namesOf(lm, fork.likeliest.map(([token]) => token));
    model.set("_pieces", { ...model.get("_pieces"), ...pieces });
    model.set("_marks", { ...model.get("_marks"), ...marks });
    // Last of all: now the page draws it, and may ask for the next one.
    model.set("_forks", { ...model.get("_forks"), [path.join(".")]: fork });
  }
  function answer() {
    const asked = model.get("_asked");
    if (!asked || model.get("_forks")[asked]) return;
    const path = asked.split(".").map(Number);
    const isOver = model.get("_stops").includes(path[path.length - 1]);
    if (!isOver && path.length <= model.get("_room")) work.start(read(path));
  }
  model.on("change:_asked", answer);
  answer();
}
