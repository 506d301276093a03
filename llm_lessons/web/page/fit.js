// A side whose text is too long for its paper gets smaller letters, but none that are
// too small to read; where scripts are off, it runs on.
const SMALLEST = 8 / 0.75; // 8 points, in pixels
/** @type {NodeListOf<HTMLElement>} */
const sidesOfPaper = document.querySelectorAll(".side");
for (const side of sidesOfPaper) {
  const fit = () => side.scrollHeight <= side.clientHeight;
  let size = parseFloat(getComputedStyle(side).fontSize);
  while (!fit() && size > SMALLEST) {
    size = Math.max(SMALLEST, size - 0.25);
    side.style.fontSize = `${size}px`;
  }
}
