// The widget: the talk on the left, what the model reads of it on the right.

const TRAITS = ["messages", "read", "_heard", "_message"];
const EXCUSE =
  "No model is answering. (In JupyterLab, it may be busy: wait, or run this cell again.)";

// A user's message and what follows it, with the numbers of both.
function turnsOf(messages) {
  const turns = [];
  messages.forEach((message, i) => {
    if (message.role === "user" || !turns.length) turns.push({ start: i, said: [] });
    turns.at(-1).said.push(message);
  });
  return turns;
}

function bubble({ role, content }) {
  const name = role === "user" ? "You: " : "Model: ";
  const who = element("span", { class: "ll-unseen" }, name);
  return element("p", { class: `ll-said ll-${role}` }, who, content || "⟨nothing⟩");
}

function turn({ start, said }, takeOut) {
  const name = `Take out: ${said[0].content}`;
  const button = control("button", { type: "button", "aria-label": name }, "Take out");
  button.addEventListener("click", () => takeOut(start, said.length));
  return element("li", {}, ...said.map(bubble), button);
}

// What to say next: a line to type in, and a button.
function speaker(say) {
  const line = control("input", { type: "text", autocomplete: "off" });
  const button = control("button", { type: "button" }, "Say it");
  const named = field("Say something", line);
  const node = element("div", { class: "ll-speak" }, named, button);
  function send() {
    if (line.value.trim() && say(line.value.trim())) line.value = "";
  }
  button.addEventListener("click", send);
  // Not a form: JupyterLab keeps Enter from sending one.
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) send();
  });
  const update = (isWaiting) => button.setAttribute("aria-disabled", isWaiting);
  return { node, update };
}

function readPane() {
  const id = newId();
  const title = element("p", { id, class: "ll-title" }, "All that the model reads");
  const about = { tabindex: "0", role: "group", "aria-labelledby": id };
  const text = control("pre", about);
  const node = element("div", {}, title, text);
  function update(read, isOld) {
    if (text.textContent !== read) {
      text.textContent = read;
      text.scrollTop = text.scrollHeight;
    }
    text.classList.toggle("ll-stale", isOld);
  }
  return { node, update };
}

function render({ model, el }) {
  const log = element("ol");
  const about = { tabindex: "0", role: "log", "aria-label": "The talk" };
  const box = control("div", { class: "ll-log", ...about }, log);
  const status = element("p", { class: "ll-status", role: "status" });
  const [line, pane, wait] = [speaker(say), readPane(), patience(update)];
  const title = element("p", { class: "ll-title" }, "The chat box");
  const talk = element("div", {}, title, box, line.node, status);
  el.append(element("div", { class: "ll-widget ll-chat-box" }, talk, pane.node));
  let shown = null;

  const isHeard = () =>
    JSON.stringify(model.get("messages")) === JSON.stringify(model.get("_heard"));

  function say(content) {
    const messages = model.get("messages");
    if (messages.at(-1)?.role === "user") return false; // it is the model's turn
    setTrait(model, "messages", [...messages, { role: "user", content }]);
    return true;
  }
  function takeOut(start, count) {
    const messages = model.get("messages");
    const after = messages.slice(start + count);
    setTrait(model, "messages", [...messages.slice(0, start), ...after]);
    box.focus();
  }
  function statusText() {
    if (isHeard()) return model.get("_message");
    return wait.isOver(JSON.stringify(model.get("messages"))) ? EXCUSE : "";
  }
  function update() {
    const messages = model.get("messages");
    if (messages !== shown) {
      const turns = turnsOf(messages);
      log.replaceChildren(...turns.map((one) => turn(one, takeOut)));
      requestAnimationFrame(() => (box.scrollTop = box.scrollHeight));
    }
    shown = messages;
    if (isHeard()) wait.stop();
    line.update(messages.at(-1)?.role === "user");
    pane.update(model.get("read"), !isHeard());
    setText(status, statusText());
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return () => wait.stop();
}

export default { render };
