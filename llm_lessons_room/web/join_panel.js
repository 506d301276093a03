// How one more phone comes in: the address and its code, small in a corner or large,
// and what to do where a wifi keeps the devices apart.

import { element, setText } from "../../llm_lessons/web/lib/dom.js";
import { shortAddress } from "./moment.js";
import { pictureOf } from "./pictures.js";

/** @import { Moment } from "./moment.js" */
/** @import { Tell } from "./words.js" */

const LONELY = 60_000; // milliseconds without a phone, then help is shown

/**
 * `changed` is called when help comes by itself.
 * @param {Tell} tell @param {() => void} changed
 */
export function joinPanel(tell, changed) {
  const codes = [1, 2].map(() => element("div", { class: "room-code" }));
  const [address, smallAddress] = [1, 2].map(() =>
    element("p", { class: "room-address" })
  );
  const how = element("p");
  const help = element("div", { class: "room-apart", role: "status" });
  const texts = element("div", {}, how, address, help);
  const large = element("aside", { class: "room-join", hidden: "" }, codes[0], texts);
  const small = element("aside", { class: "room-join-small" }, smallAddress, codes[1]);
  let drawn = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let lonely;
  let isLonely = false;

  /** @param {boolean} now */
  function setHelp(now) {
    isLonely = now;
    if (!isLonely) return help.replaceChildren();
    const keys = ["apart_same", "apart_http", "apart_hotspot"];
    help.replaceChildren(
      element("h2", {}, tell("apart_title")),
      element("ul", {}, ...keys.map((key) => element("li", {}, tell(key)))),
    );
  }

  /** @param {Moment} moment */
  function show({ join, present = 0, alone }) {
    if (present > 0) {
      clearTimeout(lonely);
      lonely = undefined;
      if (isLonely) setHelp(false);
    } else if (!isLonely && join?.qr) {
      const left = Math.max(0, LONELY - 1000 * (alone ?? 0));
      if (typeof alone === "number") clearTimeout(lonely); // the server knows better
      if (typeof alone === "number" || lonely === undefined) {
        lonely = setTimeout(() => {
          setHelp(true);
          changed();
        }, left);
      }
    }
    // An address that no phone can reach has no code.
    const said = tell(join && !join.qr ? "join_alone" : "join_how");
    setText(how, said);
    for (const node of [large, small]) node.setAttribute("aria-label", said);
    if (!join || drawn === join.address + join.qr) return;
    drawn = join.address + join.qr;
    setText(smallAddress, shortAddress(join.address));
    address.replaceChildren(...breakable(shortAddress(join.address)));
    const alt = tell("join_code", { name: join.address });
    for (const node of codes) {
      node.hidden = !join.qr;
      node.replaceChildren(...(join.qr ? [pictureOf(join.qr, alt)] : []));
    }
  }
  return { large, small, show, isHelping: () => isLonely };
}

/** An address that may break where it is read in parts. @param {string} address */
function breakable(address) {
  const parts = address.replace("//", "//\n").replace(/(?=:\d)/g, "\n").split("\n");
  return parts.flatMap((part, i) => i ? [element("wbr"), part] : [part]);
}
