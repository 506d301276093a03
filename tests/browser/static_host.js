// A page with widgets and no kernel: what anywidget's modules need of a model, from the
// state that a notebook saves. Setting a trait works; nobody answers.
const states = JSON.parse(document.querySelector("#states").textContent);

function modelOf({ state, buffers = [] }) {
  const values = { ...state };
  const listeners = {};
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    values[path[0]] = new DataView(bytes.buffer);
  }
  return {
    get: (name) => values[name],
    set(name, value) {
      if (values[name] === value) return;
      values[name] = value;
      for (const call of listeners[`change:${name}`] ?? []) call();
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes() {},
    send() {},
  };
}

for (const place of document.querySelectorAll("[data-model]")) {
  const saved = states[place.dataset.model];
  const style = document.createElement("style");
  style.textContent = saved.state._css;
  document.head.append(style);
  const module = new Blob([saved.state._esm], { type: "text/javascript" });
  const widget = (await import(URL.createObjectURL(module))).default;
  await widget.render({ model: modelOf(saved), el: place });
}
document.body.dataset.ready = "true";
