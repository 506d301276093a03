// SmolLM2 by the page's own engine, from its GGUF file, with its own loop.

import { sideOf } from "/page/measure.js";
import { roomForFile } from "/web/engine/products.js";
import { realModel } from "/web/engine/real_model.js";

const FILE = "/model/SmolLM2-135M-Instruct.Q4_1.gguf";

/** The model; the file's bytes are put where they stay as they arrive. */
export async function open() {
  const answer = await fetch(FILE);
  const bytes = roomForFile(Number(answer.headers.get("content-length")));
  const reader = answer.body.getReader();
  for (let at = 0;;) {
    const { done, value } = await reader.read();
    if (done) return sideOf(realModel(bytes));
    bytes.set(value, at);
    at += value.length;
  }
}
