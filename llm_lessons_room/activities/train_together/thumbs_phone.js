// Names that the room's model wrote, on a phone: a thumb up or down for each.

import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import "./thumbs_phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */

/** @param {Context} context @param {(ups: boolean[]) => void} judge */
export function thumbsOnPhone({ tell, say }, judge) {
  const [count, name] = [element("p", { class: "ll-quiet" }), element("bdi")];
  const buttons = [true, false].map((isUp) => {
    const words = isUp ? `👍 ${tell("thumbs_up")}` : `👎 ${tell("thumbs_down")}`;
    return pushButton(words, () => press(isUp), { class: "ll-great" });
  });
  const thumbs = element("div", { class: "ll-thumb-pair" }, ...buttons);
  const judged = element("p", { class: "ll-judged" }, name);
  const node = element("div", {}, count, judged, thumbs);
  /** @type {string[]} */
  let names = [];
  /** @type {boolean[]} */
  let ups = [];

  /** @param {boolean} isUp */
  function press(isUp) {
    ups.push(isUp);
    if (ups.length < names.length) return draw();
    judge(ups);
    say(tell("thumbs_wait"));
  }
  /** The name to be judged now; between two steps the buttons are off. */
  function draw() {
    const place = { n: ups.length + 1, m: names.length };
    const now = names.length ? names[ups.length] || "–" : "…";
    setText(count, names.length ? tell("thumbs_count", place) : tell("thumbs_wait"));
    setText(name, now);
    for (const button of buttons) setOff(button, !names.length);
    if (names.length) say(now);
  }

  /** @param {string[]} asked the same array as before where it is the same question */
  function update(asked) {
    if (asked === names) return;
    [names, ups] = [asked, []];
    draw();
  }
  draw();
  return { node, update };
}
