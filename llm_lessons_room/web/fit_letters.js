// Letters as large as there is room for.

const [NEAR, LEAST_OF_ALL] = [0.02, 0.35]; // rem

/**
 * The largest size that fits, or the least, if none does.
 * @param {number} least @param {number} most @param {(size: number) => boolean} fits
 */
export function largestThatFits(least, most, fits) {
  if (fits(most)) return most;
  let [low, high] = [least, most];
  while (high - low > NEAR) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Call what this returns after each change of what stands in the box; a change of its
 * size is noticed. The letters fall as much as is needed: nothing is cut.
 * @param {HTMLElement} box of a size of its own @param {number} most rem
 */
export function fitLetters(box, most) {
  function fit() {
    if (!box.clientHeight) return; // not seen
    const size = largestThatFits(LEAST_OF_ALL, most, (rem) => {
      box.style.fontSize = `${rem}rem`;
      return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
    });
    box.style.fontSize = `${size}rem`;
  }
  new ResizeObserver(fit).observe(box);
  return fit;
}
