"""A lesson on two sides of paper, for people who don't code: a document of its own.

Its words stand in handouts/sheets, a file a lesson, for a leader to change or to
translate. A line of dashes turns the page. What is under "### Answer" goes to the
leader's page of answers. Marked places take what is computed (see `places`); of the
lesson itself, four:

    {{ guess 04.zero }}     a question of the quiz, with boxes to tick
    {{ figure CELL }}       the figure that this cell of the lesson shows
    {{ said CELL 1 }}       what that cell says, its first paragraph
    {{ remember }}          the sentence of the lesson's end
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from llm_lessons.foundation import face
from llm_lessons.foundation.languages import ENGLISH, Translate, english
from llm_lessons.foundation.paths import WEB
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.questions import Question, question
from llm_lessons.pages import from_questions, from_text
from llm_lessons.pages.foot import foot
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import PAPERS, title_of
from llm_lessons.pages.pieces import REMEMBER, figure_in, shown_by
from llm_lessons.pages.places import BadPlace, Places, blank, box, filled, methods_of
from llm_lessons.pages.sheet_words import SIDES, WORDS, parts, turned

LETTERS = "ABCDE"
YOURS, BELOW = "Your guess.", "The guess: {answer}"
RIGHT = "{letter}, “{text}”. {why}"
SENTENCES = (YOURS, BELOW, RIGHT)


@dataclass(frozen=True)
class Told:
    """How a sheet is told in another language than the lesson's.

    Places in `taken` are filled in another way than from the lesson, which then needn't
    have been run.
    """

    translate: Translate = english
    problem: Translate = english  # of marbles
    taken: Places = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A lesson's two sides."""

    name: str  # of its notebook, without its ending: "04_temperature"
    title: str  # "4 · Temperature"
    question: str  # what it asks, its heading on paper: "What does the slider do?"
    sides: tuple[str, str]  # HTML
    answers: tuple[str, ...]  # of its tasks, each with its heading, as HTML


def sheet(
    lm: LanguageModel,
    name: str,
    notebook: NotebookNode,
    address: str = "",
    words: Path = WORDS,
    told: Told = Told(),
) -> Sheet:
    """The sheet of a lesson.

    Args:
        lm: the class model, which is asked what the tasks show.
        address: where the lessons live, for the foot; without it there is none.
        words: the folder with the words.
        told: its language.

    Raises:
        ValueError: the file of words has not two sides, or a place in it can't be
            filled; names the file.
    """
    path, translate = words / f"{name}.md", told.translate
    own = _OfLesson(notebook, translate)
    places = blank(translate) | from_text.places(lm) | methods_of(own)
    places |= {**from_questions.places(lm, translate, told.problem), **told.taken}
    try:
        halves = turned(path.read_text(encoding="utf-8"))
        first, second = (side_of(half, places, translate) for half in halves)
        answers = tuple(
            f"<h3>{html.escape(part.heading)}</h3>"
            f"{filled(part.answer, places, translate)}"
            for half in halves
            for part in parts(half, translate)
            if part.answer
        )
    except BadPlace as error:
        raise ValueError(f"{path}: {error}") from error
    title, first = translate(title_of(notebook)), face.drawing(name) + first
    feet = [foot(title, side, SIDES, address, translate) for side in (1, 2)]
    second += "".join(_answer_below(quiz, translate) for quiz in own.asked)
    question = (
        next((part.question for part in parts(halves[0], translate)), "") or title
    )
    return Sheet(name, title, question, (first + feet[0], second + feet[1]), answers)


def sheets_page(
    title: str,
    sheets: Sequence[Sheet],
    paper: str = "a4",
    head: str = "",
    language: str = ENGLISH,
    fit: bool = False,
) -> str:
    """A whole HTML file of one or more sheets.

    Args:
        head: HTML of sides that stand before them.
        fit: whether a side that is too full gets smaller letters.
    """
    sides = "".join(
        f'<section class="side side-{number}" id="{sheet.name}-{number}">'
        f"{side}</section>"
        for sheet in sheets
        for number, side in enumerate(sheet.sides, 1)
    )
    folder = WEB / "page"
    return face.filled(
        folder / "sheet.html",
        language=html.escape(language),
        title=html.escape(title),
        paper=f"{paper} fitted" if fit else paper,
        size=PAPERS[paper],
        margin="10mm 14mm",
        style=face.style(folder / "sheet.css"),
        fit=(folder / "fit.js").read_text("utf-8") if fit else "",
        body=head + sides,
    )


def side_of(half: str, places: Places, translate: Translate = english) -> str:
    """A side part by part, each under its heading and without its answer."""
    made, task = [], 0
    for part in parts(half, translate):
        task += bool(part.answer)
        kind = "keep" if part.is_kept else "task" if part.answer else ""
        body = filled(part.text, places, translate)
        if part.answer:
            body = body.replace("<h2", f'<h2 data-number="{task}"', 1)
        made.append(f'<div class="{f"part {kind}".strip()}">{body}</div>')
    return "".join(made)


def _answer_below(asked: Question, translate: Translate) -> str:
    """The answer of the guess, small and upside down."""
    rights = (
        translate(RIGHT).format(
            letter=LETTERS[place],
            text=translate(choice.text),
            why=translate(choice.why_alone),
        )
        for place, choice in enumerate(asked.choices)
        if choice.right
    )
    below = translate(BELOW).format(answer=" ".join(rights))
    return f'<p class="below">{html.escape(below)}</p>'


class _OfLesson:
    """What a sheet takes from the lesson."""

    def __init__(self, notebook: NotebookNode, translate: Translate):
        self._translate = translate
        self._cells = notebook.cells
        self.asked: list[Question] = []

    def guess(self, name: str) -> str:
        """A question of the quiz; its answer stands elsewhere."""
        translate = self._translate
        self.asked.append(quiz := question(name))
        choices = "".join(
            f"<li>{box(translate)}<b>{LETTERS[place]}</b> {html.escape(text)}</li>"
            for place, text in enumerate(
                translate(choice.text) for choice in quiz.choices
            )
        )
        return (
            f'<div class="guess"><p><b>{translate(YOURS)}</b> '
            f"{html.escape(translate(quiz.text))}</p><ul>{choices}</ul></div>"
        )

    def figure(self, cell: str) -> str:
        return f'<figure class="measured">{figure_in(self._cells, cell)}</figure>'

    def said(self, cell: str, paragraph: str = "1") -> str:
        """A paragraph of what a cell says."""
        texts = "\n\n".join(shown_by(self._cells, cell, "text/markdown")).strip()
        if not texts:
            raise LookupError(f"the cell {cell!r} says nothing.")
        paragraphs = re.split(r"\n\s*\n", texts)
        return f'<div class="said">{rendered(paragraphs[int(paragraph) - 1])}</div>'

    def remember(self) -> str:
        """The sentence to remember, without its first word."""
        texts = [cell.source for cell in self._cells if cell.id == "remember"]
        found = REMEMBER.search("".join(texts))
        if not found:
            raise LookupError("the lesson's end has nothing under “Remember:”.")
        return f'<div class="said">{rendered(found[1])}</div>'
