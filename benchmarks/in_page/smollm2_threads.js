// The worker in which SmolLM2 is asked, and those that help it.

import { opened } from "/page/smollm2.js";
import { help, roomWithThreads } from "/web/engine/threads.js";

let side;

async function answer(what, ...asked) {
  if (what !== "open") return side[what](...asked);
  const others = Array.from(
    { length: asked[0] - 1 },
    () => new Worker(location.href, { type: "module" }),
  );
  side = await opened((size) => roomWithThreads(size, others));
}

addEventListener("message", async ({ data }) => {
  if (data.kind === "help") help(data);
  else postMessage(await answer(...data));
});
