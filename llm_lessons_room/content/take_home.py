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

from llm_lessons.foundation.languages import ENGLISH, Translate
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
MAX_LESSONS = 3  # lessons that a leaf has room for


NO_FIGURE = Drawn("", "", "")  # where no figure is at hand


def lessons_of(deck: Deck) -> list[int]:
    """The lessons that have a sheet and end in a sentence to remember, in turn."""
    numbers = dict.fromkeys(
        step.lesson for step in deck.steps if step.kind == "remember" and step.lesson
    )
    return [number for number in numbers if has_words(notebook_of(number).stem)]


def leaf_lessons(deck: Deck) -> list[int]:
    """The lessons of the evening's leaf; none where they are too many for one."""
    lessons = lessons_of(deck)
    return lessons if len(lessons) <= MAX_LESSONS else []


def translated_lessons() -> set[int]:
    return {lesson for deck in decks() for lesson in leaf_lessons(deck)}


def translated_sheets(deck: Deck, language: str) -> list[int]:
    """The evening's lessons whose sheets are made in another language than English.

    In English, lessons make their own.
    """
    translated = translated_lessons() if language != ENGLISH else set()
    return [lesson for lesson in lessons_of(deck) if lesson in translated]


def figures_shown(evenings: Iterable[Mapping[str, Any]]) -> dict[int, Drawn]:
    """What evenings show of each lesson whose sheet has the same figure, as told there.

    Args:
        evenings: as `export` has them.
    """
    shown = {evening["id"]: evening["steps"] for evening in evenings}
    return {
        step.lesson: Drawn(
            **{key: data["shown"][key] for key in ("svg", "alt", "said")}
        )
        for deck in decks()
        for step, data in zip(deck.steps, shown[deck.id], strict=True)
        if step.kind == "figure" and step.lesson
        if f"{{{{ figure {step.own['cell']} }}}}" in _source(step.lesson)
    }


def translated_sheet(
    lm: LanguageModel,
    lesson: int,
    shown: Drawn,
    translate: Translate,
    address: str = "",
) -> Sheet:
    """The sheet of a lesson in another language.

    Args:
        lm: the class model, whose own texts stay as they are.
        shown: of that lesson, in that language.
    """
    path = notebook_of(lesson)
    replaced = {
        "figure": lambda _: _figure_html(shown),
        "said": lambda *_: _sentence_html(shown.said),
        "remember": lambda: _sentence_html(translate(remember(lesson))),
    }
    told = Told(translate, partial(gloss, translate=translate), replaced)
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
        lessons: of `leaf_lessons`.
        shown: of these lessons, in the language.
    """
    title, translate = words.plain("leaf.title"), words.translate
    problem = partial(gloss, translate=translate)
    places = blank(translate) | from_text.places(lm)
    places |= from_questions.places(lm, translate, problem)
    front = f'<div class="part"><h1>{words("leaf.title")}</h1></div>'
    tasks, tips_html, answers, heading = "", "", "", ""
    for number, lesson in enumerate(lessons, 1):
        question, task, tips = _words_of(lesson, translate)
        figure = shown.get(lesson, NO_FIGURE)
        front += (
            f'<div class="part"><h2>{html.escape(question)}</h2>{_figure_html(figure)}'
            f"{_sentence_html(figure.said)}"
            f"{_sentence_html(f'→ {translate(remember(lesson))}')}</div>"
        )
        body = filled(task.text, places, translate)
        body = body.replace("<h2", f'<h2 data-number="{number}"', 1)
        tasks += f'<div class="part task">{body}</div>'
        answers += filled(f"{number} · {task.answer}", places, translate)
        heading = html.escape(tips.heading)
        tips_html += filled(tips.text.split("\n\n", 1)[1], places, translate)
    tips_html = f'<div class="part keep"><h2>{heading}</h2>{tips_html}</div>'
    below = f'<div class="below">{answers}</div>'
    feet = [foot(title, side, SIDES, address, translate) for side in (1, 2)]
    sides = (front + feet[0], tasks + tips_html + below + feet[1])
    return Sheet(LEAF, title, title, sides, ())


def _words_of(lesson: int, translate: Translate) -> tuple[str, Part, Part]:
    """Of a lesson's sheet: its question, its last task, and what to try at home."""
    first, second = (list(parts(half, translate)) for half in turned(_source(lesson)))
    *_, task = (part for part in second if part.answer)
    return first[0].question, task, second[-1]


def _source(lesson: int) -> str:
    path = WORDS / f"{notebook_of(lesson).stem}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _figure_html(figure: Drawn) -> str:
    if not figure.svg:
        return ""
    label = f'aria-label="{html.escape(figure.alt)}"'
    svg = re.sub(r'aria-label="[^"]*"', lambda _: label, figure.svg, count=1)
    return f'<figure class="measured">{svg}</figure>'


def _sentence_html(text: str) -> str:
    return f'<div class="said"><p>{html.escape(text)}</p></div>' if text else ""
