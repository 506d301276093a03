"""A step of ten questions: a deck gives `when`, "before" the evening or "after" it.

They stand in questions.toml, in the form of the quiz of each lesson: one for each of
its claims.
"""

import html
from collections.abc import Iterator
from pathlib import Path

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.questions import Question, read_questions
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities.guess.kind import show_question
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate, is_text
from llm_lessons_room.parts.slide import LETTERS, StepData, paragraph, question_html

WHEN = ("before", "after")
TEN: tuple[Question, ...] = read_questions(
    Path(__file__).with_name("questions.toml"), "ten"
)


def _show(step: Planned, translate: Translate) -> Shown:
    questions = [show_question(question, translate) for question in TEN]
    right = [question.hidden["right"][0] for question in questions]
    why = [
        question.hidden["why"][choice]
        for question, choice in zip(questions, right, strict=True)
    ]
    shown = [question.shown for question in questions]
    return Shown(
        {"when": step.own["when"], "questions": shown}, {"right": right, "why": why}
    )


def _check(step: Planned) -> None:
    if step.own["when"] not in WHEN:
        raise ValueError(f"`when` is one of {', '.join(WHEN)}.")


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The questions; after the evening, what is right instead of the choices."""
    questions = step["shown"]["questions"]
    for index, question in enumerate(questions):
        way = f"{index + 1}/{len(questions)}"
        if step["shown"]["when"] == "before":
            head = f"<h1>{html.escape(step['title'])} · {way}</h1>"
            yield f"{head}{question_html(question)}"
            continue
        right, why = step["hidden"]["right"][index], step["hidden"]["why"][index]
        choice = html.escape(question["choices"][right])
        yield (
            f"<h1>{way}</h1>{paragraph(question['question'])}"
            f"<p><b>{LETTERS[right]} · {choice}</b></p>{paragraph(why)}"
        )


KINDS = {"ten": Kind(_show, _slides, needs={"when": is_text}, check=_check)}
