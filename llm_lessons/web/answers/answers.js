// Who answers a widget in a page that has no kernel: a module each, which does there
// what the widget's Python class does here. The widget itself does not know which.

import { answerBranchTree } from "./branch_tree.js";
import { answerChatBox } from "./chat_box.js";
import { answerContinuations } from "./continuations.js";
import { answerEffort } from "./effort.js";
import { answerKnob } from "./knob.js";
import { answerMachine } from "./machine.js";
import { answerMemoryExplorer } from "./memory_explorer.js";
import { answerNextToken } from "./next_token.js";
import { answerOpenBook } from "./open_book.js";
import { answerRace } from "./race.js";
import { answerTokenStrip } from "./token_strip.js";
import { answerTwoRuns } from "./two_runs.js";

/** @import { Answer } from "../engine/offered.js" */

/** By the names of the Python classes. @type {Record<string, Answer>} */
const ANSWERS = {
  BranchTree: answerBranchTree,
  ChatBox: answerChatBox,
  Continuations: answerContinuations,
  Effort: answerEffort,
  Knob: answerKnob,
  Machine: answerMachine,
  MemoryExplorer: answerMemoryExplorer,
  NextToken: answerNextToken,
  OpenBook: answerOpenBook,
  Race: answerRace,
  TokenStrip: answerTokenStrip,
  TwoRuns: answerTwoRuns,
};

/**
 * Answer a widget from now on; one that needs no model is left alone.
 * @param {string} kind of widget, as Python calls it
 * @returns {Answer | null}
 */
export function answerOf(kind) {
  return ANSWERS[kind] ?? null;
}
