"""What people take home from an evening, in its language: a leaf, and the sheets.

The leaf has both sides: what was seen of each lesson, and of each sheet the last task
and what to try. It and the sheets take figures and sentences from what the evening
shows, so no lesson runs for them.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import nbformat

from llm_lessons.foundation.languages import ENGLISH, Tell
from llm_lessons.language_model import LanguageModel
from llm_lessons.pages import from_questions, from_text
from llm_lessons.pages.foot import foot
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import blank, filled
from llm_lessons.pages.sheet import Sheet, Told, sheet
from llm_lessons.pages.sheet_words import (
    SIDES,
    WORDS,
    Part,
    has_words,
    parts,
    turned,
)
from llm_lessons_room.activities.marbles.problems import gloss
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.kinds import Drawn
from llm_lessons_room.content.texts import notebook_of, remember

LEAF = "leaf"  # its file
MOST = 3  # lessons that a leaf has room for


NOTHING = Drawn("", "", "")  # where no figure is at hand


def lessons_of(deck: Deck) -> list[int]:
    """The lessons that have a sheet and end in a sentence to remember, in turn."""
    numbers = dict.fromkeys(
        step.lesson for step in deck.steps if step.kind == "remember" and step.lesson
    )
    return [one for one in numbers if has_words(notebook_of(one).stem)]


def on_the_leaf(deck: Deck) -> list[int]:
    """The lessons of the evening's leaf; none where they are too many for one."""
    lessons = lessons_of(deck)
    return lessons if len(lessons) <= MOST else []


def on_any_leaf() -> set[int]:
    """The lessons whose sheets the catalogs tell."""
    return {lesson for deck in decks() for lesson in on_the_leaf(deck)}


def told_sheets(deck: Deck, language: str) -> list[int]:
    """The evening's lessons whose sheets are made in another language than English.

    In English, lessons make their own.
    """
    told = on_any_leaf() if language != ENGLISH else set()
    return [lesson for lesson in lessons_of(deck) if lesson in told]


def seen(evenings: Iterable[Mapping[str, Any]]) -> dict[int, Drawn]:
    """What evenings show of each lesson whose sheet has the same figure, as told there.

    Args:
        evenings: as `export` has them.
    """
    told = {one["id"]: one for one in evenings}
    return {
        step.lesson: Drawn(**{key: one["shown"][key] for key in ("svg", "alt", "said")})
        for deck in decks()
        for step, one in zip(deck.steps, told[deck.id]["steps"], strict=True)
        if step.kind == "figure" and step.lesson
        if f"{{{{ figure {step.own['cell']} }}}}" in _source(step.lesson)
    }


def told_sheet(
    lm: LanguageModel, lesson: int, shown: Drawn, tell: Tell, address: str = ""
) -> Sheet:
    """The sheet of a lesson in another language.

    Args:
        lm: the class model, whose own texts stay as they are.
        shown: of that lesson, in that language.
    """
    path = notebook_of(lesson)
    taken = {
        "figure": lambda _: _figure(shown),
        "said": lambda *_: _said(shown.said),
        "remember": lambda: _said(tell(remember(lesson))),
    }
    told = Told(tell, partial(gloss, tell=tell), taken)
    notebook = nbformat.read(path, as_version=4)
    return sheet(lm, path.stem, notebook, address, told=told)


def leaf(
    lm: LanguageModel,
    lessons: Sequence[int],
    shown: Mapping[int, Drawn],
    words: Words,
    address: str = "",
) -> Sheet:
    """The leaf of an evening.

    Args:
        lm: the class model, for what a task may ask of it.
        lessons: of `on_the_leaf`.
        shown: of these lessons, in the language.
    """
    title, tell = words.plain("leaf.title"), words.tell
    problem = partial(gloss, tell=tell)
    places = blank(tell) | from_text.places(lm)
    places |= from_questions.places(lm, tell, problem)
    front = f'<div class="part"><h1>{words("leaf.title")}</h1></div>'
    tasks, tries, answers, heading = "", "", "", ""
    for number, lesson in enumerate(lessons, 1):
        asked, task, tried = _words_of(lesson, tell)
        one = shown.get(lesson, NOTHING)
        front += (
            f'<div class="part"><h2>{html.escape(asked)}</h2>{_figure(one)}'
            f"{_said(one.said)}{_said(f'→ {tell(remember(lesson))}')}</div>"
        )
        body = filled(task.text, places, tell)
        body = body.replace("<h2", f'<h2 data-number="{number}"', 1)
        tasks += f'<div class="part task">{body}</div>'
        answers += filled(f"{number} · {task.answer}", places, tell)
        heading = html.escape(tried.heading)
        tries += filled(tried.text.split("\n\n", 1)[1], places, tell)
    kept = f'<div class="part keep"><h2>{heading}</h2>{tries}</div>'
    below = f'<div class="below">{answers}</div>'
    feet = [foot(title, side, SIDES, address, tell) for side in (1, 2)]
    sides = (front + feet[0], tasks + kept + below + feet[1])
    return Sheet(LEAF, title, title, sides, ())


def _words_of(lesson: int, tell: Tell) -> tuple[str, Part, Part]:
    """Of a lesson's sheet: its question, its last task, and what to try at home."""
    first, second = (list(parts(half, tell)) for half in turned(_source(lesson)))
    *_, task = (one for one in second if one.answer)
    return first[0].question, task, second[-1]


def _source(lesson: int) -> str:
    path = WORDS / f"{notebook_of(lesson).stem}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _figure(one: Drawn) -> str:
    if not one.svg:
        return ""
    label = f'aria-label="{html.escape(one.alt)}"'
    svg = re.sub(r'aria-label="[^"]*"', lambda _: label, one.svg, count=1)
    return f'<figure class="measured">{svg}</figure>'


def _said(text: str) -> str:
    return f'<div class="said"><p>{html.escape(text)}</p></div>' if text else ""
