// The widget: whom to ask about, a page of notes, and two answers side by side. All
// answers but those to notes of the learner's own are there from the start.

const PAUSE_OF_TYPING = 250; // milliseconds, then the note is sent
const EXCUSE =
  "No model is answering, so there is no answer to this note; all else works. " +
  "(In JupyterLab, it may be busy: wait, or run this cell again.)";
const TRAITS = ["person", "others", "conflict", "note", "_replies"];

// The page as the model reads it; open_book.py writes it in the same way.
function pageOf(model) {
  const person = model.get("_people")[model.get("person")];
  const note = model.get("note");
  let left = model.get("others");
  const lines = person.notes.map((sentence, i) => {
    if (i === person.asked) return { text: note, isAsked: true, isOn: true };
    left -= 1;
    return { text: sentence, isAsked: false, isOn: left >= 0 };
  });
  const read = lines.filter((line) => line.isOn).map((line) => `Note: ${line.text}`);
  return { person, note, lines, prompt: [...read, person.question].join("\n") };
}

// Another person or the other kind of note: the page brings its own.
function pick(model, name, value) {
  model.set(name, value);
  const { notes, asked, contrary } = model.get("_people")[model.get("person")];
  model.set("note", (model.get("conflict") ? contrary : null) ?? notes[asked]);
  model.save_changes();
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

function conflictSwitch(model) {
  const [id, aboutId] = [newId(), newId()];
  const box = control("input", { type: "checkbox", id, "aria-describedby": aboutId });
  const label = element("label", { for: id }, "The note contradicts the training text");
  const about = element("small", { id: aboutId });
  const node = element("div", { class: "ll-switch" }, box, label, about);
  box.addEventListener("change", () => pick(model, "conflict", box.checked));
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
function notesOnPage(box) {
  const asked = element("li", {}, box.node);
  const node = element("ul");
  let shown = null;
  function update({ person, lines }) {
    if (shown !== person) {
      const items = lines.map(({ text, isAsked }) =>
        isAsked ? asked : element("li", {}, `Note: ${text}`),
      );
      node.replaceChildren(...items);
    }
    shown = person;
    lines.forEach((line, i) => {
      node.children[i].classList.toggle("ll-left-out", !line.isOn);
      node.children[i].setAttribute("aria-hidden", !line.isOn);
    });
  }
  return { node, update };
}

// What was read, the answer behind it, how likely it was, and what to make of it.
function card(title, notes) {
  const id = newId();
  const heading = element("p", { id, class: "ll-title" }, title);
  const asked = element("span");
  const answer = element("strong");
  const question = element("p", { class: "ll-question" }, asked, " ", answer);
  const page = element("div", { class: "ll-page" }, notes, question);
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
    return ["right", `✓ Right: the training text says so (${pages(readings)}).`];
  }
  return ["wrong", `✗ Wrong: the training text says “${truth}” (${pages(readings)}).`];
}

function openVerdict({ person, lines, note }, [answer, chance]) {
  if (chance === null) return ["none", ""];
  const { truth } = person;
  const contradicts = truth !== null && answer !== truth;
  const against = contradicts ? ` The training text says “${truth}”.` : "";
  if (says(note, answer)) return ["right", `✓ It stands in the note.${against}`];
  const isInOther = lines.some((line) => line.isOn && says(line.text, answer));
  const where = isInOther ? "It stands in another note." : "It stands in no note.";
  const memory = answer === truth ? " It comes from the training text." : against;
  return ["wrong", `✗ ${where}${memory}`];
}

function render({ model, el }) {
  const names = model.get("_people").map(({ name, group, readings }) => {
    return [name, `${group}, ${pages(readings)}`];
  });
  const people = choice("Ask about", names, (i) => pick(model, "person", i));
  const counts = ["0", "1", "2", "3"].map((count) => [count]);
  const setOthers = (count) => setTrait(model, "others", count);
  const others = choice("Other notes on the page", counts, setOthers);
  const conflict = conflictSwitch(model);
  const frames = eachFrame(model, TRAITS, draw);
  const replyTo = (prompt) => model.get("_replies")[prompt];
  const box = textBox(model, {
    trait: "note",
    label: "Note (change a word):",
    pause: PAUSE_OF_TYPING,
    heard: () => (replyTo(pageOf(model).prompt) ? model.get("note") : undefined),
    message: () => {
      const [text, chance] = replyTo(pageOf(model).prompt);
      return chance === null ? text : ""; // why there is no answer
    },
    excuse: () => EXCUSE,
    redraw: frames.redraw,
  });
  const notes = notesOnPage(box);
  const noNotes = element("p", { class: "ll-no-notes" }, "(no notes)");
  const closed = card("Closed book: the weights alone", noNotes);
  const opened = card("Open book: with notes in the context", notes.node);
  const heard = announcer();
  const settings = element("div", { class: "ll-settings" }, others.node, conflict.node);
  const books = element("div", { class: "ll-books" }, closed.node, opened.node);
  const parts = [people.node, settings, books, heard.node];
  el.append(element("div", { class: "ll-widget ll-open-book" }, ...parts));

  function draw() {
    const page = pageOf(model);
    people.update(model.get("person"));
    others.update(model.get("others"));
    for (const part of [conflict, notes, box]) part.update(page);
    const own = replyTo(page.person.question);
    const reply = replyTo(page.prompt);
    const first = closedVerdict(page.person, own);
    const second = reply ? openVerdict(page, reply) : ["none", ""];
    closed.update(page.person.question, own, first);
    opened.update(page.person.question, reply, second);
    const open = reply ? `Open book: ${reply[0]}. ${second[1]}` : "";
    heard.say(`Closed book: ${own[0]}. ${first[1]} ${open}`);
  }
  draw();
  return () => [frames, box, heard].forEach((part) => part.stop());
}

export default { render };
