// The widget: a tree by the pattern of ARIA (w3.org/WAI/ARIA/apg/patterns/treeview).
// Forks that were read ahead open at once; for any other the kernel is asked.

const PATIENCE = 3000; // milliseconds, then the missing answer is explained
const WHY = "(In JupyterLab, it may be busy: wait a little.)";
const keyOf = (path) => path.join(".");

// A chance in percent, or as one in so many where that says more.
function howRare(chance) {
  if (chance >= 0.001 || chance === 0) return percent(chance);
  return `1 in ${Number((1 / chance).toPrecision(2)).toLocaleString("en")}`;
}

// One branch: its token, its chance at the fork, and that of the whole path to it.
// "Everything else" has no token and leads nowhere.
function branch(tree, { path, token, others, chance, product, place, count }) {
  const { pieces, marks, stops, room } = tree.about();
  const isToken = token !== undefined;
  const canOpen = isToken && !stops.includes(token) && path.length <= room;
  const name = element("span", { class: "ll-piece" });
  const all = `${others?.toLocaleString("en")} other token${others === 1 ? "" : "s"}`;
  if (isToken) fillPiece(name, pieces[token], marks[token]);
  else name.append("everything else ", element("small", {}, all));
  const bar = element("span", { class: "ll-bar" });
  bar.style.width = `max(2px, ${(100 * chance).toFixed(2)}%)`;
  const sign = element("span", { class: "ll-twisty" });
  const row = element(
    "div",
    { class: "ll-row", "aria-hidden": "true" },
    element("span", { class: "ll-token" }, sign, name),
    element("span", {}, percent(chance)),
    element("span", { class: "ll-track" }, bar),
    element("span", {}, howRare(product)),
  );
  const spoken = isToken ? `“${visiblePiece(pieces[token], marks[token])}”` : all;
  const node = control(
    "li",
    {
      role: "treeitem",
      tabindex: "-1",
      "aria-label": `${spoken}, ${percent(chance)}, whole path ${howRare(product)}`,
      "aria-level": path.length,
      "aria-setsize": count,
      "aria-posinset": place,
      "aria-selected": "false",
    },
    row,
  );
  if (!isToken) node.classList.add("ll-rest");
  if (canOpen) node.setAttribute("aria-expanded", "false");
  const self = { node, row, path, product, canOpen, isToken, key: keyOf(path) };
  tree.items.set(node, self);
  return self;
}

// The branches of a fork, as a list.
function forkList(tree, path, product, attributes) {
  const { likeliest, others, rest } = tree.fork(path);
  const count = likeliest.length + (others > 0 ? 1 : 0);
  const branches = likeliest.map(([token, chance], i) =>
    branch(tree, {
      path: [...path, token],
      token,
      chance,
      product: product * chance,
      place: i + 1,
      count,
    }),
  );
  if (others > 0) {
    const values = { others, chance: rest, product: product * rest, place: count, count };
    branches.push(branch(tree, { path: [...path, "rest"], ...values }));
  }
  return element("ul", attributes, ...branches.map(({ node }) => node));
}

// The path that was gone, as a text and as a product.
function pathLine(model, fork) {
  const text = element("p", { class: "ll-text" });
  const sum = element("p", { role: "status" });
  function update(message) {
    const [path, pieces, marks] = ["path", "_pieces", "_marks"].map((n) => model.get(n));
    const spans = path.map((token) =>
      element("span", {}, marks[token] ?? pieces[token].replace(/\n/g, "↵\n")),
    );
    const prompt = element("span", { class: "ll-given" }, model.get("prompt"));
    text.replaceChildren(prompt, ...spans);
    const chances = path.map((token, i) => {
      const { likeliest } = fork(path.slice(0, i));
      return likeliest.find(([id]) => id === token)[1];
    });
    const product = howRare(chances.reduce((a, b) => a * b, 1));
    const factors = chances.map(percent).join(" × ");
    const flips = path.length === 1 ? "one flip" : `${path.length} flips`;
    const sumUp = path.length > 1 ? `${factors} = ${product}` : product;
    const start = "Choose a branch: its path stands here, with its chance.";
    const words = `Chance of this path, ${flips}: ${sumUp}`;
    setText(sum, message || (path.length ? words : start));
  }
  return { node: element("div", { class: "ll-path" }, text, sum), update };
}

// Opening and closing. What is open is kept in a trait; what the page lacks is asked.
function opener(model, tree, say) {
  let [asked, timer] = [null, 0];
  const isOpen = (item) => item.node.getAttribute("aria-expanded") === "true";

  function remember(key, isNowOpen) {
    const others = model.get("_open").filter((one) => one !== key);
    setTrait(model, "_open", isNowOpen ? [...others, key] : others);
  }
  // Show what is behind a branch, and behind that what was open when it was closed.
  function show(item) {
    const list = forkList(tree, item.path, item.product, { role: "group" });
    item.node.append(list);
    item.node.setAttribute("aria-expanded", "true");
    showOpen(list);
  }
  function showOpen(list) {
    for (const node of list.children) {
      const item = tree.items.get(node);
      if (model.get("_open").includes(item.key) && tree.fork(item.path)) show(item);
    }
  }
  function open(item) {
    if (!item.canOpen || isOpen(item)) return;
    if (tree.fork(item.path)) {
      show(item);
      remember(item.key, true);
      return;
    }
    asked = item;
    say("The model is reading this path …");
    clearTimeout(timer);
    timer = setTimeout(() => {
      say("No model is answering, and no one has read this path ahead. " + WHY);
    }, PATIENCE);
    setTrait(model, "_asked", item.key);
  }
  function close(item) {
    if (!isOpen(item)) return;
    for (const node of item.node.querySelectorAll("[role=treeitem]")) {
      tree.items.delete(node);
    }
    item.node.lastChild.remove();
    item.node.setAttribute("aria-expanded", "false");
    remember(item.key, false);
  }
  model.on("change:_forks", () => {
    if (!asked || !tree.fork(asked.path)) return;
    clearTimeout(timer);
    say("");
    if (asked.node.isConnected) open(asked);
    asked = null;
  });
  return { isOpen, open, close, showOpen, stop: () => clearTimeout(timer) };
}

// One branch at a time can be reached by Tab: the one that was chosen last.
function chooser(tree, root, { isOpen, open, close }, onChoose) {
  let current = tree.items.get(root.firstChild);
  current.node.tabIndex = 0;

  function choose(node) {
    if (!node) return;
    current.node.tabIndex = -1;
    current.node.setAttribute("aria-selected", "false");
    current = tree.items.get(node);
    node.tabIndex = 0;
    node.setAttribute("aria-selected", "true");
    node.focus();
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
    choose(event.target.closest("[role=treeitem]"));
    toggle();
  });
}

function render({ model, el }) {
  const tree = {
    items: new Map(),
    fork: (path) => model.get("_forks")[keyOf(path)],
    about: () => ({
      pieces: model.get("_pieces"),
      marks: model.get("_marks"),
      stops: model.get("_stops"),
      room: model.get("_room"),
    }),
  };
  const line = pathLine(model, tree.fork);
  const heads = ["Next token", "Chance", "", "Whole path"];
  const spans = heads.map((text) => element("span", {}, text));
  const unspoken = { class: "ll-row ll-head", "aria-hidden": "true" };
  const head = element("div", unspoken, ...spans);
  const label = { role: "tree", "aria-label": "What could come next" };
  const root = forkList(tree, [], 1, label);
  const box = element("div", { class: "ll-box" }, head, root);
  el.append(element("div", { class: "ll-widget ll-branch-tree" }, line.node, box));

  const doors = opener(model, tree, line.update);
  doors.showOpen(root);
  chooser(tree, root, doors, ({ isToken, path }) => {
    setTrait(model, "path", isToken ? path : path.slice(0, -1));
    line.update("");
  });
  model.on("change:path", () => line.update(""));
  line.update("");
  return doors.stop;
}

export default { render };
