// What each kind of step shows on phones and on the screen, and what its leader gets:
// activities/NAME registers it here, and the pages ask for it by its kind.

/** @import { LeadMoment, MakeActivity, Context, SendCommand } from "./moment.js" */
/** @import { Tell } from "./words.js" */
/** A label and two numbers. @typedef {[string, number, number | ""]} Line */
/** @typedef {{ tally: any, shown: any, tell: Tell }} Played */
/** @typedef {{ node: HTMLElement, show(moment: LeadMoment): void }} Panel */
/**
 * @typedef {object} Lead
 * @property {(played: Played) => Line[]} [lines] of the table that is taken home
 * @property {(tally: any, tell: Tell) => string} [summary] its line in the picture
 * @property {(tell: Tell, send: SendCommand) => Panel} [panel] hidden but in steps of
 *   this kind
 * @property {(shown: any) => number[]} [repeats] temperatures that it is played at, if
 *   there are several
 * @property {boolean} [isWords] phones write single words, which may wait to be shown
 * @property {boolean} [isSorted] its panel shows what phones wrote, and no screen does
 * @property {boolean} [isLarge] what a phone wrote may fill the screen
 */
/**
 * An activity knows the moments of its own kind, and only those come to it.
 * @typedef {(context: Context) => { node: HTMLElement, show: unknown }} MakeOfKind
 */

function activities() {
  /** @type {Map<string, MakeActivity>} */
  const makers = new Map();
  /** @param {string} kind @param {MakeOfKind} make */
  function register(kind, make) {
    makers.set(kind, /** @type {MakeActivity} */ (make));
  }
  /** @param {string} kind @param {Context} context */
  function make(kind, context) {
    const maker = makers.get(kind);
    if (!maker) throw new Error(`Nothing shows a step of the kind ${kind}.`);
    return maker(context);
  }
  return { register, make };
}

export const { register: registerPhone, make: makePhone } = activities();
export const { register: registerScreen, make: makeScreen } = activities();

/** @type {Map<string, Lead>} */
export const leads = new Map();

/** @param {string} kind @param {Lead} lead */
export function registerLead(kind, lead) {
  leads.set(kind, lead);
}

/** @param {string} kind @returns {Lead} */
export function leadOf(kind) {
  return leads.get(kind) ?? {};
}
