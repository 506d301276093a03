// What a page says by itself, once its toys are drawn: for a catalog. What a notebook
// says is gathered from there, and what a model says is no sentence of the page's.

const OTHERS = ".text_cell_render, .output_subarea, .help p, .says:not(.holds), " +
  ".without-scripts ul, pre, script, style";
const OF_MODELS = "bdi, code, .ll-guess, [translate=no]";
const SPOKEN = ["aria-label", "placeholder", "title"];
const HAS_WORDS = /\p{L}{2}/u;

/** @param {Element} node whether the page itself says what stands in it */
function isOwn(node) {
  const font = getComputedStyle(node).fontFamily.split(",")[0];
  if (/mono/i.test(font) || node.closest(OF_MODELS)) return false;
  return node.closest(".ll-widget, button") !== null || node.closest(OTHERS) === null;
}

const found = new Set();

function gather() {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    if (isOwn(/** @type {Element} */ (node.parentElement))) {
      found.add(node.textContent?.trim());
    }
  }
  for (const name of SPOKEN) {
    for (
      const node of document.querySelectorAll(`.ll-widget [${name}], nav[${name}]`)
    ) {
      if (!node.closest(OF_MODELS)) found.add(node.getAttribute(name));
    }
  }
}

function tellAll() {
  gather();
  const script = document.createElement("script");
  script.id = "gathered";
  script.type = "application/json";
  const texts = [...found].filter((text) => HAS_WORDS.test(text));
  script.textContent = JSON.stringify(texts).replaceAll("<", "\\u003c");
  document.body.append(script);
}

// By the browser's own time, which goes fast where nobody looks. Toys say more once
// they are played with.
setTimeout(() => {
  gather();
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll(".ll-widget button");
  for (const button of buttons) button.click();
}, 5000);
setTimeout(tellAll, 12_000);
