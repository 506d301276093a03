// Fjord in transformers.js: its class for Llamas, on onnxruntime's WebAssembly.
//
// Its `generate` gives no scores (its own list says so), so the model is called as
// `generate` calls it, token by token.

const PEERS = "/peers/@huggingface/transformers/";

export async function open(_, threads) {
  const { DynamicCache, LlamaForCausalLM, Tensor, env } = await import(
    `${PEERS}dist/transformers.min.js`
  );
  const wasm =
    `${PEERS}node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify`;
  env.backends.onnx.wasm.wasmPaths = { mjs: `${wasm}.mjs`, wasm: `${wasm}.wasm` };
  env.backends.onnx.wasm.numThreads = threads;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = "/made/";
  env.useBrowserCache = false; // a fresh page has nothing there
  env.useWasmCache = false;
  const model = await LlamaForCausalLM.from_pretrained("model", {
    device: "wasm",
    dtype: "fp32",
  });
  const whole = (numbers) =>
    new Tensor("int64", BigInt64Array.from(numbers, BigInt), [1, numbers.length]);
  let cache = new DynamicCache();
  let length = 0;

  async function run(ids) {
    length += ids.length;
    const { logits, ...present } = await model({
      input_ids: whole(ids),
      attention_mask: whole(new Array(length).fill(1)),
      past_key_values: cache,
    });
    cache.update(
      Object.fromEntries(
        Object.entries(present).map((
          [name, tensor],
        ) => [name.replace("present", "past_key_values"), tensor]),
      ),
    );
    return logits.data;
  }
  return {
    read(ids) {
      length = 0;
      cache = new DynamicCache();
      return run(ids);
    },
    step: (token) => run([token]),
  };
}
