"""What each kind of step wants to know, and what it shows in a language.

An activity says so in its `content.py`; here is what asks nothing:

    say       text; and pages, lessons whose pages phones may open, if you like
    remember  nothing: the sentence is that of the lesson's notebook
    break     nothing
    figure    cell, which shows it; text, what it shows, without numbers; and, if you
              like, said_in, the cell that says it in numbers, said, its sentence with
              {gaps} for the numbers, and labels, the words in the figure
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons_room.activities import brought
from llm_lessons_room.content.texts import notebook_of, remember
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, are_texts, is_text


@dataclass(frozen=True)
class Drawn:
    """A figure of a lesson."""

    svg: str
    alt: str  # the drawing in words
    said: str  # what it says, in a sentence with its numbers; "" if no cell says it
    walls: dict[str, str] = field(default_factory=dict)  # for screens, by language

    def on_the_wall(self, language: str) -> Self:
        """The figure with the drawing that a screen shows."""
        return replace(self, svg=self.walls.get(language, self.svg))


Figures = Mapping[tuple[int, str], Drawn]  # by lesson and cell


def _say(step: Planned, tell: Tell) -> Shown:
    """A text, and addresses of lessons' pages, which the room itself serves."""
    pages = [
        {
            "address": f"/handouts/{notebook_of(number).stem}.html",
            "title": tell(TITLES[LESSONS[number]]),
        }
        for number in step.own.get("pages", ())
    ]
    return Shown({"text": tell(step.own["text"])} | ({"pages": pages} if pages else {}))


def _remember(step: Planned, tell: Tell) -> Shown:
    return Shown({"text": tell(remember(step.lesson or 0))})


def figure(step: Planned, tell: Tell, figures: Figures) -> Shown:
    """A figure and its sentence; where it could not be made, a sentence alone."""
    drawn = figures.get((step.lesson or 0, step.own["cell"]))
    text = tell(step.own["text"])
    if drawn is None:
        return Shown({"svg": "", "alt": "", "said": text})
    said = (_in_numbers(step, tell, drawn.said) or text).replace(" %", "\u00a0%")
    in_english = tell(step.own["text"]) == step.own["text"]
    alt = drawn.alt if in_english else said
    return Shown({"svg": drawn.svg, "alt": alt, "said": said})


def _in_numbers(step: Planned, tell: Tell, said: str) -> str:
    """The lesson's sentence, its numbers put into the step's own where they fit."""
    pattern = step.own.get("said", "")
    if pattern and (values := gaps(pattern, said, whole=False)):
        told = tell(pattern).format(**values)
        return told if told.endswith(".") else f"{told}."
    return said if tell(step.own["text"]) == step.own["text"] else ""


def _needs_lesson(step: Planned) -> None:
    if step.lesson is None:
        raise ValueError("it lacks lesson.")


def _are_lessons(value: object) -> bool:
    known = range(len(LESSONS))
    return isinstance(value, list) and all(type(n) is int and n in known for n in value)


KINDS: dict[str, Kind] = {
    "say": Kind(_say, needs={"text": is_text}, may={"pages": _are_lessons}),
    "remember": Kind(_remember, fits=_needs_lesson),
    "break": Kind(lambda step, tell: Shown()),
    "figure": Kind(
        lambda step, tell: figure(step, tell, {}),  # `shown` has those that are drawn
        needs={"cell": is_text, "text": is_text},
        may={"said_in": is_text, "said": is_text, "labels": are_texts},
        fits=_needs_lesson,
    ),
    **brought("content"),
}


def shown(step: Planned, tell: Tell, figures: Figures) -> Shown:
    """What a step shows, in a language.

    Raises:
        ValueError: it asks for what there is not; names the step.
    """
    try:
        if step.kind == "figure":
            return figure(step, tell, figures)
        return KINDS[step.kind].shown(step, tell)
    except ValueError as error:
        raise ValueError(f"The step {step.id!r}: {error}") from error
