// Who could answer: in a notebook a kernel, which may be busy or gone; in a page at
// best the model that its script brings along. The page's host says so on the document.

import { workOf } from "./kernel.js";

/** @import { Model } from "./widget_model.js" */
/**
 * "coming": its script is still on the way, or it is being opened. "here": it answers.
 * "missing": its script did not come along, or is damaged.
 * @typedef {"coming" | "here" | "missing"} State
 */

/** Whether this is a page that has no kernel. */
export function isPage() {
  return document.body.dataset.kernel === "none";
}

/** What the page's host calls first. */
export function tellPage() {
  document.body.dataset.kernel = "none";
}

/** @param {HTMLElement} script that brings a model along @param {State} state */
export function tellState(script, state) {
  script.dataset.state = state;
}

/**
 * The scripts of the page that bring a model along, by the models' names.
 * @returns {Map<string, HTMLScriptElement>}
 */
export function scriptsOfModels() {
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = document.querySelectorAll("script[data-model]");
  return new Map(Array.from(scripts, (one) => [one.dataset.model ?? "", one]));
}

/**
 * What helps in a page, in brackets: it depends on where the model is.
 * @param {Model<any>} model
 */
function inPage(model) {
  const state = scriptsOfModels().get(String(model.get("_lm_name")))?.dataset.state;
  if (state === "here") return "(It may be busy: wait a little.)";
  if (state === "coming") {
    return "(It is still on its way to this page: wait a little.)";
  }
  if (state === "missing") return "(Its file is missing beside this page.)";
  /** @type {HTMLElement | null} */
  const box = document.querySelector(".ll-real");
  if (box?.dataset.model === model.get("_lm_name")) {
    return "(Load it first: the box above says how.)";
  }
  return "(This one answers in the notebook only.)";
}

/**
 * What a busy kernel works on, in a sentence; "" where it is not known to be busy.
 * @param {Model<any>} model
 */
export function stillWorking(model) {
  const { state, what } = isPage() ? { state: "", what: "" } : workOf(model);
  return state === "busy" ? `Still working: ${what}.` : "";
}

/** Of a widget that no model answers, but Python itself. */
export const PYTHON = { nobody: "Python is not answering" };
const REMEDY = "run the cells above again, then this one";

/**
 * Why a widget is not answered, and what helps. That nobody answers is said only of a
 * kernel that is gone: where its host does not tell, it may be busy. A page's own model
 * answers in any case, on a phone after a while.
 * @param {Model<any>} model
 * @param {string} [so] what stays as it is, or works all the same, as ", so …"
 * @param {{ nobody?: string, remedy?: string }} [words] who it is that does not answer,
 *   and what helps where the kernel is gone
 */
export function noAnswer(model, so = "", words = {}) {
  const { nobody = "No model is answering", remedy = REMEDY } = words;
  if (model.get("_in_page")) return "The model is still at work: wait a little.";
  if (isPage()) return `${nobody}${so}. ${inPage(model)}`;
  const { state } = workOf(model);
  if (state === "busy") return stillWorking(model);
  if (state === "gone") return `${nobody}${so}. (The kernel is gone: ${remedy}.)`;
  const wait = `The kernel may be busy: wait. If it stays so, ${remedy}.`;
  return `No answer yet${so}. (${wait})`;
}
