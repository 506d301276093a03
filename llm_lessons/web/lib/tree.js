// A tree by keyboard and mouse, after the pattern of ARIA
// (w3.org/WAI/ARIA/apg/patterns/treeview). What opening means is the widget's matter.

// One item at a time can be reached by Tab: the one that was chosen last.
//   root: a list of nodes with the role treeitem, and groups of them within
//   items: a map from node to item; an item has its node
//   isOpen, open, close: of an item
function treeKeys(root, items, { isOpen, open, close }, onChoose) {
  let current = items.get(root.firstChild);
  current.node.tabIndex = 0;

  function choose(node) {
    if (!node) return;
    current.node.tabIndex = -1;
    current.node.setAttribute("aria-selected", "false");
    current = items.get(node);
    node.tabIndex = 0;
    node.setAttribute("aria-selected", "true");
    // A node is as tall as all that is open in it: bring only its own row into view.
    node.focus({ preventScroll: true });
    node.firstElementChild.scrollIntoView({ block: "nearest" });
    onChoose(current);
  }
  function toggle() {
    if (isOpen(current)) close(current);
    else open(current);
  }
  function stepOf(key) {
    const all = [...root.querySelectorAll("[role=treeitem]")];
    const at = all.indexOf(current.node);
    const parent = current.node.parentElement.closest("[role=treeitem]");
    return {
      ArrowDown: () => choose(all[at + 1]),
      ArrowUp: () => choose(all[at - 1]),
      ArrowRight: () => (isOpen(current) ? choose(all[at + 1]) : open(current)),
      ArrowLeft: () => (isOpen(current) ? close(current) : choose(parent)),
      Home: () => choose(all[0]),
      End: () => choose(all.at(-1)),
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
    const node = event.target.closest("[role=treeitem]");
    if (!node) return;
    choose(node);
    toggle();
  });
}
