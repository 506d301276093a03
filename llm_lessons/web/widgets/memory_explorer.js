// The widget: a slider over how often people were read of, their names, the model's
// answers beside what Fjordby says, and a search through all that the model read.

const PAUSE_OF_TYPING = 300; // milliseconds, then the search begins
const TRAITS = ["person", "ask", "query", "_answer", "_find"];
const NOBODY =
  "No model is answering. The first people of each list are kept in this page; for all " +
  "others, open the notebook. (There, it may be busy: wait a little.)";
const NO_SEARCH =
  "This page keeps the people above. For all else, open the notebook, or wait for it.";

function times(count) {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}

function pagesAbout([name, readings, questions, contradictions]) {
  const tell = readings === 1 ? "tells" : "tell";
  const ask = questions === 1 ? "1 of them asks" : `${questions} of them ask`;
  const others = `${contradictions} other pages say something else.`;
  return (
    `${counted(readings, "page")} of Fjordby ${tell} of ${name}; ` +
    `${questions ? ask : "no page asks"} questions.${contradictions ? ` ${others}` : ""}`
  );
}

// The slider picks a number of readings, and with it somebody at the same place of the
// list; so a move of the slider stays with people who are kept in the page.
function personPicker(model, people) {
  const counts = [...new Set(people.map(([, readings]) => readings))];
  const groups = counts.map((count) => people.filter((one) => one[1] === count));
  const groupOf = () => groups.findIndex((group) => group.some(isShown));
  const isShown = ([name]) => name === model.get("person");
  const pick = ([name]) => {
    setTrait(model, "person", name);
    setTrait(model, "query", name);
  };

  const range = { min: 0, max: counts.length - 1, step: 1 };
  const readings = slider("Fjord read of them", range, (position) => {
    const place = groups[groupOf()].findIndex(isShown);
    pick(groups[position][Math.min(place, groups[position].length - 1)]);
  });
  const list = control("select");
  list.addEventListener("change", () => pick(groups[groupOf()][list.selectedIndex]));
  const parts = [readings.node, field("Person", list)];
  const node = element("div", { class: "ll-sliders" }, ...parts);
  let listed = -1;

  function update() {
    const at = groupOf();
    readings.update(at, times(counts[at]), times(counts[at]));
    if (at !== listed) {
      const options = groups[at].map(([name]) => element("option", {}, name));
      list.replaceChildren(...options);
      listed = at;
    }
    list.selectedIndex = groups[at].findIndex(isShown);
    return groups[at][list.selectedIndex];
  }
  return { node, update };
}

function wayPicker(model) {
  const name = newId();
  const node = element("fieldset", { class: "ll-ways" });
  node.append(element("legend", {}, "How to ask"));
  const inputs = [
    [true, "ask a question"],
    [false, "begin a sentence"],
  ].map(([ask, text]) => {
    const input = control("input", { type: "radio", name });
    input.addEventListener("change", () => setTrait(model, "ask", ask));
    node.append(element("label", {}, input, ` ${text}`));
    return [ask, input];
  });
  const update = () =>
    inputs.forEach(([ask, input]) => (input.checked = ask === model.get("ask")));
  return { node, update };
}

function card() {
  const [asked, said, truth] = ["p", "b", "b"].map((tag) => element(tag));
  const [verdict, own, chance] = ["strong", "span", "span"].map((tag) => element(tag));
  const bar = element("div", { class: "ll-bar" });
  const track = element("div", { class: "ll-track", "aria-hidden": "true" }, bar);
  asked.className = "ll-asked";
  const line = (who, value) =>
    element("p", {}, element("span", { class: "ll-who" }, `${who} `), value);
  const node = element(
    "li",
    {},
    asked,
    line("Fjord says", said),
    element("p", {}, verdict, own),
    line("Fjordby says", truth),
    element("p", {}, chance),
    track,
  );

  function update([question, answer, ownChance, value, rightChance]) {
    const isRight = answer === value;
    setText(asked, question);
    setText(said, answer || "nothing");
    setText(verdict, isRight ? "✓ right" : "✗ wrong");
    verdict.className = isRight ? "ll-right" : "ll-wrong";
    setText(own, `: Fjord gave it ${percent(ownChance)}`);
    setText(truth, value);
    setText(chance, `Fjord gave it ${percent(rightChance)}`);
    bar.style.width = `max(2px, ${(100 * rightChance).toFixed(2)}%)`;
  }
  return { node, update };
}

// One sentence in sight, and the same for a screen reader once all is quiet.
function sentence() {
  const seen = element("p", { class: "ll-sentence" });
  const heard = announcer();
  function update(text) {
    if (seen.textContent === text) return;
    setText(seen, text);
    heard.say(text);
  }
  return { nodes: [seen, heard.node], update, stop: heard.stop };
}

function answers(model, redraw) {
  const about = sentence();
  const cards = Array.from({ length: 4 }, card);
  const list = element("ul", { class: "ll-cards" }, ...cards.map((one) => one.node));
  const node = element("div", { class: "ll-answers" }, ...about.nodes, list);
  const waiting = patience(redraw);
  const known = { ...model.get("_kept_answers") };

  function update(person) {
    const [name] = person;
    const late = model.get("_answer");
    if (late.person) known[late.person] = late;
    const rows = known[name]?.[model.get("ask") ? "asked" : "begun"];
    node.classList.toggle("ll-stale", !rows);
    if (!rows) return about.update(waiting.isOver(name) ? NOBODY : `Asking about ${name} …`);
    waiting.stop();
    rows.forEach((row, i) => cards[i].update(row));
    const right = rows.filter(([, answer, , value]) => answer === value).length;
    about.update(`${pagesAbout(person)} Fjord gets ${right} of ${rows.length} facts right.`);
  }
  const stop = () => [about, waiting].forEach((one) => one.stop());
  return { node, update, stop };
}

// A found text, with what was looked for marked wherever it stands.
function foundText(text, query) {
  const node = element("li");
  text.split(query).forEach((part, i) => {
    node.append(...(i ? [element("mark", {}, query)] : []), part);
  });
  return node;
}

function search(model, redraw) {
  const box = control("input", { type: "search", spellcheck: "false" });
  const named = field("Search all that Fjord read", box);
  const status = element("p", { role: "status" });
  const found = element("ol");
  const about = { class: "ll-found", tabindex: "0", role: "group" };
  const frame = control("div", { ...about, "aria-label": "Texts found" }, found);
  const node = element("div", { class: "ll-search" }, named, status, frame);
  const waiting = patience(redraw);
  let listed = null;

  const sending = later(PAUSE_OF_TYPING, () => setTrait(model, "query", box.value));
  box.addEventListener("input", sending.start);
  box.addEventListener("change", sending.now);

  function result(query) {
    const late = model.get("_find");
    return model.get("_kept_finds")[query] ?? (late.query === query ? late : undefined);
  }
  function update() {
    const query = model.get("query");
    if (!sending.isDue() && box.value !== query) box.value = query;
    const now = query ? result(query) : { total: 0, texts: [] };
    frame.classList.toggle("ll-stale", !now);
    if (!now) {
      const text = waiting.isOver(query) ? NO_SEARCH : `Searching for “${query}” …`;
      return setText(status, text);
    }
    waiting.stop();
    const { total, texts } = now;
    const some = total > texts.length ? ` Here are ${texts.length} of them:` : "";
    const stand = `“${query}” stands in ${counted(total, "document")}.${some}`;
    setText(status, query ? stand : "Type a name or a few words.");
    if (listed !== now) found.replaceChildren(...texts.map((t) => foundText(t, query)));
    listed = now;
  }
  function stop() {
    sending.stop();
    waiting.stop();
  }
  return { node, update, stop };
}

function render({ model, el }) {
  const person = personPicker(model, model.get("_people"));
  const way = wayPicker(model);
  const frames = eachFrame(model, TRAITS, draw);
  const [replies, pages] = [answers, search].map((part) => part(model, frames.redraw));
  const parts = [person, way, replies, pages].map((part) => part.node);
  el.append(element("div", { class: "ll-widget ll-memory" }, ...parts));

  function draw() {
    way.update();
    replies.update(person.update());
    pages.update();
  }
  draw();
  return () => [frames, replies, pages].forEach((part) => part.stop());
}

export default { render };
