// Fjord in jax-js, on its WebAssembly backend: the functions of `model/transformer.py`
// and `model/kv_cache.py` in its NumPy, each compiled as a whole by its `jit`.
//
// An array that is passed on is used up; `.ref` keeps it for one more use.

const SLOTS = 64; // a cache grows by so many: each size is compiled once

/**
 * The weights of a safetensors file, worked out to float32.
 * @param {ArrayBuffer} file @param {any} np
 */
function readWeights(file, np) {
  const start = 8 + Number(new DataView(file).getBigUint64(0, true));
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, start - 8)));
  delete head.__metadata__;
  return Object.fromEntries(
    Object.entries(head).map(([name, { shape, data_offsets: [from, to] }]) => {
      const halves = new Float16Array(file.slice(start + from, start + to));
      return [name, np.array(Float32Array.from(halves)).reshape(shape)];
    }),
  );
}

/**
 * The tree of weights that the functions below take; matrices are plain ones.
 * @param {any} arrays @param {any} config @param {any} np
 */
function asParameters(
  arrays,
  { d_model, d_head, n_layers, rope_theta, max_seq_len },
  np,
) {
  const half = d_head / 2;
  const angles = Array.from(
    { length: max_seq_len },
    (_, at) => Array.from({ length: half }, (_, i) => at * rope_theta ** (-i / half)),
  );
  const table = (/** @type {(angle: number) => number} */ of) =>
    np.array(angles.map((row) => row.map(of)));
  const layers = Array.from({ length: n_layers }, (_, i) => {
    const of = (/** @type {string} */ name) => arrays[`layers.${i}.${name}`];
    const flat = (/** @type {string} */ name) => of(name).reshape([d_model, -1]);
    return {
      attention_norm: of("attention_norm"),
      qkv: np.concatenate(["query", "key", "value"].map(flat), 1),
      output: of("output").reshape([-1, d_model]),
      mlp_norm: of("mlp_norm"),
      gate: of("gate"),
      up: of("up"),
      down: of("down"),
    };
  });
  const { embedding, final_norm } = arrays;
  return { embedding, final_norm, layers, cos: table(Math.cos), sin: table(Math.sin) };
}

/**
 * The two functions that are compiled.
 * @param {any} jax @param {any} config
 */
function functions({ jit, nn, numpy: np }, { n_heads, d_head, norm_eps }) {
  const half = d_head / 2;

  function rmsNorm(x, scale) {
    const mean = np.mean(np.square(x.ref), -1, { keepdims: true });
    return x.div(np.sqrt(mean.add(norm_eps))).mul(scale);
  }

  function rotate(x, cos, sin) {
    const first = x.ref.slice([], [], [0, half]);
    const second = x.slice([], [], [half]);
    return np.concatenate([
      first.ref.mul(cos.ref).sub(second.ref.mul(sin.ref)),
      second.mul(cos).add(first.mul(sin)),
    ], -1);
  }

  // `remember` is given a layer's new keys and values [T N H], and gives all of them.
  function forward(params, tokens, positions, remember, masked) {
    const count = tokens.shape[0];
    const [cos, sin] = [params.cos, params.sin].map((table) =>
      np.take(table, positions.ref, 0).reshape([count, 1, half])
    );
    positions.dispose();
    let x = np.take(params.embedding.ref, tokens, 0);
    const cache = params.layers.map((layer, i) => {
      const qkv = np.matmul(rmsNorm(x.ref, layer.attention_norm), layer.qkv)
        .reshape([count, 3 * n_heads, d_head]);
      const [q, k, v] = np.split(qkv, 3, 1);
      const keys = remember(rotate(k, cos.ref, sin.ref), i, "keys");
      const values = remember(v, i, "values");
      const mixed = nn.dotProductAttention(
        rotate(q, cos.ref, sin.ref),
        keys.ref,
        values.ref,
        masked(),
      );
      x = x.add(np.matmul(mixed.reshape([count, -1]), layer.output));
      const y = rmsNorm(x.ref, layer.mlp_norm);
      const gated = nn.silu(np.matmul(y.ref, layer.gate));
      x = x.add(np.matmul(gated.mul(np.matmul(y, layer.up)), layer.down));
      return { keys, values };
    });
    [cos, sin].forEach((table) => table.dispose());
    const last = rmsNorm(x.slice([count - 1]), params.final_norm);
    return { logits: np.matmul(last, params.embedding.transpose()), cache };
  }

  const read = jit((params, tokens) => {
    const positions = np.arange(tokens.shape[0]);
    const causal = () => ({ isCausal: true });
    return forward(params, tokens, positions, (fresh) => fresh, causal);
  });

  const step = jit((params, token, position, cache) => {
    const slots = np.arange(cache[0].keys.shape[0]);
    const here = np.equal(slots.ref, position.ref).reshape([-1, 1, 1]);
    const seen = np.lessEqual(slots, position.ref).reshape([1, 1, -1]);
    const write = (fresh, i, part) => np.where(here.ref, fresh, cache[i][part]);
    const masked = () => ({ mask: seen.ref });
    const answer = forward(params, token, position, write, masked);
    [here, seen].forEach((mask) => mask.dispose());
    return answer;
  });
  return { read, step };
}

export async function open(config, threads) {
  // It takes as many as there are, where the page is isolated.
  Object.defineProperty(navigator, "hardwareConcurrency", { value: threads });
  const jax = await import("/peers/@jax-js/jax/dist/index.js");
  const { init, defaultDevice, numpy: np, tree } = jax;
  await init("wasm");
  defaultDevice("wasm");
  const file = await (await fetch("/data/model.safetensors")).arrayBuffer();
  const params = asParameters(readWeights(file, np), config, np);
  const { read, step } = functions(jax, config);
  const whole = (numbers) => np.array(new Int32Array(numbers));
  let cache = null;
  let length = 0;

  // Room for one more token, where there is none left.
  function grown() {
    const room = cache[0].keys.shape[0];
    if (length < room) return cache;
    const more = SLOTS * (1 + Math.floor(length / SLOTS)) - room;
    return tree.map((array) => np.pad(array, [[0, more], [0, 0], [0, 0]]), cache);
  }
  function scores({ logits, cache: next }) {
    cache = next;
    return threads > 1 ? logits.data() : logits.dataSync(); // faster than waiting
  }
  return {
    read(ids) {
      tree.dispose(cache);
      length = ids.length;
      return scores(read(tree.ref(params), whole(ids)));
    },
    step(token) {
      cache = grown();
      const found = step(tree.ref(params), whole([token]), whole([length]), cache);
      length += 1;
      return scores(found);
    },
  };
}
