// The letters of choices, the same on the phones, on the screen and on paper.

/** "A" for the first. @param {number} index */
export function letterOf(index) {
  return String.fromCharCode(65 + index);
}
