// A box to type into. What is typed becomes a trait, and goes to the kernel.

// `pause`: milliseconds without a key, then the text is sent; `heard` and `message`: the
// text that was answered last, and what there is to say about it; `excuse`: what to say
// when nobody answers; `redraw`: called when that has become clear.
function textBox(model, options) {
  const { trait, label, pause, excuse, redraw } = options;
  const { heard = () => model.get("_heard"), message = () => model.get("_message") } =
    options;
  const [id, messageId] = [newId(), newId()];
  const box = control("textarea", {
    id,
    rows: 2,
    spellcheck: "false",
    "aria-describedby": messageId,
  });
  const note = element("p", { id: messageId, class: "ll-message", role: "status" });
  const title = element("label", { for: id }, label);
  const node = element("div", { class: "ll-text-box" }, title, box, note);
  const answer = patience(redraw);
  let written;

  const sending = later(pause, () => {
    written = box.value;
    setTrait(model, trait, box.value);
  });
  box.addEventListener("input", (event) => {
    sending.start();
    if (event.inputType === "insertLineBreak") sending.now();
  });
  box.addEventListener("blur", () => sending.isDue() && sending.now());

  function add(text) {
    box.value += text;
    box.scrollTop = box.scrollHeight;
    sending.now();
  }

  // The text box is the learner's: the kernel writes into it only what is new.
  function update() {
    const text = model.get(trait);
    if (!sending.isDue() && text !== written) box.value = written = text;
    const isHeard = text === heard();
    if (isHeard) answer.stop();
    const isUnanswered = !isHeard && answer.isOver(text);
    setText(note, isHeard ? message() : isUnanswered ? excuse() : "");
    return { isWaiting: !isHeard && !isUnanswered };
  }

  function stop() {
    sending.stop();
    answer.stop();
  }
  return { node, add, update, stop };
}
