// A picture that a pointer draws in: mouse, pen and finger.

/**
 * `onPoint` gets the place of each press, and of each move until it is let go, in the
 * units of the picture's viewBox. A finger drags only what `isGrip` says yes to, which
 * has a `touch-action` of its own; elsewhere a swipe scrolls the page. A tap counts as
 * a press everywhere.
 * @param {SVGSVGElement} node @param {(x: number, y: number) => void} onPoint
 * @param {(target: EventTarget | null) => boolean} isGrip
 */
export function drags(node, onPoint, isGrip) {
  /** @type {number | undefined} */
  let pointer;
  /** @param {MouseEvent} event */
  function point(event) {
    const box = node.getBoundingClientRect();
    const { width, height } = node.viewBox.baseVal;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    onPoint((x * width) / box.width, (y * height) / box.height);
  }
  node.addEventListener("pointerdown", (event) => {
    const isFinger = event.pointerType === "touch";
    if (event.button !== 0 || (isFinger && !isGrip(event.target))) return;
    node.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    if (!isFinger) point(event); // a finger may be about to scroll
  });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) point(event);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    node.addEventListener(end, () => {
      pointer = undefined;
    });
  }
  node.addEventListener("click", point);
}
