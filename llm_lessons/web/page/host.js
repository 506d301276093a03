// Widgets in a page without a kernel: what anywidget's modules need of a model, made from
// the state that a notebook saves. Setting a trait works; nobody answers.
const { models, values } = JSON.parse(document.querySelector("#states").textContent);
const whole = (value) => (Number.isInteger(value?.shared) ? values[value.shared] : value);

function modelOf({ state, buffers = [] }) {
  const traits = {};
  for (const [name, value] of Object.entries(state)) traits[name] = whole(value);
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    traits[path[0]] = new DataView(bytes.buffer);
  }
  const listeners = {};
  return {
    get: (name) => traits[name],
    set(name, value) {
      if (traits[name] === value) return;
      traits[name] = value;
      for (const call of listeners[`change:${name}`] ?? []) call();
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes() {},
    send() {},
  };
}

// One module and one stylesheet for all widgets of a kind.
const modules = {};

async function moduleOf({ _esm, _css }) {
  if (!modules[_esm]) {
    const style = document.createElement("style");
    style.textContent = _css;
    document.head.append(style);
    const blob = new Blob([_esm], { type: "text/javascript" });
    modules[_esm] = await import(URL.createObjectURL(blob));
  }
  return modules[_esm].default;
}

const views = 'script[type="application/vnd.jupyter.widget-view+json"]';
for (const view of document.querySelectorAll(views)) {
  const saved = models[JSON.parse(view.textContent).model_id];
  if (!saved) continue;
  const place = document.createElement("div");
  view.after(place);
  const widget = await moduleOf({ _esm: whole(saved.state._esm), _css: whole(saved.state._css) });
  await widget.render({ model: modelOf(saved), el: place });
}
document.body.dataset.ready = "true";
