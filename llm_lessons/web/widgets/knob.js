// The widget: choose a weight, turn it, silence heads, and see every probability move.

const TRAITS = ["weight", "position", "silenced", "_own", "_answer", "_answered"];

function number(value) {
  return value.toFixed(Math.abs(value) < 10 ? 3 : 1).replace("-", "\u2212");
}

function option(value, text) {
  return element("option", { value }, text);
}

// What the page knows of the weight that is set; undefined until the kernel tells.
function known(model) {
  const weight = model.get("weight");
  const all = [...model.get("_listed"), model.get("_own")];
  return all.find((one) => one.weight && sameWeight(one.weight, weight));
}

function chooser(model, choose) {
  const [listed, matrices] = [model.get("_listed"), model.get("_matrices")];
  const list = control("select");
  listed.forEach((one, i) => list.append(option(i, one.title)));
  list.append(option("", "my own choice"));
  list.addEventListener("change", () => {
    if (!list.value) return matrix.focus();
    typed.clear();
    choose(listed[list.value].weight);
  });

  const matrix = control("select");
  for (const one of matrices) matrix.append(option(one.name, one.title));
  const about = () => matrices.find((one) => one.name === matrix.value);
  const typed = new Set(); // boxes whose number is not taken yet: they are left alone
  const [row, column] = ["rows", "columns"].map((side) => {
    const box = control("input", { type: "number", min: 1, step: 1 });
    box.addEventListener("input", () => typed.add(box));
    box.addEventListener("change", () => own());
    // Enter takes what was typed, also where the page has other plans for that key.
    box.addEventListener("keydown", ({ key }) => key === "Enter" && own());
    return { box, side };
  });
  matrix.addEventListener("change", () => own());

  // Counted from 1 here, and from 0 in Python; what lies beyond the edge comes back.
  function within({ box, side }) {
    const typed = Math.round(Number(box.value)) || 1;
    return Math.min(Math.max(typed, 1), about()[side]) - 1;
  }
  function own() {
    typed.clear();
    choose([matrix.value, within(row), within(column)]);
  }

  const purpose = element("p", { class: "ll-purpose" });
  const where = element("code");
  const node = element(
    "div",
    { class: "ll-chooser" },
    field("Weight", list),
    element(
      "div",
      { class: "ll-where" },
      field("Matrix", matrix),
      field("Row", row.box),
      field("Column", column.box),
    ),
    purpose,
    element("p", {}, "In Python: ", where),
  );

  function ownToken([name, place]) {
    if (name !== "embedding") return "";
    const token = visiblePiece(model.get("_pieces")[place], model.get("_marks")[place]);
    return ` This row is the one of “${token}”.`;
  }

  function update() {
    const weight = model.get("weight");
    const place = listed.findIndex((one) => sameWeight(one.weight, weight));
    list.value = place < 0 ? "" : place;
    matrix.value = weight[0];
    [row, column].forEach(({ box, side }, i) => {
      if (!typed.has(box)) box.value = weight[i + 1] + 1;
      box.max = about()[side];
    });
    setText(purpose, about().purpose + ownToken(weight));
    setText(where, `lm.params.${known(model)?.python ?? "…"}`);
  }
  return { node, update };
}

function turner(model, positions) {
  const range = { min: 0, max: positions - 1, step: 1 };
  const { node, input, update } = slider("Value", range, (position) =>
    setTrait(model, "position", position),
  );
  const ends = ["", ""].map(() => element("span"));
  const middle = element("span", {}, "as trained");
  const scale = { class: "ll-scale", "aria-hidden": "true" };
  node.append(element("div", scale, ends[0], middle, ends[1]));
  return {
    node,
    update() {
      const stops = known(model)?.stops;
      const position = model.get("position");
      input.disabled = !stops;
      if (!stops) return update(position, "…", "not known yet");
      const [value, trained] = [stops[position], stops[(positions - 1) / 2]];
      const words = value === trained ? "as trained" : `trained: ${number(trained)}`;
      update(position, `${number(value)} (${words})`, `${number(value)}, ${words}`);
      ends.forEach((end, i) => setText(end, number(stops.at(-i))));
    },
  };
}

// One switch a head: a table, so that a screen reader tells layer and head.
function switches(model) {
  const [layers, heads] = model.get("_heads");
  const columns = Array.from({ length: heads }, (_, head) =>
    element("th", { scope: "col" }, `head ${head + 1}`),
  );
  const boxes = [];
  function box(layer, head) {
    const label = `layer ${layer + 1}, head ${head + 1}`;
    const node = control("input", { type: "checkbox", "aria-label": label });
    const key = `${layer},${head}`;
    node.addEventListener("change", () => {
      const all = model.get("silenced").filter((one) => String(one) !== key);
      if (!node.checked) all.push([layer, head]);
      setTrait(model, "silenced", all.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    });
    boxes.push({ node, key });
    return element("td", {}, node);
  }
  const rows = Array.from({ length: layers }, (_, layer) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, `layer ${layer + 1}`),
      ...columns.map((_, head) => box(layer, head)),
    ),
  );
  const node = element(
    "table",
    { class: "ll-heads" },
    element("caption", {}, "Attention heads that are on"),
    element("thead", {}, element("tr", {}, element("td"), ...columns)),
    element("tbody", {}, ...rows),
  );
  function update() {
    const silenced = model.get("silenced").map(String);
    for (const { node, key } of boxes) node.checked = !silenced.includes(key);
  }
  return { node, update };
}

// What has changed, in a sentence or two.
function inWords(model, before, after) {
  const name = (id) =>
    `“${visiblePiece(model.get("_pieces")[id], model.get("_marks")[id])}”`;
  const best = (odds) => odds.indexOf(Math.max(...odds));
  const [old, now] = [best(before), best(after)];
  const change =
    `${name(old)} had ${percent(before[old])} and now has ${percent(after[old])}. ` +
    `In all, ${percent(moved(before, after))} of the probability has moved.`;
  if (old === now) return change;
  return `${change} The new favourite is ${name(now)}, with ${percent(after[now])}.`;
}

const UNASKED =
  "No model is answering, so the bars stay as they are. Without a notebook you can turn " +
  "the weights in the list, or silence one head. (In JupyterLab, it may be busy: wait.)";

function render({ model, el }) {
  const frames = eachFrame(model, TRAITS, draw);
  const odds = shelf(model);
  const middle = (odds.positions - 1) / 2;
  const many = model.get("_count").toLocaleString("en");
  const parts = [chooser(model, choose), turner(model, odds.positions), switches(model)];
  const [choosing, turning, heads] = parts.map((part) => part.node);
  const reset = control("button", { type: "button" }, "Put everything back");
  const seen = element("p", { class: "ll-moved" });
  const message = element("p", { class: "ll-message", role: "status" });
  const [bars, heard, waiting] = [barTable(), announcer(), patience(frames.redraw)];
  const text = element("p", { class: "ll-given" }, element("span", {}, "Text so far"));
  text.append(element("bdi", {}, model.get("prompt")));
  const dotted = "Dotted: the model as it was trained";
  const legend = element("p", { class: "ll-legend" }, dotted);
  const chances = element("div", { class: "ll-chances" });
  chances.append(legend, bars.node, seen, heard.node);
  const knob = element(
    "div",
    { role: "group", "aria-label": `One of ${many} knobs` },
    element("p", { class: "ll-many" }, `One of ${many} knobs`),
    choosing,
  );
  const panel = element("div", { class: "ll-panel" }, knob, heads);
  el.append(
    element(
      "div",
      { class: "ll-widget ll-knob" },
      ...[text, panel, turning, element("div", {}, reset, message), chances],
    ),
  );
  let [shown, ids] = [undefined, []];

  function set(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }
  function choose(weight) {
    set({ weight, position: middle });
    frames.redraw(); // a number that was cut back to the edge changes no trait
  }
  reset.addEventListener("click", () => set({ position: middle, silenced: [] }));

  // The bars keep their places as long as the same knob turns.
  function places({ weight, silenced }, after) {
    const stops = odds.stopsOf(weight, silenced) ?? [after];
    const key = `${weight}|${silenced}|${stops.length}`;
    if (key !== shown) ids = leaders([odds.trained, ...stops], BARS);
    shown = key;
    return ids;
  }

  function draw() {
    for (const part of parts) part.update();
    const setting = {};
    for (const name of TRAITS.slice(0, 3)) setting[name] = model.get(name);
    const after = odds.oddsOf(setting);
    const isWaiting = !(after && known(model));
    const request = isWaiting ? `${setting.weight}|${setting.silenced}` : "";
    const unasked = isWaiting && waiting.isOver(request);
    if (!isWaiting) waiting.stop();
    setText(message, unasked ? UNASKED : "");
    chances.classList.toggle("ll-stale", !after);
    if (!after) return;
    const before = odds.trained;
    const isTrained = setting.position === middle && !setting.silenced.length;
    const own = places(setting, after);
    const chance = (rank) => after[own[rank]];
    bars.update({
      ids: own,
      size: after.length,
      odds: {
        kept: after.length,
        share: chance,
        chance,
        before: isTrained ? undefined : (rank) => before[own[rank]],
      },
      drawnRank: -1,
      pieces: model.get("_pieces"),
      marks: model.get("_marks"),
    });
    const sentence = isTrained
      ? "This is the model as it was trained."
      : inWords(model, before, after);
    setText(seen, sentence);
    heard.say(sentence);
  }
  draw();
  return () => [frames, heard, waiting].forEach((part) => part.stop());
}

export default { render };
