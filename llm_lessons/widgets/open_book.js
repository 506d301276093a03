// The widget: whom to ask about, a page of notes, and two answers side by side. All
// answers but those to notes of the learner's own are there from the start.

const PAUSE_OF_TYPING = 250; // milliseconds, then the note is sent
const QUIET = 600; // milliseconds without a change, then the answers are read out
const TRAITS = ["person", "others", "conflict", "note", "_replies"];

// The page as the model reads it; open_book.py writes it in the same way.
function pageOf(model) {
  const person = model.get("_people")[model.get("person")];
  const own = model.get("conflict") ? person.contrary : null;
  const note = model.get("note") ?? own ?? person.notes[person.asked];
  let left = model.get("others");
  const lines = person.notes.map((sentence, i) => {
    if (i === person.asked) return { text: note, isAsked: true, isOn: true };
    left -= 1;
    return { text: sentence, isAsked: false, isOn: left >= 0 };
  });
  const read = lines.filter((line) => line.isOn).map((line) => `Note: ${line.text}`);
  return { person, note, lines, prompt: [...read, person.question].join("\n") };
}

function choice(title, options, onPick) {
  const name = newId();
  const inputs = options.map(() => control("input", { type: "radio", name }));
  const labels = options.map(([text, about], i) => {
    const words = element("span", {}, text);
    if (about) words.append(element("small", {}, about));
    inputs[i].addEventListener("change", () => onPick(i));
    return element("label", {}, inputs[i], words);
  });
  const legend = element("legend", {}, title);
  const choices = element("div", {}, ...labels);
  const node = element("fieldset", { class: "ll-choice" }, legend, choices);
  function update(picked) {
    inputs.forEach((input, i) => {
      if (input.checked !== (i === picked)) input.checked = i === picked;
    });
  }
  return { node, update };
}

function pages(readings) {
  return `${readings || "no"} page${readings === 1 ? "" : "s"}`;
}

function conflictSwitch(model, pick) {
  const [id, aboutId] = [newId(), newId()];
  const box = control("input", { type: "checkbox", id, "aria-describedby": aboutId });
  const label = element("label", { for: id }, "The note contradicts the training text");
  const about = element("small", { id: aboutId });
  const node = element("div", { class: "ll-switch" }, box, label, about);
  box.addEventListener("change", () => pick("conflict", box.checked));
  function update({ person }) {
    const hasText = person.contrary !== null;
    box.disabled = !hasText;
    box.checked = hasText && model.get("conflict");
    const excuse = "Nothing to contradict: no page names this person.";
    setText(about, hasText ? "" : excuse);
  }
  return { node, update };
}

// The note is a box to write in, where it stands among the others.
function notesOnPage(model) {
  const id = newId();
  const box = control("textarea", { id, rows: 2, spellcheck: "false" });
  const label = element("label", { for: id }, "Note (change a word):");
  const asked = element("li", { class: "ll-asked" }, label, box);
  const list = element("ul");
  let [shown, typing, written] = [null, 0, undefined];

  function send() {
    clearTimeout(typing);
    typing = 0;
    written = box.value;
    setTrait(model, "note", box.value);
  }
  box.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(send, PAUSE_OF_TYPING);
  });
  box.addEventListener("blur", () => typing && send());

  function item({ text, isAsked }) {
    return isAsked ? asked : element("li", {}, `Note: ${text}`);
  }
  function update({ person, lines, note }) {
    if (shown !== person) list.replaceChildren(...lines.map(item));
    shown = person;
    lines.forEach((line, i) => {
      list.children[i].classList.toggle("ll-left-out", !line.isOn);
      list.children[i].setAttribute("aria-hidden", !line.isOn);
    });
    if (!typing && note !== written) box.value = written = note;
  }
  function forget() {
    clearTimeout(typing);
    [typing, written] = [0, undefined];
  }
  return { node: list, update, forget, stop: () => clearTimeout(typing) };
}

// What was read, the answer behind it, how likely it was, and what to make of it.
function card(title, ...notes) {
  const id = newId();
  const heading = element("p", { id, class: "ll-title" }, title);
  const asked = element("span");
  const answer = element("strong");
  const question = element("p", { class: "ll-question" }, asked, " ", answer);
  const page = element("div", { class: "ll-page" }, ...notes, question);
  const bar = element("div", { class: "ll-meter" }, element("div"));
  const chance = element("p", { class: "ll-chance" });
  const verdict = element("p", { class: "ll-verdict" });
  const about = { role: "group", "aria-labelledby": id };
  const node = element("div", about, heading, page, bar, chance, verdict);

  function update(text, reply, [kind, words]) {
    setText(asked, text);
    const [said, probability] = reply ?? ["…", null];
    const hasAnswer = probability !== null;
    setText(answer, reply && !hasAnswer ? "" : said || "⟨nothing⟩");
    bar.firstChild.style.width = `${100 * (probability ?? 0)}%`;
    setText(chance, hasAnswer ? `Chance of this answer: ${percent(probability)}` : "");
    verdict.className = `ll-verdict ll-${kind}`;
    setText(verdict, words);
  }
  return { node, update };
}

// Whether a sentence says some words, punctuation apart.
function says(sentence, words) {
  const plain = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  return words !== "" && plain(sentence).includes(plain(words));
}

function closedVerdict({ truth, readings }, [answer]) {
  if (truth === null) return ["none", "○ Made up: no page names this person."];
  if (answer === truth) {
    return ["right", `✓ Right: so it stands in the training text (${pages(readings)}).`];
  }
  return ["wrong", `✗ Wrong: the training text says “${truth}” (${pages(readings)}).`];
}

function openVerdict({ person, lines, note }, [answer, chance]) {
  if (chance === null) return ["none", answer];
  const { truth } = person;
  const contradicts = truth !== null && answer !== truth;
  const against = contradicts ? ` The training text says “${truth}”.` : "";
  if (says(note, answer)) return ["right", `✓ It stands in the note.${against}`];
  const isInOther = lines.some((line) => line.isOn && says(line.text, answer));
  const where = isInOther ? "It stands in another note." : "It stands in no note.";
  const memory = answer === truth ? " It comes from the training text." : against;
  return ["wrong", `✗ ${where}${memory}`];
}

// The same for a screen reader, once all is quiet.
function readOut() {
  const node = element("p", { class: "ll-unseen", role: "status" });
  let timer = 0;
  function update(closed, opened, closedWords, openedWords) {
    clearTimeout(timer);
    const open = opened ? `${opened[0]}. ${openedWords}` : openedWords;
    const text = `Closed book: ${closed[0]}. ${closedWords} Open book: ${open}`;
    timer = setTimeout(() => setText(node, text), QUIET);
  }
  return { node, update, stop: () => clearTimeout(timer) };
}

function render({ model, el }) {
  function pick(name, value) {
    notes.forget();
    model.set("note", null); // another page brings its own note
    model.set(name, value);
    model.save_changes();
    redraw();
  }
  const names = model.get("_people").map(({ name, group, readings }) => {
    return [name, `${group}, ${pages(readings)}`];
  });
  const people = choice("Ask about", names, (i) => pick("person", i));
  const counts = ["0", "1", "2", "3"].map((count) => [count]);
  const setOthers = (count) => setTrait(model, "others", count);
  const others = choice("Other notes on the page", counts, setOthers);
  const conflict = conflictSwitch(model, pick);
  const notes = notesOnPage(model);
  const closed = card("Closed book: the weights alone");
  const opened = card("Open book: with notes in the context", notes.node);
  const [heard, frameOf] = [readOut(), { class: "ll-widget ll-open-book" }];
  const settings = element("div", { class: "ll-settings" }, others.node, conflict.node);
  const books = element("div", { class: "ll-books" }, closed.node, opened.node);
  el.append(element("div", frameOf, people.node, settings, books, heard.node));
  const wait = patience(redraw);
  const excuse = "No model is answering. (In JupyterLab, it may be busy: wait a little.)";
  let frame = 0;

  function draw() {
    frame = 0;
    const page = pageOf(model);
    people.update(model.get("person"));
    others.update(model.get("others"));
    for (const part of [conflict, notes]) part.update(page);
    const { person, prompt } = page;
    const [own, reply] = [person.question, prompt].map((p) => model.get("_replies")[p]);
    const first = closedVerdict(person, own);
    if (reply) wait.stop();
    const silence = reply || !wait.isOver(prompt) ? "" : excuse;
    const second = reply ? openVerdict(page, reply) : ["none", silence];
    closed.update(person.question, own, first);
    opened.update(person.question, reply, second);
    heard.update(own, reply, first[1], second[1]);
  }
  function redraw() {
    frame ||= requestAnimationFrame(draw);
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  draw();
  return () => {
    cancelAnimationFrame(frame);
    for (const part of [notes, heard, wait]) part.stop();
  };
}

export default { render };
