// Fit a stage without scrolling, step by step; and letters as large as there is room.

const TIGHTEST = 3;
const [NEAR, LEAST_OF_ALL] = [0.02, 0.35]; // rem

/**
 * Call what this returns after each change. It sets `data-tight` on the stage: from 1
 * on, gaps are small; from 2 on, what has been read gives way; at 3, all that can.
 * @param {HTMLElement} stage
 */
export function fitStage(stage) {
  function fit() {
    for (let tight = 0; tight <= TIGHTEST; tight += 1) {
      stage.dataset.tight = String(tight);
      if (stage.scrollHeight <= stage.clientHeight + 1) return;
    }
  }
  let frame = 0;
  // What comes later, such as the model's bars, makes it tighter; `fit` loosens it.
  function fitIfTooMuch() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (stage.scrollHeight > stage.clientHeight + 1) fit();
    });
  }
  new ResizeObserver(fit).observe(stage);
  new MutationObserver(fitIfTooMuch).observe(stage, {
    attributeFilter: ["hidden"],
    childList: true,
    subtree: true,
  });
  return fit;
}

/**
 * The letters of a box as large as fits; they fall as much as is needed: nothing is
 * cut. Call what this returns after each change of what stands in the box; a change of
 * its size is noticed.
 * @param {HTMLElement} box of a size of its own @param {number} most rem
 */
export function fitLetters(box, most) {
  /** @param {number} size */
  function fits(size) {
    box.style.fontSize = `${size}rem`;
    return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
  }
  function fit() {
    if (!box.clientHeight || fits(most)) return; // not seen, or as large as can be
    let [low, high] = [LEAST_OF_ALL, most];
    while (high - low > NEAR) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    fits(low);
  }
  new ResizeObserver(fit).observe(box);
  return fit;
}
