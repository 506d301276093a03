// The class model in plain JavaScript, by the script that pages load, with its own loop.

export async function open() {
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/made/fjord.js";
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const lm = globalThis.llmLessonsModels.fjord.lm();
  return {
    read: (ids) => lm.drawn(ids, { maxTokens: 1 }).next().value.logits,
    draw: (ids, { count: maxTokens }, temperature, seed) => [
      ...lm.drawn(ids, { maxTokens, temperature, seed }),
    ],
  };
}
