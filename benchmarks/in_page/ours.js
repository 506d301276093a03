// The class model in plain JavaScript, by the script that pages load, with its own loop.

import { sideOf } from "/page/measure.js";

export async function open() {
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/made/fjord.js";
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return sideOf(globalThis.llmLessonsModels.fjord.lm());
}
