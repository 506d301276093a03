"""A guess step: a deck gives `question`, of a lesson; and `of`, where it repeats the
question of another step.
"""

from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.questions import Question, question
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate, is_text
from llm_lessons_room.parts.slide import StepData, answer_html, question_html

# What stands above a question in its notebook, which a room doesn't see.
ABOVE = {
    "04.zero": (
        "The temperature says how much chance may decide: at 0 nothing, at 1 as much "
        "as the odds say, at 2 more."
    ),
    "07.effort": (
        "Two questions about marbles: an easy one with one change, and a hard one with "
        "six changes."
    ),
}


def _show(step: Planned, translate: Translate) -> Shown:
    shown = show_question(question(step.own["question"]), translate)
    if above := ABOVE.get(step.own["question"]):
        shown.shown["question"] = f"{translate(above)} {shown.shown['question']}"
    return shown


def show_question(asked: Question, translate: Translate) -> Shown:
    """A question with its choices; hidden: which are right, and why."""
    choices = [translate(choice.text) for choice in asked.choices]
    right = [index for index, choice in enumerate(asked.choices) if choice.right]
    why = [translate(choice.why_alone) for choice in asked.choices]
    return Shown(
        {"question": translate(asked.text), "choices": choices},
        {"right": right, "why": why},
    )


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    yield f"<h1>{words('slides.guess')}</h1>{question_html(step['shown'])}"
    if step.get("part") != "first":  # asked again later: the answer waits
        yield answer_html(words, step["shown"], step["hidden"])


def _sentences() -> Iterator[tuple[str, str]]:
    for name, text in ABOVE.items():
        yield text, f"question {name}: before it"


KINDS = {
    "guess": Kind(
        _show,
        _slides,
        needs={"question": is_text},
        may={"of": is_text},
        check=lambda step: question(step.own["question"]),
        sentences=_sentences,
    )
}
