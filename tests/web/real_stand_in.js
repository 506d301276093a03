// The script of the worker in which the real model answers, with a tiny one in its
// place, whatever the file holds. `web/real/script.js` is the real one.

import { answerOf } from "../../llm_lessons/web/answers/answers.js";
import { desk } from "../../llm_lessons/web/real/desk.js";
import { storeOf } from "../../llm_lessons/web/real/store.js";
import { tinyModel } from "./tiny_model.js";

const scope = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const { hear } = desk({
  open: () => tinyModel(300),
  room: (size) => new Uint8Array(size),
  answerOf,
  storeOf,
  fetch: (...asked) => fetch(...asked),
}, (news) => scope.postMessage(news));
scope.addEventListener("message", ({ data }) => hear(data));
