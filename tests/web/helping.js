// The script of a worker that helps with products; one named "dies" takes a part of the
// work with it.

import { deskNumbers, toldIn } from "../../llm_lessons/web/engine/block_products.js";
import { roomIn } from "../../llm_lessons/web/engine/speed.js";
import { help, takePart } from "../../llm_lessons/web/engine/threads.js";

/** @param {import("../../llm_lessons/web/engine/threads.js").Call} call */
function die({ memory, thread }) {
  const told = toldIn(roomIn(memory, deskNumbers(thread)));
  while (takePart(told) < 0);
  close();
}

const own = /** @type {{ name?: string }} */ (globalThis);
addEventListener("message", ({ data }) => (own.name === "dies" ? die : help)(data));
