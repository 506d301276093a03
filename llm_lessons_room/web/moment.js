// What the server tells a page of a room, and what an activity gets and gives; at the
// end what the leader's window is told beyond what the screen is.

/** @import { LanguageModel } from "../../llm_lessons/web/engine/model.js" */
/** @import { Tell } from "./words.js" */
/**
 * A step as everybody sees it; `shown` is its kind's own.
 * @typedef {object} Step
 * @property {string} id @property {string} kind @property {string} title
 * @property {Record<string, unknown>} shown
 */
/**
 * Where the evening stands. What only some pages get is null or missing on others.
 * @typedef {object} Moment
 * @property {string} deck
 * @property {number} index of its step, from 0
 * @property {number} of so many steps
 * @property {Step} step
 * @property {string} phase "open" while phones may answer; else "shown", "reveal" or
 *   "ready"
 * @property {number} round
 * @property {number | null} left seconds of the countdown, as of now
 * @property {unknown} [tally] what has been answered; null while nobody may know
 * @property {unknown} [revealed] what was hidden, from the phase "reveal" on
 * @property {unknown} [yours] this phone's answer in this round
 * @property {unknown} [first] this phone's answer in the first round
 * @property {0 | 1} [half] of the room: 1 if this phone writes steps, or has the note
 * @property {Record<string, string> | null} [note] what this half has to read
 * @property {number} [present] phones that are connected
 * @property {number} [seats] phones that have ever been
 * @property {number} [asked] phones that are connected, or have answered
 * @property {number} [large] the seat whose story fills the screen; 0 for none
 * @property {{ address: string, qr: string }} [join] how one more phone comes in
 * @property {boolean} [black] whether the screen is to be dark
 * @property {boolean} [hidden] whether all that phones wrote is hidden
 * @property {number | null} [alone] seconds for which no phone has been there
 */
/**
 * What an activity gets. `answer` sends the latest value, and again after a lost
 * connection. `model` is refused where the model can't come. `say` is for what a screen
 * reader should hear. `send` is for bytes, once: false where there is no connection.
 * @typedef {object} Context
 * @property {Tell} tell
 * @property {(value: unknown) => void} answer
 * @property {() => Promise<LanguageModel>} model
 * @property {(text: string) => void} say
 * @property {(bytes: Uint8Array<ArrayBuffer>) => boolean} send
 */
/**
 * `receive` is for bytes that the server has sent.
 * @typedef {{ node: HTMLElement, show(moment: Moment): void,
 *   receive?(bytes: ArrayBuffer): void, stop?(): void }} Activity
 */
/** @typedef {(context: Context) => Activity} MakeActivity */
/** @typedef {{ say?: string, do?: string, phones?: string, late?: string }} Guide */
/**
 * @typedef {{ id: string, title: string, kind: string, minutes: number,
 *   optional?: boolean }} PlannedStep
 */
/** @typedef {{ id: string, title: string, steps: PlannedStep[] }} Deck */
/**
 * `marked`: a rude word stands in it. `sorted`: the kind of text that it is.
 * @typedef {{ seat: number, text: string, hidden: boolean, marked?: boolean,
 *   sorted?: string }} Written
 */
/**
 * `planned` and `elapsed` are minutes since the start, by the plan and by the clock;
 * `slack`: minutes that no step has.
 * @typedef {{ planned: number, elapsed: number, slack: number }} Clock
 */
/** @typedef {{ title: string, kind: string, phase: string, round: number }} Coming */
/**
 * `waits`: whether words are hidden until the leader shows them. `lends`: whether
 * phones may load the real model.
 * @typedef {Moment & { guide?: Guide, next?: Coming | null, clock?: Clock,
 *   decks?: Deck[], texts?: Written[], waits?: boolean, screens?: number,
 *   leaders?: number, lends?: boolean,
 *   language?: string, languages?: Record<string, string>,
 *   warnings?: string[] }} LeadMoment
 */
/** @typedef {(command: Record<string, unknown>) => void} SendCommand */

/**
 * Which step of which evening, and in which state: what changes only with the leader.
 * @param {Pick<Moment, "deck" | "step">} moment
 */
export function stepOf({ deck, step }) {
  return `${deck}/${step.id}`;
}

/**
 * The same moment with what has come in since. A tally names its step by its id, and
 * one that is of another step or round is late.
 * @template {Moment} Kind
 * @param {Kind | null} moment @param {Record<string, unknown>} message
 * @returns {Kind | null}
 */
export function withTally(moment, { type: _, step, round, ...news }) {
  if (moment?.step.id !== step || moment?.round !== round) return null;
  return /** @type {Kind} */ (Object.assign({}, moment, news));
}

/** The address without what a browser adds by itself. @param {string} address */
export function shortAddress(address) {
  return address.replace(/\/$/, "");
}
