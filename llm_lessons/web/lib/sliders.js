// A slider with its name, and its value in plain words.

function slider(title, attributes, onInput) {
  const id = newId();
  const input = control("input", { type: "range", id, ...attributes });
  const value = element("output", { for: id });
  const label = element("label", { for: id }, title);
  const head = element("div", {}, label, value);
  input.addEventListener("input", () => onInput(Number(input.value)));
  function update(position, text, spoken) {
    if (Number(input.value) !== position) input.value = position;
    setText(value, text);
    input.setAttribute("aria-valuetext", spoken);
  }
  return { node: element("div", { class: "ll-slider" }, head, input), input, update };
}
