// The class model, for the activities that let it answer on this device.

import { worker } from "../../llm_lessons/web/lib/worker.js";
import { offered, opening } from "../../llm_lessons/web/engine/offered.js";
import { element } from "../../llm_lessons/web/lib/dom.js";

/** @import { LanguageModel } from "../../llm_lessons/web/engine/model.js" */

const NAME = "fjord";
const ADDRESS = "/fjord.js";

/**
 * Makes a function that loads it once, in pieces, and returns the same promise to all;
 * after a failure it tries again.
 * @param {(state: "coming" | "here" | "missing") => void} onState
 */
export function modelLoader(onState) {
  /** @type {Promise<LanguageModel> | null} */
  let promise = null;

  async function fetchModel() {
    await new Promise((done, fail) => {
      const script = element("script", { src: ADDRESS, async: "" });
      script.addEventListener("load", done);
      script.addEventListener("error", () => {
        script.remove();
        fail(new Error("The model's file did not come."));
      });
      document.head.append(script);
    });
    await new Promise((done, fail) => {
      function* steps() {
        try {
          done(yield* opening(NAME));
        } catch (trouble) {
          fail(trouble); // damaged, which is as good as missing
        }
      }
      worker().start(steps());
    });
    const lm = offered(NAME);
    if (!lm) throw new Error("The model's file brought no model.");
    return lm;
  }

  return () => {
    if (promise) return promise;
    onState("coming");
    promise = fetchModel();
    promise.then(() => onState("here"), () => {
      promise = null;
      onState("missing");
    });
    return promise;
  };
}
