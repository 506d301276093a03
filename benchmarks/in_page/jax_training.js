// Training in jax-js, on its WebAssembly backend: the work of `engine/training.js`; its
// `jit` compiles a step's slopes, and a turn of the knobs, each as a whole.
//
// An array that is passed on is used up; `.ref` keeps it for one more use.

/** What moves the knobs: AdamW, as in the engine. */
const [FIRST, SECOND, TINY] = [0.9, 0.98, 1e-8];

/**
 * A model of letters that learns, a batch a step.
 * @param {any} jax @param {any} config
 * @param {{ rows: number, rowLength: number, rate: number }} recipe
 */
export async function trainerOf(jax, config, { rows, rowLength, rate }) {
  const {
    init,
    defaultDevice,
    jit,
    nn,
    numpy: np,
    tree,
    valueAndGrad,
    random,
  } = jax;
  await init("wasm");
  defaultDevice("wasm");
  const { vocab_size: v, d_model: d, d_ff: f, n_heads, d_head, n_layers } =
    config;
  const half = d_head / 2;
  let seed = 1;
  const noise = (shape, scale) =>
    random.normal(random.key(seed++), shape).mul(scale);
  const matrix = (into, out) => noise([into, out], into ** -0.5);
  let params = {
    embedding: noise([v, d], 0.02),
    final_norm: np.ones([d]),
    layers: Array.from({ length: n_layers }, () => ({
      attention_norm: np.ones([d]),
      mlp_norm: np.ones([d]),
      qkv: matrix(d, 3 * d),
      output: matrix(d, d),
      gate: matrix(d, f),
      up: matrix(d, f),
      down: matrix(f, d),
    })),
  };
  const angles = Array.from(
    { length: rowLength },
    (_, at) =>
      Array.from(
        { length: half },
        (_, i) => at * config.rope_theta ** (-i / half),
      ),
  );
  const table = (of) =>
    np.array(angles.map((row) => row.map(of)))
      .reshape([1, rowLength, 1, half]);
  const turns = { cos: table(Math.cos), sin: table(Math.sin) };

  function rmsNorm(x, scale) {
    const mean = np.mean(np.square(x.ref), -1, { keepdims: true });
    return x.div(np.sqrt(mean.add(config.norm_eps))).mul(scale);
  }
  function rotate(x, cos, sin) {
    const first = x.ref.slice([], [], [], [0, half]);
    const second = x.slice([], [], [], [half]);
    return np.concatenate([
      first.ref.mul(cos.ref).sub(second.ref.mul(sin.ref)),
      second.mul(cos).add(first.mul(sin)),
    ], -1);
  }
  function loss(params, read, drawn, { cos, sin }) {
    let x = np.take(params.embedding.ref, read, 0);
    for (const layer of params.layers) {
      const qkv = np.matmul(rmsNorm(x.ref, layer.attention_norm), layer.qkv)
        .reshape([rows, rowLength, 3 * n_heads, d_head]);
      const [q, k, value] = np.split(qkv, 3, 2);
      const mixed = nn.dotProductAttention(
        rotate(q, cos.ref, sin.ref),
        rotate(k, cos.ref, sin.ref),
        value,
        { isCausal: true },
      );
      x = x.add(np.matmul(mixed.reshape([rows, rowLength, -1]), layer.output));
      const y = rmsNorm(x.ref, layer.mlp_norm);
      const gated = nn.silu(np.matmul(y.ref, layer.gate));
      x = x.add(np.matmul(gated.mul(np.matmul(y, layer.up)), layer.down));
    }
    cos.dispose();
    sin.dispose();
    const logits = np.matmul(
      rmsNorm(x, params.final_norm),
      params.embedding.transpose(),
    );
    const right = nn.oneHot(drawn, v);
    return np.mean(np.sum(nn.logSoftmax(logits, -1).mul(right), -1)).mul(-1);
  }
  const slopes = jit(valueAndGrad(loss));
  const zeros = () => tree.map((one) => np.zeros(one.shape), tree.ref(params));
  let [first, second, count] = [zeros(), zeros(), 0];
  const turn = jit((params, gradient, first, second, correction) => {
    let sum = np.array(0);
    for (const one of tree.leaves(tree.ref(gradient))) {
      sum = sum.add(np.sum(np.square(one)));
    }
    const scale = np.minimum(np.array(1), np.array(1).div(np.sqrt(sum)));
    const clipped = tree.map((one) => one.mul(scale.ref), gradient);
    scale.dispose();
    const m = tree.map(
      (a, g) => a.mul(FIRST).add(g.mul(1 - FIRST)),
      first,
      tree.ref(clipped),
    );
    const s = tree.map(
      (a, g) => a.mul(SECOND).add(np.square(g).mul(1 - SECOND)),
      second,
      clipped,
    );
    const [c1, c2] = np.split(correction, 2);
    const next = tree.map(
      (w, a, b) =>
        w.sub(
          a.mul(c1.ref).div(np.sqrt(b.mul(c2.ref)).add(TINY)).mul(rate),
        ),
      params,
      tree.ref(m),
      tree.ref(s),
    );
    c1.dispose();
    c2.dispose();
    return [next, m, s];
  });
  return {
    /** @param {Int32Array} batch rows x (rowLength + 1) */
    step(batch) {
      const all = np.array(batch, { dtype: np.int32 }).reshape([
        rows,
        rowLength + 1,
      ]);
      const read = all.ref.slice([], [0, rowLength]);
      const drawn = all.slice([], [1]);
      const [value, gradient] = slopes(
        tree.ref(params),
        read,
        drawn,
        tree.ref(turns),
      );
      count += 1;
      const correction = np.array([
        1 / (1 - FIRST ** count),
        1 / (1 - SECOND ** count),
      ]);
      [params, first, second] = turn(
        params,
        gradient,
        first,
        second,
        correction,
      );
      return value.js();
    },
  };
}
