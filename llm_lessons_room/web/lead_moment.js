// What the leader's window is told beyond what the screen is.

/** @import { Moment } from "./moment.js" */
/** @typedef {{ say?: string, do?: string, phones?: string, late?: string }} Guide */
/**
 * @typedef {{ id: string, title: string, kind: string, minutes: number,
 *   optional?: boolean }} PlannedStep
 */
/** @typedef {{ id: string, title: string, steps: PlannedStep[] }} Deck */
/**
 * `marked`: a rude word stands in it.
 * @typedef {{ seat: number, text: string, hidden: boolean, marked?: boolean }} Written
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
/** @typedef {(command: Record<string, unknown>) => void} Order */

/**
 * Minutes that the evening is behind its plan, beyond what its slack allows; 0 or less
 * where it is not late.
 * @param {Clock} clock
 */
export function minutesLate({ planned, elapsed, slack }) {
  return elapsed - planned - slack;
}
