// Building a page from elements: text is only ever set as text, never read as HTML.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab would take the arrow keys, Enter and letters for its own shortcuts.
function control(tag, attributes = {}, ...children) {
  const own = { "data-lm-suppress-shortcuts": "true" };
  return element(tag, { ...own, ...attributes }, ...children);
}

let idsGiven = 0;
const idsOfThisModule = Math.random().toString(36).slice(2, 8);
function newId() {
  idsGiven += 1;
  return `ll-${idsOfThisModule}-${idsGiven}`;
}

// Writing only what has changed spares the browser the layout, and a screen reader
// the repetition.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setTrait(model, name, value) {
  if (model.get(name) === value) return;
  model.set(name, value);
  model.save_changes();
}

// Draw when one of the traits changes, or when asked to: once a frame at the most.
function eachFrame(model, traits, draw) {
  let frame = 0;
  function redraw() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }
  for (const name of traits) model.on(`change:${name}`, redraw);
  return { redraw, stop: () => cancelAnimationFrame(frame) };
}

// A number in digits with its word: 1 token, 1,024 tokens.
function counted(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
