// A model that follows a room's thumbs, on the screen: what it wrote before them and
// writes now, how many thumbs were up, and what was lost.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { written } from "../../../llm_lessons/web/widgets/train_your_own_model.js";
import { showIf, wholePercent } from "../../web/parts/stage.js";
import { JUDGED } from "./thumbs.js";
import { curvePicture, curvePoints, textPlaces } from "./training_views.js";
import { countNames } from "./written_names.js";

/** @import { Tell } from "../../web/words.js" */
/** @import { Learned, TogetherMoment } from "./room_model.js" */

const DRAWN = 100; // names after each step, with the same coins each time

/**
 * Whether clearly more thumbs were up in the second half of the steps than in the
 * first: by two standard errors, so that thumbs that fall by chance seldom say so.
 * @param {number[]} ups shares, one a step @param {number} thumbs in a step, about
 */
export function isClearlyBetter(ups, thumbs) {
  const half = Math.floor(ups.length / 2);
  const [early, late] = [ups.slice(0, half), ups.slice(ups.length - half)].map((some) =>
    some.reduce((sum, share) => sum + share, 0) / half
  );
  const share = (early + late) / 2;
  return late - early > 2 * Math.sqrt(2 * share * (1 - share) / (half * thumbs));
}

/** Names that were drawn, and how much alike they are. @param {Tell} tell */
function drawnNames(tell, /** @type {string} */ title) {
  const [texts, facts] = [textPlaces(tell), element("p")];
  const node = element("div", {}, element("strong", {}, title), facts, texts.node);
  /** @param {string[]} names @param {Set<string>} known */
  function update(names, known) {
    showIf(node, names.length > 0);
    if (!names.length) return;
    texts.update(names, known);
    const counts = countNames(names, [...new Set(names)]);
    const values = {
      n: names.length,
      m: counts.length,
      other: names.filter((name) => known.has(name)).length,
      name: `${counts[0][0] || "–"} (${counts[0][1]})`,
    };
    setText(facts, tell("thumbs_names", values));
  }
  return { node, update };
}

/** @param {Tell} tell */
export function thumbsOnScreen(tell) {
  const picture = curvePicture();
  const before = drawnNames(tell, tell("thumbs_before"));
  const after = drawnNames(tell, tell("thumbs_now"));
  const share = element("p");
  const facts = element("div", {}, picture.node, share);
  const columns = [before.node, after.node, facts];
  const node = element("div", { class: "ll-room-training ll-thumbs" }, ...columns);
  /** @type {[string[], string[]]} */
  let [first, latest] = [[], []];
  let [training, steps] = [0, -1];

  /** @param {Learned} learned */
  function draw(learned) {
    if (training !== learned.training) [training, first] = [learned.training, []];
    else if (steps === learned.steps) return;
    steps = learned.steps;
    const { pupil } = learned;
    latest = Array.from({ length: DRAWN }, (_, i) => written(pupil, i));
    if (!steps) first = latest; // which a screen that comes later is sent, too
  }

  /**
   * Show it all; what is to be said above.
   * @param {TogetherMoment} moment @param {Learned | null} learned
   */
  function update({ tally, phase, hidden }, learned) {
    if (!tally?.training) return tell("train_together_nothing");
    if (learned) draw(learned);
    const known = new Set(learned?.pupil.lines);
    before.update(hidden ? [] : first, known);
    after.update(hidden ? [] : latest, known);
    const ups = (tally.losses ?? []).map((down) => 1 - down);
    const [begun = 0, now = 0] = [ups[0], ups.at(-1)];
    const values = { n: ups.length, name: wholePercent(begun), m: wholePercent(now) };
    const said = ups.length ? tell("thumbs_share", values) : "";
    setText(share, said);
    picture.update(curvePoints(ups, 1), said);
    if (phase !== "reveal") return tell("thumbs_ask");
    const isClear = isClearlyBetter(ups, (tally.phones ?? 0) * JUDGED);
    const end = tell(isClear ? "thumbs_pleased" : "thumbs_apart");
    return `${end} ${tell("thumbs_model")}`;
  }
  return { node, update };
}
