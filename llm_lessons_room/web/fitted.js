// A stage that never scrolls: what is too much gives way, step by step.

const TIGHTEST = 3;

/**
 * Call what this returns after each change. It sets `data-tight` on the stage: from 1
 * on, gaps are small; from 2 on, what has been read gives way; at 3, all that can.
 * @param {HTMLElement} stage
 */
export function fitted(stage) {
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
