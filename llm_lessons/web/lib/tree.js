// A tree by keyboard and mouse, after the pattern of ARIA
// (w3.org/WAI/ARIA/apg/patterns/treeview), but that up and down stay among the branches
// of a fork as long as there are any: they lie below each other, and what grows out of
// them beside them. What opening means is the widget's matter.

const TREE_ITEM = "[role=treeitem]";

/**
 * What opening means.
 * @template Item
 * @typedef {{ isOpen(item: Item): boolean, open(item: Item): void,
 *   close(item: Item): void }} Doors
 */

/** Where a key leads in a tree. @param {Element} node */
function around(node) {
  const fork = [...(node.parentElement?.children ?? [])];
  const at = fork.indexOf(node);
  const parent = node.parentElement?.closest(TREE_ITEM);
  /** @type {Element | null | undefined} */
  let below = node;
  while (below && !below.nextElementSibling) {
    below = below.parentElement?.closest(TREE_ITEM);
  }
  return {
    ArrowDown: below?.nextElementSibling,
    ArrowUp: fork[at - 1] ?? parent,
    Home: fork[0],
    End: fork.at(-1),
    parent,
    child: node.querySelector(TREE_ITEM),
  };
}

/**
 * One item at a time can be reached by Tab: the one that was chosen last. The right
 * arrow and Enter go on along the branch: they open it, and then they go in. A click
 * chooses and opens; a click on what was chosen last closes it again.
 * @template {{ node: HTMLElement }} Item
 * @param {HTMLElement} root list of nodes with the role treeitem, and groups within
 * @param {(node: Element) => Item | undefined} itemOf @param {Doors<Item>} doors
 * @param {(item: Item) => void} onChoose
 */
export function treeKeys(root, itemOf, { isOpen, open, close }, onChoose) {
  const chosen = () => root.querySelector("[aria-selected=true]");
  const current = () => root.querySelector("[role=treeitem][tabindex='0']");

  /** @param {Element | null | undefined} node */
  function choose(node) {
    const item = node && itemOf(node);
    if (!item) return;
    onChoose(item);
    mark(item.node, true);
    item.node.focus({ preventScroll: true });
  }
  /**
   * The item that Tab reaches; `isChosen`: and that a screen reader calls selected.
   * @param {HTMLElement} node @param {boolean} isChosen
   */
  function mark(node, isChosen) {
    current()?.setAttribute("tabindex", "-1");
    chosen()?.setAttribute("aria-selected", "false");
    node.tabIndex = 0;
    node.setAttribute("aria-selected", String(isChosen));
  }
  /** @param {string} key @param {Item} item @returns {(() => void) | undefined} */
  function stepOf(key, item) {
    const { parent, child, ...places } = around(item.node);
    const goOn = () => (isOpen(item) ? choose(child) : open(item));
    return {
      ArrowDown: () => choose(places.ArrowDown),
      ArrowUp: () => choose(places.ArrowUp),
      Home: () => choose(places.Home),
      End: () => choose(places.End),
      ArrowRight: goOn,
      Enter: goOn,
      " ": goOn,
      ArrowLeft: () => (isOpen(item) ? close(item) : choose(parent)),
    }[key];
  }
  root.addEventListener("keydown", (event) => {
    const node = event.target instanceof Element && event.target.closest(TREE_ITEM);
    const item = node && itemOf(node);
    const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const step = isModified || !item ? undefined : stepOf(event.key, item);
    if (!step || !item) return;
    event.preventDefault();
    event.stopPropagation();
    if (chosen() !== item.node) choose(item.node); // Tab alone has chosen nothing
    step();
  });
  root.addEventListener("click", (event) => {
    const node = event.target instanceof Element && event.target.closest(TREE_ITEM);
    const item = node && itemOf(node);
    if (!item) return;
    const wasChosen = chosen() === item.node;
    choose(item.node);
    if (!isOpen(item)) open(item);
    else if (wasChosen) close(item);
  });
  return { mark };
}
