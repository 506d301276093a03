// What a screen reader hears of a control that changes many times a second: the last
// sentence, once all is quiet.

const QUIET = 600; // milliseconds without a change

function announcer() {
  const node = element("p", { class: "ll-unseen", role: "status" });
  let timer = 0;
  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => setText(node, text), QUIET);
  }
  return { node, say, stop: () => clearTimeout(timer) };
}
