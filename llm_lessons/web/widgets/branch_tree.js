// The widget: a tree of forks. Those that were read ahead open at once; for any other
// the kernel is asked.

const EXCUSE =
  "No model is answering, and no one has read this path ahead. " +
  "(In JupyterLab, it may be busy: wait a little.)";
const keyOf = (path) => path.join(".");

// A chance in percent, or as one in so many where that says more.
function howRare(chance) {
  if (chance >= 0.001 || chance === 0) return percent(chance);
  return `1 in ${Number((1 / chance).toPrecision(2)).toLocaleString("en")}`;
}

// The tokens that follow a path as good as surely, with their chances.
function sureTokens(tree, path) {
  const [token, chance] = tree.fork(path)?.likeliest[0] ?? [];
  const { sure, stops } = tree.about();
  if (!(chance >= sure) || stops.includes(token)) return [];
  return [[token, chance], ...sureTokens(tree, [...path, token])];
}

function pieceSpans(tokens, { pieces, marks }) {
  return tokens.map((token, i) => {
    const span = element("span", i > 0 ? { class: "ll-sure" } : {});
    fillPiece(span, pieces[token], marks[token]);
    return span;
  });
}

function rowOf(name, chance, product) {
  const bar = element("span", { class: "ll-bar" });
  bar.style.width = `max(2px, ${(100 * chance).toFixed(2)}%)`;
  return element(
    "div",
    { class: "ll-row", "aria-hidden": "true" },
    element("span", {}, element("span", { class: "ll-twisty" }), name),
    element("span", {}, percent(chance)),
    element("span", { class: "ll-track" }, bar),
    element("span", {}, howRare(product)),
  );
}

function treeItem(tree, parent, item, spoken) {
  const [chance, whole] = [percent(item.chance), howRare(item.product)];
  const node = control("li", {
    role: "treeitem",
    tabindex: "-1",
    "aria-label": `${spoken}, ${chance}, whole path ${whole}`,
    "aria-level": parent.level + 1,
    "aria-selected": "false",
  });
  if (item.canOpen) node.setAttribute("aria-expanded", "false");
  tree.items.set(node, { ...item, node, level: parent.level + 1 });
  return node;
}

// A token and those that surely follow it: their chance at this fork, and that of the
// whole path.
function tokenBranch(tree, parent, [token, first]) {
  const about = tree.about();
  const surely = sureTokens(tree, [...parent.path, token]);
  const tokens = [token, ...surely.map(([id]) => id)];
  const chance = surely.reduce((product, [, one]) => product * one, first);
  const path = [...parent.path, ...tokens];
  const canOpen = !about.stops.includes(token) && path.length <= about.room;
  const product = parent.product * chance;
  const key = keyOf([...parent.path, token]);
  const words = tokens.map((id) => visiblePiece(about.pieces[id], about.marks[id]));
  const item = { key, path, chance, product, canOpen };
  const node = treeItem(tree, parent, item, `“${words.join("")}”`);
  const name = { class: "ll-piece" };
  const spans = pieceSpans(tokens, about);
  node.append(rowOf(element("span", name, ...spans), chance, product));
  return node;
}

// All other tokens together; nothing can be opened behind them.
function otherBranch(tree, parent, others, chance) {
  const all = counted(others, "other token");
  const product = parent.product * chance;
  const item = { path: parent.path, chance, product, canOpen: false };
  const node = treeItem(tree, parent, item, all);
  const small = element("small", {}, all);
  node.append(rowOf(element("span", {}, "everything else ", small), chance, product));
  node.classList.add("ll-rest");
  return node;
}

// The branches of a fork, as a list.
function forkList(tree, parent, attributes) {
  const { likeliest, others, rest } = tree.fork(parent.path);
  const nodes = likeliest.map((branch) => tokenBranch(tree, parent, branch));
  if (others > 0) nodes.push(otherBranch(tree, parent, others, rest));
  nodes.forEach((node, i) => {
    node.setAttribute("aria-setsize", nodes.length);
    node.setAttribute("aria-posinset", i + 1);
  });
  return element("ul", attributes, ...nodes);
}

// The path that was gone, as a text and as a product.
function pathLine(model, fork) {
  const about = { tabindex: "0", role: "group", "aria-label": "Text of this path" };
  const text = control("div", { class: "ll-text", ...about });
  const sum = element("p", { role: "status" });
  function update(message) {
    const [path, pieces, marks] = ["path", "_pieces", "_marks"].map((n) => model.get(n));
    const spans = path.map((token) =>
      element("span", {}, marks[token] ?? pieces[token].replace(/\n/g, "↵\n")),
    );
    const prompt = element("span", { class: "ll-given" }, model.get("prompt"));
    text.replaceChildren(prompt, ...spans);
    text.scrollTop = text.scrollHeight;
    const chances = path.map((token, i) => {
      const { likeliest } = fork(path.slice(0, i));
      return likeliest.find(([id]) => id === token)[1];
    });
    const least = model.get("_sure");
    const open = chances.filter((chance) => chance < least);
    const sure = chances.length - open.length;
    const factors = open.map(percent);
    if (sure > 0) factors.push(`${counted(sure, "flip")} of at least ${100 * least}\u00a0%`);
    const product = howRare(chances.reduce((a, b) => a * b, 1));
    const sumUp = path.length > 1 ? `${factors.join(" × ")} = ${product}` : product;
    const start = "Choose a branch: its path stands here, with its chance.";
    const words = `Chance of this path, ${counted(path.length, "flip")}: ${sumUp}`;
    setText(sum, message || (path.length ? words : start));
  }
  return { node: element("div", { class: "ll-path" }, text, sum), update };
}

// Opening and closing. What is open is kept in a trait; what the page lacks is asked.
function opener(model, tree, say) {
  let asked = null;
  const excuse = later(PATIENCE, () => say(EXCUSE));
  const isOpen = (item) => item.node.getAttribute("aria-expanded") === "true";

  function remember(key, isNowOpen) {
    const others = model.get("_open").filter((one) => one !== key);
    setTrait(model, "_open", isNowOpen ? [...others, key] : others);
  }
  // Show what is behind a branch, and behind that what was open when it was closed.
  function show(item) {
    const list = forkList(tree, item, { role: "group" });
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
    excuse.start();
    setTrait(model, "_asked", keyOf(item.path));
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
    excuse.stop();
    say("");
    if (asked.node.isConnected) open(asked);
    asked = null;
  });
  return { isOpen, open, close, showOpen, stop: excuse.stop };
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
      sure: model.get("_sure"),
    }),
  };
  const line = pathLine(model, tree.fork);
  const heads = ["Next token", "Chance", "", "Whole path"];
  const spans = heads.map((text) => element("span", {}, text));
  const unspoken = { class: "ll-row ll-head", "aria-hidden": "true" };
  const head = element("div", unspoken, ...spans);
  const label = { role: "tree", "aria-label": "What could come next" };
  const root = forkList(tree, { path: [], product: 1, level: 0 }, label);
  const box = element("div", { class: "ll-box" }, head, root);
  el.append(element("div", { class: "ll-widget ll-branch-tree" }, line.node, box));

  const doors = opener(model, tree, line.update);
  doors.showOpen(root);
  treeKeys(root, tree.items, doors, ({ path }) => {
    setTrait(model, "path", path);
    line.update("");
  });
  model.on("change:path", () => line.update(""));
  line.update("");
  return doors.stop;
}

export default { render };
