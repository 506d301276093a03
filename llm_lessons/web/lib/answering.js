// Who could answer: in a notebook a kernel, which may be busy or gone; in a page at
// best the model that its script brings along. The page's host says so on the document.

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

/**
 * @param {HTMLElement} script that brings a model along @param {State} state
 */
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
 * Why a widget is not answered and what helps, in brackets behind what stays as it is.
 * @param {Model<any>} model @param {string} [inLab] what helps in a notebook
 */
export function whyNoAnswer(model, inLab = "wait, or run this cell again") {
  if (!isPage()) return `(In JupyterLab, it may be busy: ${inLab}.)`;
  const state = scriptsOfModels().get(String(model.get("_lm_name")))?.dataset.state;
  if (state === "here") return "(It may be busy: wait a little.)";
  if (state === "coming") {
    return "(It is still on its way to this page: wait a little.)";
  }
  if (state === "missing") return "(Its file is missing beside this page.)";
  return "(This one answers in the notebook only.)";
}
