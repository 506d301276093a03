// What is folded away opens where somebody comes for it: by a link, and on paper.

/** The folds that this page opened for print, to be closed again. */
/** @type {HTMLDetailsElement[]} */
let opened = [];

/** @param {Element | null} from */
export function openAround(from) {
  for (let at = from; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
}

/** The name in the page's address; "" where there is none, or it is damaged. */
function nameInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function followLink() {
  const target = document.getElementById(nameInAddress());
  if (!target?.closest("details:not([open])")) return;
  openAround(target);
  target.scrollIntoView();
}

/** Links into a fold open it, and a printed page has none that is closed. */
export function tendFolds() {
  addEventListener("hashchange", followLink);
  followLink();
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details")].filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}

/** Whether a fold that is closed hides this. @param {Element} node */
export const isFolded = (node) => node.closest("details:not([open])") !== null;
