// Through the whole model and back: how surprised it is by what really came next, and
// what part each of its weights has in that.
//
// The function of `transformer.js`, for rows that are read together; where everything
// stands, and the letters in the shapes: see `training_desk.js`.

import { mixValues, mixValuesBack, turnHeads } from "./attention_gradients.js";

/** @import { Desk, LayerDesk, LayerPlaces } from "./training_desk.js" */

/** How many tokens the group has. @param {Desk} desk */
function tokensIn({ group }) {
  return group.starts[group.rows];
}

/**
 * x @ matrix.T, [T inputs] to [T outputs].
 * @param {Desk} desk @param {number} out @param {number} x
 * @param {number} turned [inputs, outputs] @param {number} inputs
 * @param {number} outputs @param {boolean} [add] to what stands there
 */
function toOutputs(desk, out, x, turned, inputs, outputs, add = false) {
  const [tokens, { multiply }] = [tokensIn(desk), desk];
  multiply(out, x, turned, tokens, outputs, inputs, outputs, inputs, 1, outputs, add);
}

/**
 * The way back through `toOutputs`: adds to the gradient of the matrix, and writes that
 * of x.
 * @param {Desk} desk @param {number} dX [T inputs] @param {number} dOut [T step]
 * @param {number} x [T inputs] @param {number} weight [outputs, inputs]
 * @param {number} inputs @param {number} outputs
 * @param {number} [step] from one row of dOut to the next
 */
function toInputs(desk, dX, dOut, x, weight, inputs, outputs, step = outputs) {
  const [tokens, { multiply }] = [tokensIn(desk), desk];
  const dWeight = weight + desk.toGradient;
  multiply(dWeight, dOut, x, outputs, inputs, tokens, inputs, 1, step, inputs, true);
  multiply(dX, dOut, weight, tokens, inputs, outputs, inputs, step, 1, inputs, false);
}

/**
 * `rmsNorm` of `transformer.js`; keeps the factor of each row.
 * @param {Desk} desk @param {number} out [T D] @param {number} factors [T]
 * @param {number} x [T D] @param {number} scale [D]
 */
function norm(desk, out, factors, x, scale) {
  const { numbers, config: { d_model: width, norm_eps } } = desk;
  const tokens = tokensIn(desk);
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
 * The way back through `norm` from `dNormed`: adds to the gradients of x and of scale.
 * @param {Desk} desk @param {number} dX [T D] @param {number} factors [T]
 * @param {number} x [T D] @param {number} scale [D]
 */
function normBack(desk, dX, factors, x, scale) {
  const { numbers, dNormed, config: { d_model: width } } = desk;
  const [tokens, dScale] = [tokensIn(desk), scale + desk.toGradient];
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
 * `swiglu` of `transformer.js`; keeps how far each gate is open.
 * @param {Desk} desk @param {LayerDesk} layer
 */
function throughGates(desk, { gateUp, open, hidden }) {
  const { numbers, config: { d_ff } } = desk;
  const tokens = tokensIn(desk);
  for (let t = 0; t < tokens; t += 1) {
    const [gate, up, at] = [
      gateUp + 2 * t * d_ff,
      gateUp + (2 * t + 1) * d_ff,
      t * d_ff,
    ];
    for (let i = 0; i < d_ff; i += 1) {
      const share = 1 / (1 + Math.exp(-numbers[gate + i]));
      numbers[open + at + i] = share;
      numbers[hidden + at + i] = numbers[gate + i] * share * numbers[up + i];
    }
  }
}

/**
 * The way back through `throughGates`, from `dHidden` to `dGateUp`.
 * @param {Desk} desk @param {LayerDesk} layer
 */
function throughGatesBack(desk, { gateUp, open }) {
  const { numbers, dHidden, dGateUp, config: { d_ff } } = desk;
  const tokens = tokensIn(desk);
  for (let t = 0; t < tokens; t += 1) {
    const [gate, up, at] = [2 * t * d_ff, (2 * t + 1) * d_ff, t * d_ff];
    for (let i = 0; i < d_ff; i += 1) {
      const number = numbers[gateUp + gate + i];
      const share = numbers[open + at + i];
      const gradient = numbers[dHidden + at + i] * share;
      const slope = 1 + number * (1 - share);
      numbers[dGateUp + gate + i] = gradient * numbers[gateUp + up + i] * slope;
      numbers[dGateUp + up + i] = gradient * number;
    }
  }
}

/**
 * Through one block; `out` is the stream behind it.
 * @param {Desk} desk @param {LayerDesk} layer @param {LayerPlaces} weights
 * @param {number} out [T D]
 */
function throughBlock(desk, layer, weights, out) {
  const { numbers, config } = desk;
  const { d_model: d, d_ff: f, n_heads, n_kv_heads, d_head } = config;
  const { stream, normed, asked, middle, middleNormed } = layer;
  const size = tokensIn(desk) * d;
  norm(desk, normed, layer.factors, stream, weights.attention_norm);
  const width = (n_heads + 2 * n_kv_heads) * d_head;
  toOutputs(desk, asked, normed, layer.turnedAsked, d, width);
  turnHeads(desk, asked, 1);
  mixValues(desk, layer);
  numbers.copyWithin(middle, stream, stream + size);
  toOutputs(desk, middle, layer.mixed, layer.turnedOutput, n_heads * d_head, d, true);

  norm(desk, middleNormed, layer.middleFactors, middle, weights.mlp_norm);
  toOutputs(desk, layer.gateUp, middleNormed, layer.turnedGateUp, d, 2 * f);
  throughGates(desk, layer);
  numbers.copyWithin(out, middle, middle + size);
  toOutputs(desk, out, layer.hidden, layer.turnedDown, f, d, true);
}

/**
 * Back through one block: `dStream` is the gradient behind it, and then before it.
 * @param {Desk} desk @param {LayerDesk} layer @param {LayerPlaces} weights
 */
function throughBlockBack(desk, layer, weights) {
  const { dStream, dNormed, dHidden, dGateUp, dMixed, dAsked, config } = desk;
  const { d_model: d, d_ff: f, n_heads, n_kv_heads, d_head } = config;
  const { hidden, middleNormed, mixed, normed } = layer;
  toInputs(desk, dHidden, dStream, hidden, weights.down, f, d);
  throughGatesBack(desk, layer);
  toInputs(desk, dNormed, dGateUp, middleNormed, weights.gateUp, d, 2 * f);
  normBack(desk, dStream, layer.middleFactors, layer.middle, weights.mlp_norm);

  toInputs(desk, dMixed, dStream, mixed, weights.output, n_heads * d_head, d);
  mixValuesBack(desk, layer);
  turnHeads(desk, dAsked, -1);
  const width = (n_heads + 2 * n_kv_heads) * d_head;
  toInputs(desk, dNormed, dAsked, normed, weights.asked, d, width);
  normBack(desk, dStream, layer.factors, layer.stream, weights.attention_norm);
}

/**
 * Read the group, and turn the scores for every next token into their gradients.
 * @param {Desk} desk
 * @param {number} share of one token in the loss whose gradients are wanted
 * @returns {number} the surprise at what really came next, in nats, summed up
 */
export function readGroup(desk, share) {
  const { numbers, config: { d_model: d }, layers, group, columns } = desk;
  const tokens = tokensIn(desk);
  const first = layers[0]?.stream ?? desk.final;
  for (let t = 0; t < tokens; t += 1) {
    const row = desk.embedding + group.read[t] * d;
    numbers.copyWithin(first + t * d, row, row + d);
  }
  for (let i = 0; i < layers.length; i += 1) {
    const out = layers[i + 1]?.stream ?? desk.final;
    throughBlock(desk, layers[i], desk.weights[i], out);
  }
  norm(desk, desk.finalNormed, desk.finalFactors, desk.final, desk.final_norm);
  toOutputs(desk, desk.scores, desk.finalNormed, desk.turnedHead, d, columns);
  let sum = 0;
  for (let t = 0; t < tokens; t += 1) {
    sum += surprise(desk, desk.scores + t * columns, group.next[t], share);
  }
  return sum;
}

/**
 * The surprise at one token; its scores become their gradients.
 * @param {Desk} desk @param {number} scores [V]
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
 * Go back through what `readGroup` read, and add to the gradient of every weight.
 * @param {Desk} desk
 */
export function goBack(desk) {
  const { numbers, config, layers, group, dStream, columns } = desk;
  const { d_model: d, vocab_size } = config;
  const tokens = tokensIn(desk);
  const { dNormed, scores, finalNormed, head } = desk;
  toInputs(desk, dNormed, scores, finalNormed, head, d, vocab_size, columns);
  numbers.fill(0, dStream, dStream + tokens * d);
  normBack(desk, dStream, desk.finalFactors, desk.final, desk.final_norm);
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    throughBlockBack(desk, layers[i], desk.weights[i]);
  }
  const dEmbedding = desk.embedding + desk.toGradient;
  for (let t = 0; t < tokens; t += 1) {
    const row = dEmbedding + group.read[t] * d;
    for (let i = 0; i < d; i += 1) numbers[row + i] += numbers[dStream + t * d + i];
  }
}
