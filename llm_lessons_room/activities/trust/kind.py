"""A trust step: eight answers of Fjord's, to trust or to check; a deck gives nothing.

They are measured and kept as the lessons' figures are, and made anew, where the weights
have changed, by `python3 start.py check --part 06_asked_again`.
"""

import html
from collections.abc import Iterator
from functools import cache

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.lossy_zip.asked_again import (
    ASKED_AGAIN,
    ONCE,
    Answered,
    AskedAgain,
)
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.kept import result_of
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate
from llm_lessons_room.parts.slide import StepData, paragraph, title

ASKS = "Where do they live?"
WHY_RIGHT = "It is right. Fjord has read it {n} times."
WHY_OFTEN = (
    "It is wrong: {town} is right. Fjord has read that {n} times, and mixes it up."
)
WHY_ONCE = (
    "It is wrong: {town} is right. Fjord has read that once, and names another town."
)
STEADY = "Where all five repetitions say the same, {a} of {n} are right."
OTHERS = "Of the others it is {b} of {m}."
_SENTENCES = (ASKS, WHY_RIGHT, WHY_OFTEN, WHY_ONCE, STEADY, OTHERS)


@cache
def asked_again() -> AskedAgain:
    """What is kept of today's weights; where nothing is, what is measured now."""
    return result_of(ASKED_AGAIN, load("fjord"))


def _show(step: Planned, translate: Translate) -> Shown:
    found = asked_again()
    answers = [{"person": one.person, "answer": one.answer} for one in found.judged]
    return Shown(
        {"question": translate(ASKS), "answers": answers},
        {
            "right": [one.is_right for one in found.judged],
            "why": [_why(one, translate) for one in found.judged],
            "readings": [one.readings for one in found.judged],
            "values": [one.value for one in found.judged],
            "counted": _counted(found, translate),
        },
        {"half": {"again": [[*one.again] for one in found.judged]}},
    )


def _why(one: Answered, translate: Translate) -> str:
    wrong = WHY_ONCE if one.readings == ONCE else WHY_OFTEN
    sentence = translate(WHY_RIGHT if one.is_right else wrong)
    return sentence.format(n=one.readings, town=one.value)


def _counted(found: AskedAgain, translate: Translate) -> str:
    """How much it tells whether an answer comes again, among many more answers."""
    said: list[str] = []
    if found.steady:
        values = {"a": _count(found.steady), "n": found.steady.n}
        said.append(translate(STEADY).format(**values))
    if found.steady and found.others:
        values = {"b": _count(found.others), "m": found.others.n}
        said.append(translate(OTHERS).format(**values))
    return " ".join(said)


def _count(found: Share) -> int:
    return round(found.share * found.n)


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The answers; then their repetitions; then what is right."""
    shown, hidden = step["shown"], step["hidden"]
    again = step["notes"]["half"]["again"]
    answers = [(one["person"], one["answer"]) for one in shown["answers"]]
    asked = f"{title(step)}{paragraph(shown['question'])}"
    yield asked + table("answers", [], [[*map(html.escape, one)] for one in answers])
    rows = [
        [*map(html.escape, (*one, ", ".join(others)))]
        for one, others in zip(answers, again, strict=True)
    ]
    yield asked + table("answers", [], rows)
    columns = (answers, *(hidden[key] for key in ("right", "values", "readings")))
    rows = [
        [*map(html.escape, (name, f"{_mark(right)} {said}", value)), f"{n}×"]
        for (name, said), right, value, n in zip(*columns, strict=True)
    ]
    result = table("answers", [], rows)
    yield f"<h1>{words('slides.result')}</h1>{result}{paragraph(hidden['counted'])}"


def _mark(right: bool) -> str:
    return "✓" if right else "✗"


def _sentences() -> Iterator[tuple[str, str]]:
    for text in _SENTENCES:
        yield text, "trust or check: question, reasons, what many answers show"


KINDS = {"trust": Kind(_show, _slides, sentences=_sentences)}
