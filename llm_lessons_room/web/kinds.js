// What each kind of step shows on phones and on the screen, and what its leader gets:
// activities/NAME says so here, and whoever plays a step asks for it by its kind.

/** @import { LeadMoment, MakeActivity, Place } from "./moment.js" */
/** @import { Tell } from "./words.js" */
/** What of it, and two numbers. @typedef {[string, number, number | ""]} Line */
/** @typedef {{ tally: any, shown: any, tell: Tell }} Asked */
/** @typedef {{ node: HTMLElement, show(moment: LeadMoment): void }} Panel */
/**
 * @typedef {object} Lead
 * @property {(asked: Asked) => Line[]} [lines] of the table that is taken home
 * @property {(tally: any, tell: Tell) => string} [told] its line in the picture
 * @property {(tell: Tell) => Panel} [panel] hidden but in steps of this kind
 * @property {(shown: any) => number[]} [again] temperatures that it is played at, if
 *   there are several
 * @property {boolean} [isWords] phones write single words, which may wait to be shown
 * @property {boolean} [isLarge] what a phone wrote may fill the screen
 */

/** @type {Map<string, MakeActivity>} */
const onPhones = new Map();
/** @type {Map<string, MakeActivity>} */
const onScreens = new Map();
/** @type {Map<string, Lead>} */
const leads = new Map();

/**
 * An activity knows the moments of its own kind, and only those come to it.
 * @typedef {(place: Place) => { node: HTMLElement, show: unknown }} MakeOfKind
 */

/** @param {string} kind @param {MakeOfKind} make */
export function showOnPhones(kind, make) {
  onPhones.set(kind, /** @type {MakeActivity} */ (make));
}

/** @param {string} kind @param {MakeOfKind} make */
export function showOnScreens(kind, make) {
  onScreens.set(kind, /** @type {MakeActivity} */ (make));
}

/** @param {string} kind @param {Lead} lead */
export function giveLeaders(kind, lead) {
  leads.set(kind, lead);
}

/** @param {string} kind @param {Place} place */
export function onPhone(kind, place) {
  return made(onPhones, kind, place);
}

/** @param {string} kind @param {Place} place */
export function onScreen(kind, place) {
  return made(onScreens, kind, place);
}

/** @param {string} kind @returns {Lead} */
export function leadOf(kind) {
  return leads.get(kind) ?? {};
}

/** All that leaders get. */
export function allLeads() {
  return leads;
}

/**
 * @param {Map<string, MakeActivity>} makers @param {string} kind
 * @param {Place} place
 */
function made(makers, kind, place) {
  const make = makers.get(kind);
  if (!make) throw new Error(`Nothing shows a step of the kind ${kind}.`);
  return make(place);
}
