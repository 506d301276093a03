// Fjord in onnxruntime-web, on its WebAssembly backend.

const DIST = "/peers/onnxruntime-web/dist/";

export async function open(config, threads) {
  const ort = await import(`${DIST}ort.wasm.bundle.min.mjs`);
  ort.env.wasm.wasmPaths = DIST;
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create("/made/model/onnx/model.onnx", {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const { n_layers, n_kv_heads, d_head } = config;
  const names = Array.from({ length: n_layers }, (_, i) => [`${i}.key`, `${i}.value`])
    .flat();
  const whole = (numbers) =>
    new ort.Tensor("int64", BigInt64Array.from(numbers, BigInt), [1, numbers.length]);
  let cache = {};
  let length = 0;

  async function run(ids) {
    length += ids.length;
    const found = await session.run({
      ...cache,
      input_ids: whole(ids),
      attention_mask: whole(new Array(length).fill(1)),
    });
    cache = Object.fromEntries(
      names.map((name) => [`past_key_values.${name}`, found[`present.${name}`]]),
    );
    return found.logits.data;
  }
  return {
    read(ids) {
      length = 0;
      const none = () =>
        new ort.Tensor("float32", new Float32Array(), [1, n_kv_heads, 0, d_head]);
      cache = Object.fromEntries(
        names.map((name) => [`past_key_values.${name}`, none()]),
      );
      return run(ids);
    },
    step: (token) => run([token]),
  };
}
