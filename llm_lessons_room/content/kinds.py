"""All kinds of steps: what a deck gives each, and what it shows in a language.

An activity says so in its `kind.py`; here is what asks nothing:

    say       text; and if you like pages, lessons whose pages phones may open beside a
              chat to keep, and address, where the lessons live on the web
    remember  nothing: the sentence is that of the lesson's notebook
    break     nothing
    game      text; and cards, those parts of cards.pdf that it plays with, if it does
    figure    cell, which shows it; text, what it shows, without numbers; and, if you
              like, said_in, the cell that says it in numbers, said, its sentence with
              {gaps} for the numbers, and labels, the words in the figure
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities import load_kinds
from llm_lessons_room.content.texts import notebook_of, remember
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import (
    OPTIONAL,
    Kind,
    Planned,
    Shown,
    Translate,
    are_texts,
    is_text,
)
from llm_lessons_room.parts.slide import StepData, paragraph, title

CARDS = ("story", "tree", "auction", "relay")  # the parts of cards.pdf
_ROLLED = frozenset({"story", "tree", "auction"})  # those that a phone rolls for


@dataclass(frozen=True)
class Drawn:
    svg: str
    alt: str  # the drawing in words
    said: str  # what it says, in a sentence with its numbers; "" if no cell says it
    walls: dict[str, str] = field(default_factory=dict)  # for screens, by language

    def on_the_wall(self, language: str) -> Self:
        return replace(self, svg=self.walls.get(language, self.svg))


Figures = Mapping[tuple[int, str], Drawn]  # by lesson and cell


def _show_text(step: Planned, translate: Translate) -> Shown:
    """A text, and addresses of lessons' pages, which the room itself serves."""
    pages = [
        {
            "address": f"/handouts/{notebook_of(number).stem}.html",
            "title": translate(TITLES[LESSONS[number]]),
        }
        for number in step.own.get("pages", ())
    ]
    shown = {"text": translate(step.own["text"])}
    shown |= {"pages": pages} if pages else {}
    return Shown(shown | {key: step.own[key] for key in ["address"] if key in step.own})


def _show_remember(step: Planned, translate: Translate) -> Shown:
    return Shown({"text": translate(remember(step.lesson or 0))})


def _show_game(step: Planned, translate: Translate) -> Shown:
    rolls = not _ROLLED.isdisjoint(step.own.get("cards", ()))
    return Shown({"text": translate(step.own["text"]), "rolls": rolls})


def _check_game(step: Planned) -> None:
    if unknown := set(step.own.get("cards", ())) - set(CARDS):
        known = ", ".join(CARDS)
        raise ValueError(f"it plays with {min(unknown)!r}: `cards` are {known}.")


def _show_figure(step: Planned, translate: Translate, figures: Figures) -> Shown:
    """A figure and its sentence; where it could not be made, a sentence alone."""
    figure = figures.get((step.lesson or 0, step.own["cell"]))
    text = translate(step.own["text"])
    if figure is None:
        return Shown({"svg": "", "alt": "", "said": text})
    said = (_in_numbers(step, translate, figure.said) or text).replace(" %", "\u00a0%")
    alt = figure.alt if text == step.own["text"] else said
    return Shown({"svg": figure.svg, "alt": alt, "said": said})


def _in_numbers(step: Planned, translate: Translate, said: str) -> str:
    """The lesson's sentence, its numbers put into the step's own where they fit."""
    pattern = step.own.get("said", "")
    if pattern and (values := gaps(pattern, said, whole=False)):
        sentence = translate(pattern).format(**values)
        return sentence if sentence.endswith(".") else f"{sentence}."
    return said if translate(step.own["text"]) == step.own["text"] else ""


def _check_lesson(step: Planned) -> None:
    if step.lesson is None:
        raise ValueError("it lacks lesson.")


def _are_lessons(value: object) -> bool:
    known = range(len(LESSONS))
    return isinstance(value, list) and all(type(n) is int and n in known for n in value)


def _break_slide(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    minutes = f"{step['minutes']:g}"
    yield f"<h1>{words('slides.break', minutes=minutes)}</h1>"


def _figure_slide(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    shown = step["shown"]
    yield f"{title(step)}{shown['svg']}{paragraph(shown['said'])}"


KINDS: dict[str, Kind] = {
    "say": Kind(
        _show_text,
        needs={"text": is_text},
        may={"pages": _are_lessons, "address": is_text},
    ),
    "remember": Kind(_show_remember, check=_check_lesson),
    "break": Kind(lambda step, translate: Shown(), _break_slide),
    "game": Kind(
        _show_game, needs={"text": is_text}, may={"cards": are_texts}, check=_check_game
    ),
    "figure": Kind(
        lambda step, translate: _show_figure(
            step, translate, {}
        ),  # `show` has those drawn
        _figure_slide,
        needs={"cell": is_text, "text": is_text},
        may={"said_in": is_text, "said": is_text, "labels": are_texts},
        check=_check_lesson,
    ),
    **load_kinds("kind"),
}


def show(step: Planned, translate: Translate, figures: Figures) -> Shown:
    """What a step shows, in a language.

    Raises:
        ValueError: it asks for what there is not; names the step.
    """
    try:
        if step.kind == "figure":
            return _show_figure(step, translate, figures)
        return KINDS[step.kind].show(step, translate)
    except ValueError as error:
        raise ValueError(f"The step {step.id!r}: {error}") from error


def slides(deck: StepData, lm: LanguageModel, words: Words) -> list[str]:
    """A deck as slides, for when all else fails: no server, no phones, a PDF.

    Args:
        deck: as it was exported, in the language of the words.
        lm: the class model, which plays what phones would; what a real one answers is
            for a room alone.
    """
    return [
        f'<div class="slide">{_mark(slide) if step.get("optional") else slide}</div>'
        for step in deck["steps"]
        if "real" not in step["shown"]
        for slide in KINDS[step["kind"]].slides(step, lm, words)
    ]


def _mark(slide: str) -> str:
    return slide.replace("<h1>", f"<h1>{OPTIONAL} ", 1)
