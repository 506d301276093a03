// Through the whole model and back: how surprised it is by what really came next, and
// what part each of its weights has in that.
//
// The function of `transformer.js`, for rows that are read together; where everything
// stands, and the letters in the shapes: see `training_workspace.js`.

import {
  attendHeads,
  attendHeadsBackward,
  rotateHeads,
} from "./attention_gradients.js";

/** @import { Workspace, LayerWorkspace, LayerPlaces } from "./training_workspace.js" */

/** How many tokens the group has. @param {Workspace} workspace */
function tokensIn({ group }) {
  return group.starts[group.rows];
}

/**
 * x @ matrix.T, [T inputs] to [T outputs].
 * @param {Workspace} workspace @param {number} out @param {number} x
 * @param {number} turned [inputs, outputs] @param {number} inputs
 * @param {number} outputs @param {boolean} [add] to what stands there
 */
function linear(workspace, out, x, turned, inputs, outputs, add = false) {
  const [tokens, { multiply }] = [tokensIn(workspace), workspace];
  multiply(out, x, turned, tokens, outputs, inputs, outputs, inputs, 1, outputs, add);
}

/**
 * The way back through `linear`: adds to the gradient of the matrix, and writes that
 * of x.
 * @param {Workspace} workspace @param {number} dX [T inputs]
 * @param {number} dOut [T step]
 * @param {number} x [T inputs] @param {number} weight [outputs, inputs]
 * @param {number} inputs @param {number} outputs
 * @param {number} [step] from one row of dOut to the next
 */
function linearBackward(
  workspace,
  dX,
  dOut,
  x,
  weight,
  inputs,
  outputs,
  step = outputs,
) {
  const [tokens, { multiply }] = [tokensIn(workspace), workspace];
  const dWeight = weight + workspace.toGradient;
  multiply(dWeight, dOut, x, outputs, inputs, tokens, inputs, 1, step, inputs, true);
  multiply(dX, dOut, weight, tokens, inputs, outputs, inputs, step, 1, inputs, false);
}

/**
 * `rmsNorm` of `transformer.js`; keeps the factor of each row.
 * @param {Workspace} workspace @param {number} out [T D] @param {number} factors [T]
 * @param {number} x [T D] @param {number} scale [D]
 */
function normForward(workspace, out, factors, x, scale) {
  const { numbers, config: { d_model: width, norm_eps } } = workspace;
  const tokens = tokensIn(workspace);
  for (let t = 0; t < tokens; t += 1) {
    const start = t * width;
    let squares = 0;
    for (let i = start; i < start + width; i += 1) squares += numbers[x + i] ** 2;
    const factor = 1 / Math.sqrt(squares / width + norm_eps);
    numbers[factors + t] = factor;
    for (let i = 0; i < width; i += 1) {
      numbers[out + start + i] = numbers[x + start + i] * factor * numbers[scale + i];
    }
  }
}

/**
 * The way back through `normForward` from `dNormed`: adds to the gradients of x and of
 * scale.
 * @param {Workspace} workspace @param {number} dX [T D] @param {number} factors [T]
 * @param {number} x [T D] @param {number} scale [D]
 */
function normBackward(workspace, dX, factors, x, scale) {
  const { numbers, dNormed, config: { d_model: width } } = workspace;
  const [tokens, dScale] = [tokensIn(workspace), scale + workspace.toGradient];
  for (let t = 0; t < tokens; t += 1) {
    const start = t * width;
    const factor = numbers[factors + t];
    let along = 0;
    for (let i = 0; i < width; i += 1) {
      const part = numbers[dNormed + start + i] * numbers[x + start + i];
      numbers[dScale + i] += part * factor;
      along += part * numbers[scale + i];
    }
    along *= factor ** 2 / width;
    for (let i = 0; i < width; i += 1) {
      const straight = numbers[dNormed + start + i] * numbers[scale + i];
      numbers[dX + start + i] += (straight - along * numbers[x + start + i]) * factor;
    }
  }
}

/**
 * `swiglu` of `transformer.js`; keeps the sigmoid of each gate.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 */
function swigluForward(workspace, { gateUp, sigmoid, hidden }) {
  const { numbers, config: { d_ff } } = workspace;
  const tokens = tokensIn(workspace);
  for (let t = 0; t < tokens; t += 1) {
    const [gate, up, at] = [
      gateUp + 2 * t * d_ff,
      gateUp + (2 * t + 1) * d_ff,
      t * d_ff,
    ];
    for (let i = 0; i < d_ff; i += 1) {
      const share = 1 / (1 + Math.exp(-numbers[gate + i]));
      numbers[sigmoid + at + i] = share;
      numbers[hidden + at + i] = numbers[gate + i] * share * numbers[up + i];
    }
  }
}

/**
 * The way back through `swigluForward`, from `dHidden` to `dGateUp`.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 */
function swigluBackward(workspace, { gateUp, sigmoid }) {
  const { numbers, dHidden, dGateUp, config: { d_ff } } = workspace;
  const tokens = tokensIn(workspace);
  for (let t = 0; t < tokens; t += 1) {
    const [gate, up, at] = [2 * t * d_ff, (2 * t + 1) * d_ff, t * d_ff];
    for (let i = 0; i < d_ff; i += 1) {
      const number = numbers[gateUp + gate + i];
      const share = numbers[sigmoid + at + i];
      const gradient = numbers[dHidden + at + i] * share;
      const slope = 1 + number * (1 - share);
      numbers[dGateUp + gate + i] = gradient * numbers[gateUp + up + i] * slope;
      numbers[dGateUp + up + i] = gradient * number;
    }
  }
}

/**
 * Through one block; `out` is the stream behind it.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 * @param {LayerPlaces} weights
 * @param {number} out [T D]
 */
function blockForward(workspace, layer, weights, out) {
  const { numbers, config } = workspace;
  const { d_model: d, d_ff: f, n_heads, n_kv_heads, d_head } = config;
  const { stream, normed, qkv, middle, middleNormed } = layer;
  const size = tokensIn(workspace) * d;
  normForward(workspace, normed, layer.factors, stream, weights.attention_norm);
  const width = (n_heads + 2 * n_kv_heads) * d_head;
  linear(workspace, qkv, normed, layer.transposedQkv, d, width);
  rotateHeads(workspace, qkv, 1);
  attendHeads(workspace, layer);
  numbers.copyWithin(middle, stream, stream + size);
  linear(
    workspace,
    middle,
    layer.mixed,
    layer.transposedOutput,
    n_heads * d_head,
    d,
    true,
  );

  normForward(workspace, middleNormed, layer.middleFactors, middle, weights.mlp_norm);
  linear(workspace, layer.gateUp, middleNormed, layer.transposedGateUp, d, 2 * f);
  swigluForward(workspace, layer);
  numbers.copyWithin(out, middle, middle + size);
  linear(workspace, out, layer.hidden, layer.transposedDown, f, d, true);
}

/**
 * Back through one block: `dStream` is the gradient behind it, and then before it.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 * @param {LayerPlaces} weights
 */
function blockBackward(workspace, layer, weights) {
  const { dStream, dNormed, dHidden, dGateUp, dMixed, dQkv, config } = workspace;
  const { d_model: d, d_ff: f, n_heads, n_kv_heads, d_head } = config;
  const { hidden, middleNormed, mixed, normed } = layer;
  linearBackward(workspace, dHidden, dStream, hidden, weights.down, f, d);
  swigluBackward(workspace, layer);
  linearBackward(workspace, dNormed, dGateUp, middleNormed, weights.gateUp, d, 2 * f);
  normBackward(workspace, dStream, layer.middleFactors, layer.middle, weights.mlp_norm);

  linearBackward(
    workspace,
    dMixed,
    dStream,
    mixed,
    weights.output,
    n_heads * d_head,
    d,
  );
  attendHeadsBackward(workspace, layer);
  rotateHeads(workspace, dQkv, -1);
  const width = (n_heads + 2 * n_kv_heads) * d_head;
  linearBackward(workspace, dNormed, dQkv, normed, weights.qkv, d, width);
  normBackward(workspace, dStream, layer.factors, layer.stream, weights.attention_norm);
}

/**
 * Read the group, and turn the scores for every next token into their gradients.
 * @param {Workspace} workspace
 * @param {number} share of one token in the loss whose gradients are wanted
 * @returns {number} the surprise at what really came next, in nats, summed up
 */
export function forward(workspace, share) {
  const { numbers, config: { d_model: d }, layers, group, columns } = workspace;
  const tokens = tokensIn(workspace);
  const first = layers[0]?.stream ?? workspace.final;
  for (let t = 0; t < tokens; t += 1) {
    const row = workspace.embedding + group.read[t] * d;
    numbers.copyWithin(first + t * d, row, row + d);
  }
  for (let i = 0; i < layers.length; i += 1) {
    const out = layers[i + 1]?.stream ?? workspace.final;
    blockForward(workspace, layers[i], workspace.weights[i], out);
  }
  normForward(
    workspace,
    workspace.finalNormed,
    workspace.finalFactors,
    workspace.final,
    workspace.final_norm,
  );
  linear(
    workspace,
    workspace.scores,
    workspace.finalNormed,
    workspace.transposedHead,
    d,
    columns,
  );
  let sum = 0;
  for (let t = 0; t < tokens; t += 1) {
    sum += surprise(workspace, workspace.scores + t * columns, group.next[t], share);
  }
  return sum;
}

/**
 * The surprise at one token; its scores become their gradients.
 * @param {Workspace} workspace @param {number} scores [V]
 * @param {number} token @param {number} share
 */
function surprise({ numbers, config: { vocab_size } }, scores, token, share) {
  const end = scores + vocab_size;
  let highest = -Infinity;
  for (let i = scores; i < end; i += 1) if (numbers[i] > highest) highest = numbers[i];
  const gap = highest - numbers[scores + token];
  let sum = 0;
  for (let i = scores; i < end; i += 1) {
    const weight = Math.exp(numbers[i] - highest);
    numbers[i] = weight;
    sum += weight;
  }
  for (let i = scores; i < end; i += 1) numbers[i] *= share / sum;
  numbers[scores + token] -= share;
  return Math.log(sum) + gap;
}

/**
 * Go back through what `forward` read, and add to the gradient of every weight.
 * @param {Workspace} workspace
 */
export function backward(workspace) {
  const { numbers, config, layers, group, dStream, columns } = workspace;
  const { d_model: d, vocab_size } = config;
  const tokens = tokensIn(workspace);
  const { dNormed, scores, finalNormed, head } = workspace;
  linearBackward(workspace, dNormed, scores, finalNormed, head, d, vocab_size, columns);
  numbers.fill(0, dStream, dStream + tokens * d);
  normBackward(
    workspace,
    dStream,
    workspace.finalFactors,
    workspace.final,
    workspace.final_norm,
  );
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    blockBackward(workspace, layers[i], workspace.weights[i]);
  }
  const dEmbedding = workspace.embedding + workspace.toGradient;
  for (let t = 0; t < tokens; t += 1) {
    const row = dEmbedding + group.read[t] * d;
    for (let i = 0; i < d; i += 1) numbers[row + i] += numbers[dStream + t * d + i];
  }
}
