// The first knobs of the model as a picture: a square each, its colour by its sign, and
// stronger the farther the knob is turned. At first they are noise; then they settle.

import { element } from "../lib/dom.js";

const FULL = 2.5; // times the usual size of a number: then a colour is at its strongest

/** The numbers of a colour that a browser has worked out. @param {string} colour */
export function channels(colour) {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/**
 * Red, green, blue and strength of every square. A row of a matrix becomes a column, so
 * that the picture lies wide.
 * @param {Float32Array} knobs [columns, width] @param {number} width
 * @param {number[]} above the colour above zero @param {number[]} below
 */
export function squares(knobs, width, above, below) {
  const columns = Math.floor(knobs.length / width);
  const colours = new Uint8ClampedArray(4 * columns * width);
  for (let column = 0; column < columns; column += 1) {
    const numbers = knobs.subarray(column * width, (column + 1) * width);
    const sum = numbers.reduce((all, one) => all + one * one, 0);
    const usual = Math.sqrt(sum / width) || 1;
    for (let i = 0; i < width; i += 1) {
      const strength = Math.abs(numbers[i]) / (FULL * usual);
      const colour = numbers[i] < 0 ? below : above;
      colours.set([...colour, 255 * Math.min(1, strength)], 4 * (i * columns + column));
    }
  }
  return { columns, colours };
}

/** A canvas below its title, with what its colours mean. */
export function knobPicture() {
  const label = "The first knobs: a column of squares for each letter, then others. " +
    "They change while it trains.";
  const canvas = element("canvas", { role: "img", "aria-label": label });
  const above = element("span", { class: "ll-own-above" }, "■ above zero");
  const below = element("span", { class: "ll-own-below" }, "■ below zero");
  const caption = element("figcaption", {}, "Its first knobs: ", above, " ", below);
  const node = element("figure", { class: "ll-own-knobs" }, caption, canvas);

  /** @param {Float32Array} knobs @param {number} width */
  function update(knobs, width) {
    const [up, down] = [above, below].map((one) =>
      channels(getComputedStyle(one).color)
    );
    const { columns, colours } = squares(knobs, width, up, down);
    const painter = canvas.getContext("2d");
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== width) canvas.height = width;
    painter?.putImageData(new ImageData(colours, columns, width), 0, 0);
  }
  return { node, update };
}
