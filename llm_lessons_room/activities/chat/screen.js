// The chat box on the screen: how many phones heard their name while it stood in the
// text, and how many once it was taken out.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { screenStage } from "../../web/parts/stage.js";
import { twinBars } from "../../web/parts/twin_bars.js";

/** @import { Context } from "../../web/moment.js" */
/** @import { ChatMoment } from "./phone.js" */

/** @param {Context} context */
export function chatOnScreen({ tell }) {
  const bars = twinBars(tell("chat_caption"));
  const sentence = element("p");
  const node = screenStage("chat", bars.node, sentence);

  /** @param {ChatMoment} moment */
  function show({ tally }) {
    const { answered = 0, kept = 0, gone = 0 } = tally ?? {};
    const rows = [[tell("chat_kept"), kept], [tell("chat_gone"), gone]];
    const twins = rows.map(([name, heard]) => {
      const n = Number(heard);
      return {
        name: String(name),
        odd: null,
        oddText: "",
        share: answered ? n / answered : null,
        shareText: answered ? tell("n_of_m", { n, m: answered }) : "–",
        parts: n,
      };
    });
    bars.update(["", tell("room")], twins, 1);
    const values = { n: kept, m: answered, name: String(gone) };
    setText(sentence, tell(answered ? "chat_said" : "chat_none", values));
  }
  return { node, show };
}

registerScreen("chat", chatOnScreen);
