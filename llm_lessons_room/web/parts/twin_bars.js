// The model beside the room, as bars in the same rows: a wide one for the model's
// chance, and in it a narrow one for the room's share, a segment for each who said so.

import { element, setLength, setText } from "../../../llm_lessons/web/lib/dom.js";
import { rowsOnDemand, showIf } from "./stage.js";
import "./twin_bars.css" with { type: "text" };

/**
 * One row. What is null has no bar; `within` is an interval.
 * @typedef {object} Twin
 * @property {string} name
 * @property {number | null} odd @property {string} oddText
 * @property {number | null} share @property {string} shareText
 * @property {number} [parts] of which the room's bar is made
 * @property {[number, number]} [within]
 * @property {boolean} [isRest]
 */

const READ_APART = 8; // pixels: what is narrower is no segment of its own
const FEW = 5; // rows, which then are larger
const ALL_OF_IT = 0.94; // of the track is filled by the longest bar

function twinRow() {
  const name = element("th", { scope: "row" });
  const wide = element("div", { class: "ll-twin-odd" });
  const narrow = element("div", { class: "ll-twin-share" });
  const whisker = element("div", { class: "ll-twin-within" });
  const track = element("td", { "aria-hidden": "true" }, wide, narrow, whisker);
  const [odd, share] = [element("td"), element("td")];
  const row = element("tr", {}, name, track, odd, share);
  return Object.assign(row, {
    parts: { name, wide, narrow, whisker, track, odd, share },
  });
}

/** @param {HTMLElement} bar @param {number | null} length */
function showLength(bar, length) {
  showIf(bar, length !== null);
  setLength(bar, ALL_OF_IT * (length ?? 0));
}

/** @param {string} caption for screen readers */
export function twinBars(caption) {
  const heads = [0, 1].map(() => element("th", { scope: "col" }));
  const nothing = () => element("td");
  const head = element("tr", {}, nothing(), nothing(), ...heads);
  const body = element("tbody");
  const name = element("caption", { class: "ll-unseen" }, caption);
  const parts = [name, element("thead", {}, head), body];
  const table = element("table", { class: "ll-twins" }, ...parts);
  const node = element("div", { class: "ll-twins-place" }, table);
  const rowsOf = rowsOnDemand(twinRow);

  /** @param {ReturnType<typeof twinRow>} row @param {Twin} twin @param {number} full */
  function write({ parts, classList }, twin, full) {
    const { name, odd, share, within } = twin;
    setText(parts.name, name);
    classList.toggle("ll-twin-rest", twin.isRest === true);
    showLength(parts.wide, odd === null ? null : odd / full);
    showLength(parts.narrow, share === null ? null : share / full);
    parts.narrow.style.setProperty("--ll-parts", String(twin.parts ?? 1));
    const length = parts.track.clientWidth * ALL_OF_IT * ((share ?? 0) / full);
    const isRead = (twin.parts ?? 0) > 1 && length / (twin.parts ?? 1) >= READ_APART;
    parts.narrow.classList.toggle("ll-in-parts", isRead);
    showIf(parts.whisker, within !== undefined);
    if (within) {
      const [low, high] = within.map((end) => ALL_OF_IT * (end / full));
      parts.whisker.style.left = `${(100 * low).toFixed(2)}%`;
      setLength(parts.whisker, high - low);
    }
    setText(parts.odd, twin.oddText);
    setText(parts.share, twin.shareText);
  }

  /**
   * @param {[string, string]} names of the model and of the room; an empty one has no
   *   bars yet
   * @param {Twin[]} twins @param {number} [full] whose bar fills the track
   */
  function update(names, twins, full) {
    const longest = Math.max(
      0.01,
      ...twins.flatMap(({ odd, share }) => [odd ?? 0, share ?? 0]),
    );
    heads.forEach((head, i) => setText(head, names[i]));
    heads.forEach((head, i) => head.classList.toggle("ll-unnamed", !names[i]));
    const rows = rowsOf(body, twins.length);
    node.style.setProperty("--ll-rows", String(twins.length));
    node.classList.toggle("ll-few", twins.length <= FEW);
    twins.forEach((twin, i) => write(rows[i], twin, full ?? longest));
  }
  return { node, update };
}
