// The script of the worker in which the real model answers, and of those that help it:
// `pages/real_part.py` makes one file of it, which lies beside the pages.

import { answerOf } from "../answers/answers.js";
import { realModel } from "../engine/real_model.js";
import { help, roomWithThreads, workersThatHelp } from "../engine/threads.js";
import { desk } from "./desk.js";
import { storeOf } from "./store.js";

const scope = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const { hear } = desk({
  open: realModel,
  room: (size) =>
    roomWithThreads(size, workersThatHelp(() => new Worker(location.href))),
  answerOf,
  storeOf,
  fetch: (...asked) => fetch(...asked),
}, (news) => scope.postMessage(news));
scope.addEventListener("message", ({ data }) => {
  if (data.kind === "help") help(data);
  else hear(data);
});
