// The models that scripts bring into a page: waited for, opened, let answer. Where one
// does not come, a sentence says so once, and what is stored can still be moved. On the
// web, a script with `data-later` comes once somebody sees a toy that asks its model.

import { worker } from "../lib/worker.js";
import { letAnswer, opening } from "../engine/offered.js";
import { scriptsOfModels, tellState } from "../lib/answering.js";
import { element } from "../lib/dom.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "./states.js" */
/**
 * A widget of the page, its id, and where it stands. `traits`: those of its model, as
 * they are. `nowHeard`: what was set before there was an answer is told once more.
 * @typedef {object} Shown
 * @property {Model<any>} model @property {Traits} traits
 * @property {() => void} nowHeard @property {HTMLElement} place @property {string} id
 */

/** A widget's kind: the name of its Python class. @param {Model<any>} model */
export const kindOf = (model) =>
  String(model.get("_anywidget_id")).split(".").at(-1) ?? "";

/** Once one of them comes near to what is seen. @param {HTMLElement[]} places */
function firstSight(places) {
  return new Promise((done) => {
    const watcher = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      done(undefined);
    }, { rootMargin: "25%" });
    for (const place of places) watcher.observe(place);
  });
}

/** Called before any script can have arrived: its events come once. */
export function modelsOfPage() {
  const all = Array.from(scriptsOfModels(), ([name, script]) => {
    tellState(script, "coming");
    const isInPage = !script.src && !script.dataset.later; // it has run already
    const arrived = isInPage ? null : new Promise((done) => {
      for (const event of ["load", "error"]) script.addEventListener(event, done);
    });
    return { name, script, arrived };
  });
  /** @param {Shown[]} shown */
  async function answer(shown) {
    for (const { name, script, arrived } of all) {
      const own = shown.filter(({ model }) => model.get("_lm_name") === name);
      if (script.dataset.later) {
        await firstSight(own.map(({ place }) => place));
        script.src = script.dataset.later;
      }
      await arrived;
      await new Promise((done) => {
        worker().start(letThemAnswer(name, script, own, () => done(null)));
      });
    }
  }
  return { answer };
}

/**
 * @param {string} name @param {HTMLScriptElement} script @param {Shown[]} shown
 * @param {() => void} done
 */
function* letThemAnswer(name, script, shown, done) {
  let isHere = false;
  try {
    isHere = yield* opening(name);
  } catch {
    // damaged, which is as good as missing
  }
  tellState(script, isHere ? "here" : "missing");
  if (!isHere) shown[0]?.place.before(missing(script));
  for (const { model, nowHeard } of isHere ? shown : []) {
    letAnswer(name, kindOf(model), model);
    nowHeard();
    yield;
  }
  done();
}

/** @param {HTMLScriptElement} script */
function missing(script) {
  const file = script.getAttribute("src") ?? "";
  const remedy = location.protocol === "file:"
    ? "get the whole folder, and open this page in it."
    : "load this page again, or ask whoever gave you its address.";
  return element(
    "p",
    { class: "ll-no-model", role: "note" },
    `The model does not answer here: its file, ${file}, belongs beside this page, ` +
      "and is missing or damaged. All else works. For texts of your own, " +
      remedy,
  );
}
