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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from llm_lessons import face
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.questions import Question, question
from llm_lessons.pages import from_questions, from_text
from llm_lessons.pages.foot import foot
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import PAPERS, title_of
from llm_lessons.pages.places import BLANK, BOX, BadPlace, Places, filled
from llm_lessons.paths import TEXTS, WEB

WORDS = TEXTS / "sheets"
SIDES = 2
LETTERS = "ABCDE"
_TURN = re.compile(r"(?m)^---+\s*$")
_PART = re.compile(r"(?m)^(?=## )")
_ANSWER = re.compile(r"(?m)^### Answer\s*$")
_FIGURE = re.compile(r'<svg\b[^>]*role="img".*?</svg>', re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """A lesson's two sides.

    Attributes:
        name: of its notebook, without its ending: "04_temperature".
        title: "4 · Temperature".
        question: what it asks, its heading on paper: "What does the slider do?".
        sides: both, as HTML.
        answers: of its tasks, each with its heading, as HTML.
    """

    name: str
    title: str
    question: str
    sides: tuple[str, str]
    answers: tuple[str, ...]


def has_words(name: str) -> bool:
    """Whether there is a sheet for this lesson."""
    return (WORDS / f"{name}.md").is_file()


def sheet(
    lm: LanguageModel,
    name: str,
    notebook: NotebookNode,
    address: str = "",
    words: Path = WORDS,
) -> Sheet:
    """The sheet of an executed lesson.

    Args:
        lm: the class model, which is asked what the tasks show.
        address: where the lessons live, for the foot; without it there is none.
        words: the folder with the words.

    Raises:
        ValueError: the file of words has not two sides, or a place in it can't be
            filled; names the file.
    """
    path = words / f"{name}.md"
    own = _OfLesson(notebook)
    places = BLANK | from_text.places(lm) | from_questions.places(lm) | own.places()
    try:
        halves = turned(path.read_text(encoding="utf-8"))
        first, second = (side_of(half, places) for half in halves)
        answers = tuple(
            f"<h3>{heading}</h3>{filled(text, places)}"
            for half in halves
            for heading, text in _answers(half)
        )
    except BadPlace as error:
        raise ValueError(f"{path}: {error}") from error
    title = title_of(notebook)
    first = face.drawing(name) + first
    feet = [foot(title, side, SIDES, address) for side in (1, 2)]
    second += "".join(map(_answer_below, own.asked))
    asks = re.search(r"^# (.+)$", halves[0], re.MULTILINE)
    question = asks[1] if asks else title
    return Sheet(name, title, question, (first + feet[0], second + feet[1]), answers)


def sheets_page(
    title: str, sheets: Sequence[Sheet], paper: str = "a4", head: str = ""
) -> str:
    """A whole HTML file of one or more sheets.

    Args:
        head: HTML of sides that stand before them.
    """
    sides = "".join(
        f'<section class="side side-{number}" id="{one.name}-{number}">{side}</section>'
        for one in sheets
        for number, side in enumerate(one.sides, 1)
    )
    folder = WEB / "page"
    return (
        (folder / "sheet.html")
        .read_text(encoding="utf-8")
        .replace("{{ title }}", html.escape(title))
        .replace("{{ paper }}", paper)
        .replace("{{ size }}", PAPERS[paper])
        .replace("{{ style }}", face.style(folder / "sheet.css"))
        .replace("{{ body }}", head + sides)
    )


def turned(source: str) -> list[str]:
    """The words of both sides.

    Raises:
        BadPlace: there are more or fewer than two.
    """
    halves = _TURN.split(source)
    if len(halves) != SIDES:
        raise BadPlace(f"one line of dashes turns the page; {len(halves) - 1} do.")
    return halves


def side_of(half: str, places: Places) -> str:
    """A side part by part, each under its heading and without its answer."""
    made, task = [], 0
    for part in filter(str.strip, _PART.split(half)):
        text, *answer = _ANSWER.split(part)
        task += bool(answer)
        kind = "part task" if answer else "part"
        body = filled(text, places)
        if answer:
            body = body.replace("<h2", f'<h2 data-number="{task}"', 1)
        if "{{ remember }}" in text or "Try tonight" in text:
            kind = "part keep"
        made.append(f'<div class="{kind}">{body}</div>')
    return "".join(made)


def _answers(half: str) -> list[tuple[str, str]]:
    found = []
    for part in _PART.split(half):
        text, *answer = _ANSWER.split(part)
        heading = re.search(r"^## (.+)$", text, re.MULTILINE)
        if answer and heading:
            found.append((html.escape(heading[1]), answer[0]))
    return found


def _answer_below(asked: Question) -> str:
    """The answer of the guess, small and upside down."""
    rights = (
        f"{LETTERS[place]}, “{html.escape(choice.text)}”. "
        + html.escape(choice.why_alone)
        for place, choice in enumerate(asked.choices)
        if choice.right
    )
    return f'<p class="below">The guess: {" ".join(rights)}</p>'


class _OfLesson:
    """What a sheet takes from the lesson."""

    def __init__(self, notebook: NotebookNode):
        self._cells = {cell.id: cell for cell in notebook.cells}
        self.asked: list[Question] = []

    def places(self) -> dict[str, Callable[..., str]]:
        own = (self.guess, self.figure, self.said, self.remember)
        return {one.__name__: one for one in own}

    def guess(self, name: str) -> str:
        """A question of the quiz; its answer stands elsewhere."""
        self.asked.append(one := question(name))
        choices = "".join(
            f"<li>{BOX}<b>{LETTERS[place]}</b> {html.escape(choice.text)}</li>"
            for place, choice in enumerate(one.choices)
        )
        return (
            f'<div class="guess"><p><b>Your guess.</b> {html.escape(one.text)}</p>'
            f"<ul>{choices}</ul></div>"
        )

    def figure(self, cell: str) -> str:
        """The figure that a cell shows."""
        found = _FIGURE.search("".join(self._outputs(cell, "text/html")))
        if not found:
            raise LookupError(f"the cell {cell!r} shows no figure.")
        return f'<figure class="measured">{found[0]}</figure>'

    def said(self, cell: str, paragraph: str = "1") -> str:
        """A paragraph of what a cell says."""
        texts = "\n\n".join(self._outputs(cell, "text/markdown")).strip()
        paragraphs = re.split(r"\n\s*\n", texts)
        return f'<div class="said">{rendered(paragraphs[int(paragraph) - 1])}</div>'

    def remember(self) -> str:
        """The sentence to remember, without its first word."""
        text = self._cells["remember"].source
        found = re.search(r"\*\*Remember:\*\*\s*(.+?)(?:\n\n|\Z)", text, re.DOTALL)
        if not found:
            raise LookupError("the lesson's end has nothing under “Remember:”.")
        return f'<div class="said">{rendered(found[1])}</div>'

    def _outputs(self, cell: str, kind: str) -> list[str]:
        if cell not in self._cells:
            raise LookupError(f"the lesson has no cell {cell!r}.")
        shown = (out.get("data", {}) for out in self._cells[cell].get("outputs", []))
        found = [data[kind] for data in shown if kind in data]
        if not found:
            raise LookupError(f"the cell {cell!r} shows nothing of this kind.")
        return found
