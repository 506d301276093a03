// A tree by keyboard and mouse, after the pattern of ARIA
// (w3.org/WAI/ARIA/apg/patterns/treeview). What opening means is the widget's matter.

const TREE_ITEM = "[role=treeitem]";

/**
 * What opening means.
 * @template Item
 * @typedef {{ isOpen(item: Item): boolean, open(item: Item): void,
 *   close(item: Item): void }} Doors
 */

/**
 * One item at a time can be reached by Tab: the one that was chosen last.
 * @template {{ node: HTMLElement }} Item
 * @param {HTMLElement} root list of nodes with the role treeitem, and groups within
 * @param {Map<Element, Item>} items by their nodes
 * @param {Doors<Item>} doors
 * @param {(item: Item) => void} onChoose
 */
export function treeKeys(root, items, { isOpen, open, close }, onChoose) {
  const all = () => [...root.querySelectorAll(TREE_ITEM)];
  /** @param {Element} node */
  const itemOf = (node) => /** @type {Item} */ (items.get(node));
  let current = itemOf(all()[0]);
  current.node.tabIndex = 0;

  /** @param {Element | null | undefined} node */
  function choose(node) {
    if (!node) return;
    current.node.tabIndex = -1;
    current.node.setAttribute("aria-selected", "false");
    current = itemOf(node);
    current.node.tabIndex = 0;
    current.node.setAttribute("aria-selected", "true");
    // A node is as tall as all that is open in it: bring only its own row into view.
    current.node.focus({ preventScroll: true });
    current.node.firstElementChild?.scrollIntoView({ block: "nearest" });
    onChoose(current);
  }
  function toggle() {
    if (isOpen(current)) close(current);
    else open(current);
  }
  /**
   * @param {string} key
   * @returns {(() => void) | undefined}
   */
  function stepOf(key) {
    const nodes = all();
    const at = nodes.indexOf(current.node);
    const parent = current.node.parentElement?.closest(TREE_ITEM);
    return {
      ArrowDown: () => choose(nodes[at + 1]),
      ArrowUp: () => choose(nodes[at - 1]),
      ArrowRight: () => (isOpen(current) ? choose(nodes[at + 1]) : open(current)),
      ArrowLeft: () => (isOpen(current) ? close(current) : choose(parent)),
      Home: () => choose(nodes[0]),
      End: () => choose(nodes.at(-1)),
      Enter: toggle,
      " ": toggle,
    }[key];
  }
  root.addEventListener("keydown", (event) => {
    const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const step = isModified ? undefined : stepOf(event.key);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  });
  root.addEventListener("click", (event) => {
    const node = event.target instanceof Element && event.target.closest(TREE_ITEM);
    if (!node) return;
    choose(node);
    toggle();
  });
}
