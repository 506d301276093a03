"""A survey step: a deck gives `when`, "before" the evening, "after" it or "later"."""

import html
from collections.abc import Iterable, Iterator
from typing import Any

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.survey import ANSWER, ASKED, CHOSEN, JUDGED, TRUST, WRITTEN
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities.guess.kind import show_question
from llm_lessons_room.activities.survey.rules import TIMES
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate, is_text
from llm_lessons_room.parts.slide import LETTERS, StepData, paragraph, question_html


def _show(step: Planned, translate: Translate) -> Shown:
    asked: list[dict[str, Any]] = [
        {"name": name, "question": translate(ASKED[name])} for name in (WRITTEN, TRUST)
    ]
    asked[1]["answers"] = [
        {key: translate(one[key]) for key in ("asked", "answer")} for one in JUDGED
    ]
    right: dict[str, Any] = {TRUST: [one["right"] for one in JUDGED]}
    why: dict[str, Any] = {
        WRITTEN: translate(ANSWER),
        TRUST: [translate(one["why"]) for one in JUDGED],
    }
    for question in CHOSEN:
        name = question.name.partition(".")[2]
        shown = show_question(question, translate)
        asked.append({"name": name, **shown.shown})
        (right[name],) = shown.hidden["right"]
        why[name] = shown.hidden["why"][right[name]]
    return Shown(
        {"when": step.own["when"], "questions": asked}, {"right": right, "why": why}
    )


def _check(step: Planned) -> None:
    if step.own["when"] not in TIMES:
        raise ValueError(f"`when` is one of {', '.join(TIMES)}.")


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The questions; after the evening, what is right instead of the choices."""
    questions, hidden = step["shown"]["questions"], step["hidden"]
    is_before = step["shown"]["when"] == "before"
    for number, asked in enumerate(questions, 1):
        head = f"<h1>{html.escape(step['title'])} · {number}/{len(questions)}</h1>"
        name, question = asked["name"], paragraph(asked["question"])
        right, why = hidden["right"].get(name), hidden["why"][name]
        if name == TRUST:
            marks = [""] * len(right)
            if not is_before:
                marks = [*map(_mark, right, why)]
            yield f"{head}{question}{_judged(asked['answers'], marks)}"
        elif name == WRITTEN:
            yield f"{head}{question}{'' if is_before else paragraph(why)}"
        elif is_before:
            yield f"{head}{question_html(asked)}"
        else:
            choice = f"{LETTERS[right]} · {html.escape(asked['choices'][right])}"
            yield f"{head}{question}<p><b>{choice}</b></p>{paragraph(why)}"


def _mark(right: bool, why: str) -> str:
    return f"<br>{'✓' if right else '✗'} {html.escape(why)}"


def _judged(answers: Iterable[dict[str, str]], marks: Iterable[str]) -> str:
    rows = "".join(
        f"<li>{html.escape(one['asked'])} "
        f"<b>{html.escape(one['answer'])}</b>{mark}</li>"
        for one, mark in zip(answers, marks, strict=True)
    )
    return f'<ol class="choices">{rows}</ol>'


def _sentences() -> Iterator[tuple[str, str]]:
    for name in (WRITTEN, TRUST):
        yield ASKED[name], f"question survey.{name}"
    yield ANSWER, f"question survey.{WRITTEN}: its answer"
    for one in JUDGED:
        verdict = "right" if one["right"] else "wrong"
        yield one["asked"], f"question survey.{TRUST}: what was asked"
        yield one["answer"], f"question survey.{TRUST}: a {verdict} answer"
        yield one["why"], f"question survey.{TRUST}: why that is {verdict}"


KINDS = {
    "survey": Kind(
        _show,
        _slides,
        needs={"when": is_text},
        check=_check,
        sentences=_sentences,
    )
}
