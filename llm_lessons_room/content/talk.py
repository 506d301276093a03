"""Steps that ask nothing: what they want to know, and what they show.

say       text; and pages, lessons whose pages phones may open, if you like
remember  nothing: the sentence is that of the lesson's notebook
break     nothing
figure    cell, which shows it; text, what it shows, without numbers; and, if you
          like, said_in, the cell that says it in numbers, said, its sentence with
          {gaps} for the numbers, and labels, the words in the figure
"""

from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons_room.content.drawn import Figures
from llm_lessons_room.content.texts import notebook_of, remember
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, are_texts, is_text


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


KINDS = {
    "say": Kind(_say, needs={"text": is_text}, may={"pages": _are_lessons}),
    "remember": Kind(_remember, fits=_needs_lesson),
    "break": Kind(lambda step, tell: Shown()),
    "figure": Kind(
        lambda step, tell: figure(step, tell, {}),  # `shown` has those that are drawn
        needs={"cell": is_text, "text": is_text},
        may={"said_in": is_text, "said": is_text, "labels": are_texts},
        fits=_needs_lesson,
    ),
}
