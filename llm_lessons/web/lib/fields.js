// A box to choose or to type in, under its name.

function field(name, box) {
  box.id = newId();
  const label = element("label", { for: box.id }, name);
  return element("div", { class: "ll-field" }, label, box);
}
