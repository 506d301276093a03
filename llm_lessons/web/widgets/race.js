// The widget: one question, two sides that write token by token, and under each what
// it has spent. Both runs are there from the start; only what is shown moves.

const TRAITS = ["kind", "problem", "step", "speed"];
const WAYS = ["Answer at once:", "Step by step:"]; // the last words of the two prompts

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const problemsOf = (model) => model.get("_kinds")[model.get("kind")][1];
const lastStep = ({ sides }) => Math.max(...sides.map((side) => side.pieces.length));

function millions(operations) {
  return `${Math.round(operations / 1e6).toLocaleString("en")} million operations`;
}

function verdict({ answer, right }, rightAnswer) {
  if (right) return `✓ ${answer} is right.`;
  return answer
    ? `✗ ${answer} is wrong: it is ${rightAnswer}.`
    : `✗ No answer: it is ${rightAnswer}.`;
}

// Of all texts that may come to stand in a place, the longest keeps the room for them.
function roomFor(texts) {
  const longest = texts.reduce((a, b) => (b.join("").length > a.join("").length ? b : a));
  return element("div", { class: "ll-room", "aria-hidden": "true" }, ...chips(longest));
}

function chips(pieces) {
  return pieces.map((piece) => element("span", {}, piece));
}

function sideOf(model, number) {
  const all = model.get("_kinds").flatMap(([, problems]) => problems);
  const texts = all.map((problem) => problem.sides[number].pieces);
  const id = newId();
  const words = element("div", { role: "group", "aria-labelledby": id });
  const bar = element("div");
  const [spent, whole, end, sure] = ["spent", "whole", "end", "sure"].map((name) =>
    element("p", { class: `ll-${name}` }),
  );
  const node = element(
    "section",
    { class: "ll-side" },
    element("p", { id, class: "ll-way" }, WAYS[number]),
    element("div", { class: "ll-text" }, roomFor(texts), words),
    element("div", { class: "ll-meter", "aria-hidden": "true" }, bar),
    spent,
    whole,
    end,
    sure,
  );
  let shown;

  function update(problem, step) {
    const side = problem.sides[number];
    if (shown !== side) words.replaceChildren(...chips(side.pieces));
    shown = side;
    const count = Math.min(step, side.pieces.length);
    [...words.children].forEach((chip, i) => {
      chip.className = i >= count ? "ll-later" : i === step - 1 ? "ll-new" : "";
    });
    const most = Math.max(...problem.sides.map((one) => sum(one.costs)));
    const now = sum(side.costs.slice(0, count));
    bar.style.setProperty("--ll-now", `${(100 * now) / most}%`);
    bar.style.setProperty("--ll-all", `${(100 * sum(side.costs)) / most}%`);
    setText(spent, `${counted(count, "token")}, ${millions(now)}`);
    const all = counted(side.pieces.length, "token");
    setText(whole, `${all}, ${millions(sum(side.costs))}`);
    const isOver = step >= side.pieces.length;
    node.classList.toggle("ll-over", isOver);
    node.classList.toggle("ll-won", side.right);
    setText(end, verdict(side, problem.answer));
    const odds = `Its own odds for this answer: ${percent(side.sure)}`;
    setText(sure, side.answer ? odds : "");
  }
  return { node, update };
}

// What has ended, in one line; it changes twice in a race, so it may be read out.
function summary({ sides }, step) {
  const done = sides.filter((side) => step >= side.pieces.length);
  const parts = done.map((side) => {
    const way = side === sides[0] ? "At once" : "Step by step";
    const after = counted(side.pieces.length, "token");
    return `${way}: ${side.right ? "✓ right" : "✗ wrong"} after ${after}.`;
  });
  if (done.length === 2) {
    const [one, other] = sides.map((side) => sum(side.costs));
    parts.push(`The steps took ${(other / one).toFixed(0)} times the computation.`);
  }
  return parts.join(" ");
}

function chooser(model, choose) {
  const id = newId();
  const select = control("select", { id });
  select.append(...model.get("_kinds").map(([name]) => element("option", {}, name)));
  const next = control("button", { type: "button" }, "Another problem");
  const which = element("span", { class: "ll-which" });
  select.addEventListener("change", () => choose(select.selectedIndex, 0));
  next.addEventListener("click", () => {
    choose(model.get("kind"), (model.get("problem") + 1) % problemsOf(model).length);
  });
  const label = element("label", { for: id }, "Problem");
  const field = element("div", { class: "ll-field" }, select);
  const node = element("div", { class: "ll-choose" }, label, field, next, which);
  function update() {
    select.selectedIndex = model.get("kind");
    setText(which, `${model.get("problem") + 1} of ${problemsOf(model).length}`);
  }
  return { node, update };
}

// A clock that steps until the end, or at once where people want no motion.
function clockOf(model, redraw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;
  const end = () => lastStep(problemsOf(model)[model.get("problem")]);
  const isOver = () => model.get("step") >= end();

  function tick() {
    setTrait(model, "step", Math.min(model.get("step") + 1, end()));
    if (model.get("step") < end()) timer = setTimeout(tick, 1000 / model.get("speed"));
    else stop();
  }
  function stop() {
    clearTimeout(timer);
    timer = 0;
    redraw();
  }
  function start() {
    if (isOver()) setTrait(model, "step", 0);
    if (still.matches) return setTrait(model, "step", end());
    tick();
    redraw();
  }
  return { start, stop, isRunning: () => timer !== 0, isOver };
}

function buttons(model, clock, say) {
  const [step, run, again] = ["One token each", "Run", "Start again"].map((text) =>
    control("button", { type: "button" }, text),
  );
  function tell() {
    const { sides } = problemsOf(model)[model.get("problem")];
    const said = sides.map((side, i) => {
      const piece = side.pieces[model.get("step") - 1];
      return piece === undefined ? "" : `${WAYS[i]} ${piece.trim() || "a space"}.`;
    });
    say(said.join(" "));
  }
  step.addEventListener("click", () => {
    if (clock.isRunning() || clock.isOver()) return;
    setTrait(model, "step", model.get("step") + 1);
    tell();
  });
  run.addEventListener("click", () => (clock.isRunning() ? clock.stop() : clock.start()));
  again.addEventListener("click", () => {
    clock.stop();
    setTrait(model, "step", 0);
  });
  function update() {
    setText(run, clock.isRunning() ? "Stop" : "Run");
    step.setAttribute("aria-disabled", clock.isRunning() || clock.isOver());
    again.setAttribute("aria-disabled", model.get("step") === 0);
  }
  const node = element("div", { class: "ll-buttons" }, step, run, again);
  return { node, update };
}

function speedSlider(model) {
  const range = { min: 1, max: 20, step: 1 };
  const { node, update } = slider("Speed", range, (v) => setTrait(model, "speed", v));
  return {
    node,
    update() {
      const speed = model.get("speed");
      const text = `${counted(speed, "token")} a second`;
      update(speed, text, text);
    },
  };
}

function render({ model, el }) {
  const all = model.get("_kinds").flatMap(([, problems]) => problems);
  const question = element("p", { class: "ll-question" });
  const asked = roomFor(all.map((problem) => [problem.question]));
  const heard = announcer();
  const status = element("p", { class: "ll-status", role: "status" });
  const clock = clockOf(model, redraw);
  const choose = chooser(model, (kind, problem) => {
    clock.stop();
    for (const [name, value] of Object.entries({ step: 0, kind, problem })) {
      model.set(name, value);
    }
    model.save_changes();
  });
  const sides = [0, 1].map((number) => sideOf(model, number));
  const [keys, speed] = [buttons(model, clock, heard.say), speedSlider(model)];
  const own = { class: "ll-widget ll-race", role: "group", "aria-label": "Race" };
  el.append(
    element(
      "div",
      own,
      choose.node,
      element("div", { class: "ll-text" }, asked, question),
      element("div", { class: "ll-sides" }, ...sides.map((side) => side.node)),
      element("div", { class: "ll-keys" }, keys.node, speed.node),
      status,
      heard.node,
    ),
  );

  function redraw() {
    const problem = problemsOf(model)[model.get("problem")];
    const step = model.get("step");
    setText(question, problem.question);
    for (const side of sides) side.update(problem, step);
    for (const part of [choose, keys, speed]) part.update();
    setText(status, summary(problem, step));
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  redraw();
  return () => {
    clock.stop();
    heard.stop();
  };
}

export default { render };
