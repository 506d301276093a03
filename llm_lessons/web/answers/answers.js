// Who answers a widget in a page that has no kernel: a module each, which does there
// what the widget's Python class does here. The widget itself does not know which.

import { answerChatBox } from "./chat_box.js";
import { answerContinuations } from "./continuations.js";
import { answerKnob } from "./knob.js";
import { answerMachine } from "./machine.js";
import { answerQuestions } from "./questions.js";
import { answerTokenStrip } from "./token_strip.js";

/** @import { Answer } from "../engine/offered.js" */
/** By the names of the Python classes. @type {Record<string, Answer>} */
const ANSWERS = {
  BranchTree: answerQuestions,
  ChatBox: answerChatBox,
  Continuations: answerContinuations,
  Effort: answerQuestions,
  Knob: answerKnob,
  Machine: answerMachine,
  MemoryExplorer: answerQuestions,
  NextToken: answerQuestions,
  OpenBook: answerQuestions,
  Race: answerQuestions,
  SpeakIfSure: answerQuestions,
  TokenStrip: answerTokenStrip,
  TwoRuns: answerQuestions,
};

/**
 * Answer a widget from now on; one that needs no model is left alone.
 * @param {string} kind of widget, as Python calls it @returns {Answer | null}
 */
export function answerOf(kind) {
  return ANSWERS[kind] ?? null;
}
