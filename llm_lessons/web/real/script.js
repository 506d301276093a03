// The script of the worker in which the real model answers: `pages/real_part.py` makes
// one file of it, which lies beside the pages.

import { answerOf } from "../answers/answers.js";
import { roomForFile } from "../engine/products.js";
import { realModel } from "../engine/real_model.js";
import { desk } from "./desk.js";
import { storeOf } from "./store.js";

const scope = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const { hear } = desk({
  open: realModel,
  room: roomForFile,
  answerOf,
  storeOf,
  fetch: (...asked) => fetch(...asked),
}, (news) => scope.postMessage(news));
scope.addEventListener("message", ({ data }) => hear(data));
