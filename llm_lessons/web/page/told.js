// What a page or a notebook says by itself (toys, buttons, folds), in another language:
// each text is exchanged as it appears. What was computed is looked up without its
// numbers and quotes, as `languages.py` does it; a text that has no translation stays
// English.

const VALUE = /“[^”]*”|\d(?:[\d.,]*\d)?/g;
// What models say, and code: in English, or as it is.
const AS_IT_IS = "bdi, code, pre, script, style, .ll-guess, .cm-editor, [translate=no]";
const SPOKEN = ["aria-label", "aria-valuetext", "title", "placeholder"];

/**
 * A text with gaps, and what was in them.
 * @param {string} text
 * @returns {[string, string[]]}
 */
export function masked(text) {
  /** @type {string[]} */
  const values = [];
  const pattern = text.replace(VALUE, (value) => {
    const isQuoted = value.startsWith("“");
    values.push(isQuoted ? value.slice(1, -1) : value);
    return isQuoted ? `“{${values.length}}”` : `{${values.length}}`;
  });
  return [pattern, values];
}

/**
 * What tells a text in another language; the spaces around it stay.
 * @param {Record<string, string>} words
 */
function tellerOf(words) {
  return (/** @type {string} */ text) => {
    const sentence = text.trim();
    if (!sentence) return text;
    const [pattern, values] = masked(sentence);
    const told = words[sentence] ??
      words[pattern]?.replace(/\{(\d+)\}/g, (gap, n) => values[n - 1] ?? gap);
    return told === undefined ? text : text.replace(sentence, () => told);
  };
}

/** @param {(text: string) => string} tell */
function exchanging(tell) {
  /** What was written here last. @type {WeakMap<Node, string>} */
  const written = new WeakMap();
  /** @param {Text} node */
  function text(node) {
    if (written.get(node) === node.data) return;
    if (node.parentElement?.closest(AS_IT_IS)) return;
    const told = tell(node.data);
    written.set(node, told);
    if (told !== node.data) node.data = told;
  }
  /** @param {Element} node @param {string} name */
  function attribute(node, name) {
    const own = node.getAttribute(name);
    const told = own && tell(own);
    if (told && told !== own) node.setAttribute(name, told);
  }
  /** @param {Node} root */
  function all(root) {
    if (root instanceof Text) return text(root);
    if (!(root instanceof Element) || root.matches(AS_IT_IS)) return;
    for (const name of SPOKEN) attribute(root, name);
    root.childNodes.forEach(all);
  }
  return { all, text, attribute };
}

/**
 * Exchange all texts below an element, those too that come later.
 * @param {Element} root
 * @param {Record<string, string>} words
 */
export function tellBelow(root, words) {
  const { all, text, attribute } = exchanging(tellerOf(words));
  const seen = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === "characterData") text(/** @type {Text} */ (target));
      else if (type === "childList") addedNodes.forEach(all);
      else attribute(/** @type {Element} */ (target), String(attributeName));
    }
  });
  all(root);
  const what = { childList: true, characterData: true, subtree: true };
  seen.observe(root, { ...what, attributeFilter: SPOKEN });
}
