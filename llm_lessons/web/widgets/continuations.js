// The widget: one button, one line that says what is in the list, and the list.

const PATIENCE_FOR_TEXTS = 5000; // milliseconds, then the missing answer is explained
const TRAITS = [
  ...["temperature", "top_k", "top_p", "texts", "drawn_with"],
  ...["_asked", "_answered", "_message"],
];

function inWords({ temperature, top_k, top_p }) {
  const cuts = [];
  if (top_k !== null) cuts.push(`, top-k ${top_k.toLocaleString("en")}`);
  if (top_p !== null && top_p < 1) cuts.push(`, top-p ${top_p.toFixed(2)}`);
  return `temperature ${temperature.toFixed(2)}${cuts.join("")}`;
}

function line(text) {
  const words = text.replace(/\s*\n\s*/g, " ↵ ");
  const end = element("i", {}, "⟨end of text⟩");
  return element("li", {}, words.trim() ? words : end);
}

function howDifferent(texts) {
  const count = new Set(texts).size;
  if (count === 1) return "all the same";
  return count === texts.length ? "all different" : `${count} of them different`;
}

// The last words of a long text.
function endOf(text) {
  return text.length > 40 ? `… ${text.slice(-40).replace(/^\S*\s/, "")}` : text;
}

function render({ model, el }) {
  const button = control("button", { type: "button" });
  const status = element("p", { role: "status" });
  const about = { tabindex: "0", role: "group", "aria-label": "Continuations" };
  const list = element("ol");
  const box = control("div", { class: "ll-list", ...about }, list);
  el.append(element("div", { class: "ll-widget ll-continuations" }, button, status, box));
  const patient = patience(update, PATIENCE_FOR_TEXTS);
  let listed = null;

  const isWaiting = () => model.get("_asked") !== model.get("_answered");
  // Each text that comes is an answer, too.
  const isUnanswered = () =>
    isWaiting() && patient.isOver(`${model.get("_asked")} ${model.get("texts").length}`);
  button.addEventListener("click", () => {
    if (isWaiting() && !isUnanswered()) return;
    setTrait(model, "_asked", model.get("_asked") + 1);
  });

  // With a kernel the list grows as texts come; without one, the old texts stay.
  function statusText(texts) {
    const count = model.get("_count");
    if (isUnanswered()) {
      return "No model is answering. (In JupyterLab, it may be busy: wait a little.)";
    }
    if (isWaiting()) return `Drawing ${count} texts …`;
    if (model.get("_message")) return model.get("_message");
    const drawn = model.get("drawn_with");
    const start = endOf(drawn.prompt);
    const different = howDifferent(texts);
    return `“${start}” at ${inWords(drawn)}: ${texts.length} texts, ${different}.`;
  }

  function update() {
    if (!isWaiting()) patient.stop();
    const now = {};
    for (const name of ["temperature", "top_k", "top_p"]) now[name] = model.get(name);
    setText(button, `Draw ${model.get("_count")} continuations at ${inWords(now)}`);
    button.setAttribute("aria-disabled", isWaiting() && !isUnanswered());
    const texts = model.get("texts");
    setText(status, statusText(texts));
    if (texts !== listed) list.replaceChildren(...texts.map(line));
    listed = texts;
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return patient.stop;
}

export default { render };
