// The widget: six questions, before the lessons and after them. What is answered stays
// in this browser; what is right is shown when they were answered the second time.

import { element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { onDevice } from "../lib/keeping.js";
import { isGiven, pageOf } from "./six_questions_asked.js";
import { solved } from "./six_questions_solved.js";
import "./six_questions.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** @import { Question, Said } from "./six_questions_asked.js" */
/** @typedef {{ answers: Record<string, Said>, done: boolean }} Round */
/** @typedef {{ before?: Round, after?: Round }} Rounds */
/** @typedef {{ _when: "before" | "after", _asked: Question[] }} Traits */

const PLACE = "llm-lessons-six-questions"; // of the answers, in all lessons
const KEPT = "Your answers stay in this browser. Nothing is sent anywhere.";
const NOT_KEPT = "This browser keeps nothing: your answers are gone when this page " +
  "closes. Nothing is sent anywhere.";
const WAIT = "Your answers are kept. After the last lesson the same six are asked " +
  "again; then you see both, what is right, and why.";

/** @param {unknown} found what is kept, or anything else @returns {Rounds} */
function roundsOf(found) {
  /** @type {Rounds} */
  const rounds = {};
  for (const when of /** @type {const} */ (["before", "after"])) {
    const { answers, done } = /** @type {Rounds | null} */ (found)?.[when] ?? {};
    if (answers && typeof answers === "object") {
      rounds[when] = { answers, done: done === true };
    }
  }
  return rounds;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const asked = model.get("_asked");
  const device = onDevice(PLACE);
  let isKept = true;
  let rounds = roundsOf(device.read());
  const place = element("div", { class: "ll-six-place" });
  const note = element("p", { class: "ll-six-note" });
  const status = element("p", { role: "status" });
  const forget = pushButton("", () => {
    device.forget();
    rounds = {};
    draw(true);
    setText(status, "Forgotten: nothing of it is kept any more.");
  });
  const foot = element("div", { class: "ll-six-foot" }, note, forget);
  el.append(element("div", { class: "ll-widget ll-six" }, place, status, foot));

  /** The time that is asked now, if any is. @returns {keyof Rounds | null} */
  function open() {
    if (rounds.after) return rounds.after.done ? null : "after";
    if (model.get("_when") === "after") return "after";
    return rounds.before?.done ? null : "before";
  }

  /** Change one time; another tab may have written meanwhile.
   * @param {keyof Rounds} when @param {(round: Round) => Round} change */
  function keep(when, change) {
    if (isKept) rounds = roundsOf(device.read());
    const round = rounds[when] ?? { answers: {}, done: false };
    rounds = { ...rounds, [when]: change(round) };
    isKept = device.write(rounds);
    tellFoot();
  }

  function tellFoot() {
    setText(note, isKept ? KEPT : NOT_KEPT);
    setText(
      forget,
      rounds.before && rounds.after ? "Forget both" : "Forget my answers",
    );
    forget.hidden = !rounds.before && !rounds.after;
  }

  /** One question after another. @param {keyof Rounds} when */
  function asking(when) {
    const answers = () => rounds[when]?.answers ?? {};
    const isOpen = (/** @type {Question} */ one) => !isGiven(answers()[one.name]);
    const last = asked.length - 1;
    const first = asked.findIndex(isOpen);
    let at = first < 0 ? last : first;
    const way = element("p", { class: "ll-six-note" });
    const page = element("div");
    const hint = element("p", { class: "ll-six-note" });
    const back = pushButton("Back", () => move(at - 1));
    const next = pushButton("", () => at < last ? move(at + 1) : end(), MAIN);
    const moves = element("div", { class: "ll-buttons" }, back, next);

    /** @param {number} to */
    function move(to) {
      at = to;
      show().focus();
    }
    function end() {
      keep(when, (round) => ({ ...round, done: true }));
      draw(true);
    }
    function tell() {
      const left = asked.filter(isOpen).length;
      const name = isOpen(asked[at]) ? "Leave it out" : "Next";
      setText(next, at < last ? name : "I am done");
      setOff(next, at === last && left === asked.length);
      setOff(back, at === 0);
      const none = "That was the last one. Answer one at least: you can go back.";
      const some = `That was the last one. You have left out ${left}; you can go back.`;
      const end = left === asked.length ? none : some;
      setText(hint, at < last ? "" : left ? end : "All are answered.");
    }
    function show() {
      const own = asked[at];
      const { node, head } = pageOf(own, answers()[own.name], (said) => {
        keep(when, (round) => ({
          ...round,
          answers: { ...round.answers, [own.name]: said },
        }));
        setText(status, "");
        tell();
      });
      setText(way, `Question ${at + 1} of ${asked.length}`);
      page.replaceChildren(node);
      tell();
      return head;
    }
    const head = show();
    place.replaceChildren(way, page, hint, moves);
    return head;
  }

  function waiting() {
    const again = pushButton("Ask me again now", () => {
      keep("after", (round) => round);
      draw(true);
    });
    const head = element("p", { tabindex: "-1" }, WAIT);
    place.replaceChildren(head, element("div", { class: "ll-buttons" }, again));
    return head;
  }

  /** @param {boolean} [takesFocus] whether a press led here */
  function draw(takesFocus = false) {
    setText(status, "");
    tellFoot();
    const when = open();
    let head;
    if (when) head = asking(when);
    else if (rounds.after) {
      const sides = { before: rounds.before?.answers, after: rounds.after.answers };
      head = solved(asked, sides, place);
    } else head = waiting();
    if (takesFocus) head.focus();
  }
  draw();
}

export default { render };
