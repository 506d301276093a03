// Work that lets the page draw and listen in between.

const SLICE = 12; // milliseconds of work at a stretch, less than a frame

/**
 * One piece of work at a time: a new one ends the one before it. A promise that it
 * yields is waited for.
 * @param {number} [slice] milliseconds of work at a stretch
 * @returns {{ start: (steps: Iterator<unknown>) => void, stop: () => void }}
 */
export function worker(slice = SLICE) {
  let last = 0;
  /** @param {Iterator<unknown>} steps each of them short */
  function start(steps) {
    last += 1;
    const own = last;
    function goOn() {
      const end = performance.now() + slice;
      while (own === last && performance.now() < end) {
        const { done, value } = steps.next();
        if (done) return;
        if (value instanceof Promise) return void value.then(goOn);
      }
      if (own === last) setTimeout(goOn);
    }
    setTimeout(goOn);
  }
  return { start, stop: () => last += 1 };
}
