// One prompt, a story each, on the screen: the newest in large letters, and all of them
// as columns of tokens in which those that are still the same share a block. One that
// the leader chooses fills the screen. Behind the answers of a real model come the odds
// of their first tokens.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { visiblePiece } from "../../../llm_lessons/web/lib/pieces.js";
import { fitLetters } from "../../web/fit.js";
import { blocksOf, countPrefixes, divergedAt } from "./divergence.js";
import { realInWords, realOdds } from "./real_odds.js";
import { inDigits, rowsOnDemand, screenStage, showIf } from "../../web/parts/stage.js";
import {
  isFinished,
  isReal,
  isRepeated,
  longestWait,
  temperatureOf,
} from "./story_length.js";
import "./screen.css" with { type: "text" };

/** @import { SeatStory } from "./divergence.js" */
/** @import { StoriesMoment } from "./phone.js" */
/** @import { Context } from "../../web/moment.js" */

const STORY_COLUMNS = 10; // tokens that are seen side by side
const KNOWN_WORDS = 4; // of the prompt, before the newest story
const NEWEST_TOKENS = 24; // of the newest story, beside all the others
const LARGEST_STORY = 2.4; // rem
const NO_STORIES = /** @type {SeatStory[]} */ ([]);

/** @param {Context} context */
export function storiesOnScreen(context) {
  const { tell } = context;
  const begun = element("span", { class: "ll-quiet" });
  const goesOn = element("span");
  const newest = element("p", { class: "ll-newest", lang: "en" }, begun, goesOn);
  const gloss = element("p", { class: "ll-quiet" });
  const field = element("div", { class: "ll-blocks", role: "img" });
  const counts = element("ol", { class: "ll-block-counts" });
  const [said, wait] = [element("p"), element("p", { class: "ll-quiet" })];
  const large = element("p", { class: "ll-large-story", lang: "en", hidden: "" });
  const odds = realOdds(tell);
  const parts = [newest, gloss, field, counts, large, odds.node, said, wait];
  const node = screenStage("stories", ...parts);
  const fitLarge = fitLetters(large, LARGEST_STORY);
  const blocksOnDemand = rowsOnDemand(() => element("span", {}, element("span")));
  const countsOnDemand = rowsOnDemand(() => element("li"));
  /** @type {StoriesMoment | null} */
  let now = null;
  /** @type {Set<number>} */
  let seen = new Set();
  /** @type {SeatStory | undefined} */
  let latest;

  /** The story that came last; a hidden one leaves. @param {SeatStory[]} stories */
  function latestOf(stories) {
    const fresh = stories.filter(({ seat }) => !seen.has(seat));
    seen = new Set(stories.map(({ seat }) => seat));
    const known = stories.find(({ seat }) => seat === latest?.seat);
    return fresh.at(-1) ?? known ?? stories.at(-1);
  }

  /** @param {SeatStory[]} stories */
  function drawBlocks(stories) {
    const blocks = blocksOf(stories, STORY_COLUMNS);
    field.style.setProperty("--ll-stories", String(stories.length));
    const nodes = blocksOnDemand(field, blocks.length);
    blocks.forEach(({ column, piece, row, rows, seats }, i) => {
      const item = nodes[i];
      item.style.gridArea = `${row + 1} / ${column + 1} / span ${rows} / span 1`;
      item.classList.toggle("ll-shared", rows > 1);
      item.classList.toggle("ll-way-of-newest", seats.includes(latest?.seat ?? -1));
      item.style.setProperty("--ll-share", (rows / stories.length).toFixed(3));
      const name = /** @type {HTMLElement} */ (item.firstChild);
      setText(name, piece.trim() || visiblePiece(piece));
    });
    const different = countPrefixes(stories).slice(0, STORY_COLUMNS);
    countsOnDemand(counts, different.length).forEach((item, i) => {
      setText(item, inDigits(different[i]));
    });
  }

  function atHeat() {
    if (!now || !isRepeated(now.step.shown)) return "";
    return tell("stories_at", { n: temperatureOf(now.step.shown, now.round) });
  }

  /** @param {SeatStory[]} stories */
  function inWords(stories) {
    if (!stories.length) {
      return tell(atHeat() ? "stories_again" : "stories_none");
    }
    if (stories.length === 1) return tell("stories_one");
    const [different, parted] = [countPrefixes(stories), divergedAt(stories)];
    const n = stories.length;
    if (different.at(-1) === 1) return tell("stories_alike", { n });
    if (parted === null) {
      return tell("stories_same", { n, m: different.at(-1) ?? 1 });
    }
    const name = different[0];
    return tell("stories_parted", { n, name, m: parted });
  }

  /** How long it may take, as long as somebody still writes. */
  function waitInWords() {
    const { phase, tally, asked = 0, step: { shown } } =
      /** @type {StoriesMoment} */ (now);
    const answered = tally?.answered ?? 0;
    if (isReal(shown)) return ""; // as long as it takes to read it
    const begins = answered > 0 || isRepeated(shown); // before that, nobody has pressed
    if (phase !== "open" || answered >= asked || !begins) return "";
    return tell("stories_wait", { n: longestWait(shown) });
  }

  /** @param {SeatStory | undefined} story if one fills the screen
   * @param {string} prompt */
  function drawLarge(story, prompt) {
    showIf(large, story !== undefined);
    if (!story) return;
    const isWhole = isFinished(story.pieces, 0);
    setText(large, prompt + story.pieces.join("") + (isWhole ? "" : " …"));
    fitLarge();
  }

  /** @param {StoriesMoment} moment */
  function show(moment) {
    const isOther = now?.step.id !== moment.step.id || now?.round !== moment.round;
    if (isOther) [seen, latest] = [new Set(), undefined];
    now = moment;
    const all = moment.tally?.stories ?? NO_STORIES;
    latest = latestOf(all);
    const { shown, shown: { real } } = moment.step;
    const prompt = shown.prompt.trimEnd();
    setText(begun, latest ? endOf(prompt) : prompt);
    setText(goesOn, openingOf(latest?.pieces ?? []));
    setText(gloss, latest ? "" : shown.gloss ?? "");
    const chosen = all.find(({ seat }) => seat === moment.large);
    const hasOdds = Boolean(real) && moment.phase !== "open" && !chosen;
    showIf(newest, !chosen && !hasOdds);
    showIf(field, all.length > 0 && !chosen && !hasOdds);
    showIf(counts, all.length > 0 && !chosen && !hasOdds);
    drawBlocks(all);
    showIf(odds.node, hasOdds);
    if (real && hasOdds) odds.update(real, all);
    drawLarge(chosen, prompt);
    const inAll = isReal(shown) ? realInWords(moment, all, tell) : inWords(all);
    const words = [atHeat(), inAll].filter(Boolean).join(" ");
    setText(said, words);
    setText(wait, waitInWords());
    field.setAttribute("aria-label", words);
    counts.setAttribute("aria-label", tell("stories_counts"));
  }
  return { node, show };
}

/** The last words of a prompt that all know by now. @param {string} prompt */
function endOf(prompt) {
  const words = prompt.split(" ");
  return words.length > KNOWN_WORDS
    ? `… ${words.slice(-KNOWN_WORDS).join(" ")}`
    : prompt;
}

/**
 * A story as far as there is room for it, up to the end of a word.
 * @param {string[]} pieces
 */
function openingOf(pieces) {
  let end = Math.min(NEWEST_TOKENS, pieces.length);
  while (end < pieces.length && !/^\s/.test(pieces[end])) end += 1;
  return pieces.slice(0, end).join("") + (end < pieces.length ? " …" : "");
}

registerScreen("stories", storiesOnScreen);
