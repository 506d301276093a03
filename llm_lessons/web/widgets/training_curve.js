// The widget: two buttons and a bar of progress, the curve, a slider through what the
// model wrote on its way, and all of it as a table.

const SILENCE = 15_000; // milliseconds without news from a training that should run
const TRAITS = ["points", "samples", "shown", "status", "_lines", "_asked", "_answered"];
const BUSY = ["preparing", "training"];

const million = (tokens) => `${(tokens / 1e6).toFixed(2)} million`;
const inBits = (bits) => `${bits.toFixed(2)} bits a token`;

function timeLeft(seconds) {
  if (seconds === null) return "";
  const whole = Math.ceil(seconds);
  return whole < 100 ? `, ${whole} s left` : `, ${Math.ceil(whole / 60)} min left`;
}

// What stands under the bar of progress.
function statusText({ phase, stopping, step, seconds_left, trouble }, steps, points) {
  if (stopping) return "Stopping as soon as this step is done …";
  const [, tokens, bits] = points.at(-1) ?? [0, 0, 0];
  const at = `Step ${step} of ${steps}`;
  const learned = points.length ? `: ${million(tokens)} tokens read, loss ${inBits(bits)}` : "";
  return {
    ready: `Not started yet: ${steps} steps, about a minute.`,
    preparing: "Getting ready: collecting texts, cutting them into tokens …",
    training: `${at}${learned}${timeLeft(seconds_left)}.`,
    stopped: `${at}${learned}. Stopped, and nothing is lost.`,
    done: `Done${learned}.`,
    failed: `It stopped with an error (${trouble}). Starting over may help.`,
  }[phase];
}

function ask(model, wish) {
  setTrait(model, "_asked", [model.get("_asked")[0] + 1, wish]);
}

function controls(model, isWaiting) {
  const main = control("button", { type: "button" });
  const again = control("button", { type: "button" }, "Start over");
  const node = element("div", { class: "ll-buttons" }, main, again);
  const isOff = (button) => button.getAttribute("aria-disabled") === "true";
  main.addEventListener("click", () => {
    if (!isOff(main)) ask(model, BUSY.includes(model.get("status").phase) ? "stop" : "start");
  });
  again.addEventListener("click", () => isOff(again) || ask(model, "again"));

  function update() {
    const { phase } = model.get("status");
    const isBusy = BUSY.includes(phase);
    const going = { stopped: "Continue", done: "Finished" }[phase] ?? "Start training";
    setText(main, isBusy ? "Stop" : going);
    main.setAttribute("aria-disabled", phase === "done" || isWaiting());
    again.setAttribute("aria-disabled", isBusy || phase === "ready" || isWaiting());
  }
  return { node, update };
}

function progress(model) {
  const bar = element("progress", { "aria-label": "Progress of the training" });
  const text = element("p", { class: "ll-status" });
  // Spoken when the phase changes and at each quarter of the way, no more often.
  const heard = element("p", { class: "ll-unseen", role: "status" });
  const node = element("div", {}, bar, text, heard);
  let told;

  function update(excuse) {
    const [status, steps] = [model.get("status"), model.get("_steps")];
    bar.max = steps;
    if (status.phase === "preparing") bar.removeAttribute("value");
    else bar.value = status.step;
    const words = excuse || statusText(status, steps, model.get("points"));
    setText(text, words);
    const now = `${status.phase} ${Math.floor((4 * status.step) / steps)} ${excuse}`;
    if (told !== now) setText(heard, words);
    told = now;
  }
  return { node, update };
}

// Letters as they are; what can't be seen gets a sign, so that noise looks like noise.
function visible(text) {
  const seen = (letter) => (letter === " " || !NOT_SEEN.test(letter) ? letter : visiblePiece(letter));
  return [...text].map(seen).join("");
}

function moment([step, tokens]) {
  return step === 0 ? "before the first step" : `after ${tokens.toLocaleString("en")} tokens`;
}

function replay(model) {
  const { node: head, input, update: move } = slider("Moment", { min: 0, step: 1 }, (at) =>
    setTrait(model, "shown", at === model.get("samples").length - 1 ? null : at),
  );
  const about = { tabindex: "0", role: "group", "aria-label": "What it writes" };
  const box = control("div", { class: "ll-sample", ...about });
  const node = element("div", {}, head, box);
  let written;

  function update(at, sample) {
    input.max = Math.max(0, model.get("samples").length - 1);
    input.disabled = model.get("samples").length < 2;
    const when = sample ? moment(sample) : "nothing yet";
    move(at, when, sample ? `${when}, loss ${inBits(sample[2])}` : when);
    if (written === sample?.[3]) return;
    written = sample?.[3];
    const text = sample ? visible(written) : " … what it writes will stand here.";
    box.replaceChildren(element("strong", {}, model.get("_prompt")), element("bdi", {}, text));
  }
  return { node, update };
}

function table(model) {
  const body = element("tbody");
  const heads = ["Tokens read", "Loss, bits a token", "What it writes"];
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const grid = element("table", {}, element("thead", {}, head), body);
  const node = element("details", {}, control("summary", {}, "All of it as a table"), grid);

  function row([, tokens, bits, text]) {
    const cells = [bits.toFixed(2), model.get("_prompt") + visible(text)];
    const name = element("th", { scope: "row" }, tokens.toLocaleString("en"));
    return element("tr", {}, name, ...cells.map((cell) => element("td", {}, cell)));
  }
  let first;
  function update() {
    const samples = model.get("samples");
    if (first !== samples[0]?.[3] || samples.length < body.rows.length) body.replaceChildren();
    first = samples[0]?.[3];
    for (const sample of samples.slice(body.rows.length)) body.append(row(sample));
  }
  return { node, update };
}

function render({ model, el }) {
  const waiting = patience(redraw);
  let [news, isSilent] = [null, false];
  const silence = later(SILENCE, () => {
    isSilent = true;
    redraw();
  });
  const isWaiting = () => model.get("_asked")[0] !== model.get("_answered");
  const buttons = controls(model, () => isWaiting() && !waiting.isOver(model.get("_asked")));
  const [bar, chart, past, all] = [progress(model), lineChart(), replay(model), table(model)];
  const parts = [buttons, bar, chart, past, all].map((part) => part.node);
  el.append(element("div", { class: "ll-widget ll-training" }, ...parts));

  function excuse() {
    if (isWaiting() && waiting.isOver(model.get("_asked"))) {
      return "No kernel is answering, and training needs one; the slider below works without.";
    }
    return isSilent ? "No news for a while: the kernel is busy, or no longer there." : "";
  }

  // A training that should run and says nothing is told of.
  function listen() {
    if (news === model.get("status")) return;
    news = model.get("status");
    silence.stop();
    isSilent = false;
    if (news.phase === "training") silence.start();
  }

  function redraw() {
    listen();
    const [points, samples] = [model.get("points"), model.get("samples")];
    const at = Math.min(model.get("shown") ?? Infinity, samples.length - 1);
    const sample = samples[at];
    const end = model.get("_tokens") || 1e6;
    const lines = model.get("_lines");
    const [, tokens, bits] = points.at(-1) ?? [0, 0, 0];
    const start = lines.length ? `from ${inBits(lines[0][1])} at even odds ` : "";
    chart.update({
      points: points.map((point) => point.slice(1)),
      mark: sample && [sample[1], sample[2]],
      lines,
      xEnd: end,
      yEnd: Math.max(4, ...lines.map(([, value]) => 1.1 * value)),
      xName: "tokens read",
      yName: "loss, bits a token",
      xText: (value) => (value ? `${+(value / 1e6).toFixed(2)} million` : "0"),
      label: points.length
        ? `Curve of the loss, ${start}to ${inBits(bits)} after ${million(tokens)} tokens.`
        : "The curve of the loss, still empty.",
    });
    buttons.update();
    bar.update(excuse());
    past.update(Math.max(0, at), sample);
    all.update();
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  redraw();
  return () => [waiting, chart, silence].forEach((part) => part.stop());
}

export default { render };
