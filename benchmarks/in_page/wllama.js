// SmolLM2 by wllama: llama.cpp, compiled to WebAssembly, from the same GGUF file.
//
// Texts go in and come out; it gives no scores, and counts its tokens itself.

const PEER = "/peers/@wllama/wllama/esm/";
const FILE = "/model/SmolLM2-135M-Instruct.Q4_1.gguf";

export async function open({ max_seq_len }, { texts }) {
  const { Wllama } = await import(`${PEER}index.js`);
  const wllama = new Wllama({ default: `${PEER}wasm/wllama.wasm` });
  const file = await (await fetch(FILE)).blob();
  const n_ctx = Math.min(max_seq_len, 2048);
  await wllama.loadModel([file], { n_ctx, n_threads: 1, n_gpu_layers: 0 });
  async function goOn(ids, max_tokens, how) {
    const fixed = { cache_prompt: false, ignore_eos: true };
    const asked = { prompt: texts[ids], max_tokens, ...fixed, ...how };
    const found = await wllama.createCompletion(asked);
    if (found.usage.prompt_tokens !== ids.length) throw new Error("other tokens");
    return found;
  }
  return {
    read: (ids) => goOn(ids, 1, { temperature: 0 }),
    async draw(ids, { count }, temperature, seed) {
      const how = { temperature, seed, top_k: 0, top_p: 1, min_p: 0 };
      const { usage } = await goOn(ids, count, how);
      return new Array(usage.completion_tokens);
    },
    async said(ids, count) {
      const { choices: [{ text }] } = await goOn(ids, count, { temperature: 0 });
      return text;
    },
  };
}
