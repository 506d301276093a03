"""An executed notebook in pieces, without what only a notebook needs.

Who reads a page runs no cell. So what speaks of that goes: the cells that a tag names,
paragraphs that ask to run something (and the code below them, which shows what came of
it), what takes some seconds, and progress bars, of which print leaves the traces.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby, pairwise

from nbformat import NotebookNode

NO_PAGE = "no-page"  # tag of a cell that makes sense in a notebook alone
OWN = "llm_lessons"  # in an output's metadata: it makes sense in a notebook alone
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
_PROGRESS = re.compile(r"\d+%\|")
_FIGURE = re.compile(r'<svg\b[^>]*role="img".*?</svg>', re.DOTALL)
REAL = "On a real model"
PARTS = (
    "Play",
    "Guess",
    "Why",
    "Measure",
    REAL,
    "Your turn",
    "Remember",
)
# The sentence to remember, in the last part of a lesson.
REMEMBER = re.compile(r"\*\*Remember:\*\*\s*(.+?)(?:\n\n|\Z)", re.DOTALL)
_RUNS = re.compile(r"\brun\s+(?:the|this|that)\s+cell\b")
_KEYS = re.compile(rf"Shift\+Enter|\bfirst\s+cell\s+has\b|{_RUNS.pattern}")
_ITEM = re.compile(r"^(?=\d+\. |- )", re.MULTILINE)
_TAKES_LONG = re.compile(r"\(?[^.:!?()]*\btakes\s+some\s+seconds\b[^.:!?()]*[.:]\)?")
# Said of a quiz in a notebook; in a page one sees it at the first tap.
_PICK_AGAIN = re.compile(r"\s+You can pick again, and each choice tells\s[^.]+\.")
_ALL_LESSONS = re.compile(r" · \[all lessons\]\([^)]+\)")  # the page's bar leads there


@dataclass(frozen=True)
class Piece:
    """A code cell, or a text up to its next heading."""

    cell: NotebookNode  # as a page shows it
    level: int = 0  # of the heading that it begins with; 0 if with none
    heading: str = ""  # that heading's text

    @property
    def is_code(self) -> bool:
        return self.cell.cell_type == "code"

    @property
    def is_figure(self) -> bool:
        return any('role="img"' in html for html in self._outputs("text/html"))

    @property
    def is_said(self) -> bool:
        """Whether it shows sentences with numbers that were measured."""
        return any(self._outputs("text/markdown"))

    @property
    def is_quiz(self) -> bool:
        """Whether it asks something before it is shown."""
        return self._is_live and self.cell.source.startswith("ll.predict(")

    @property
    def is_control(self) -> bool:
        """Whether it is something to play with."""
        asks = self.is_quiz or re.search(r"ll\.(Guess|exercise)\(", self.cell.source)
        return self._is_live and not asks

    @property
    def _is_live(self) -> bool:
        return any(map(bool, self._outputs(VIEW)))

    def _outputs(self, kind: str) -> list[str]:
        return shown_by([self.cell], self.cell.id, kind)


def shown_by(cells: Iterable[NotebookNode], name: str, kind: str) -> list[str]:
    """What a cell shows of a kind, such as "text/html".

    Raises:
        LookupError: none of the cells has this id; names it.
    """
    found = next((cell for cell in cells if cell.id == name), None)
    if found is None:
        raise LookupError(f"the lesson has no cell {name!r}.")
    shown = (output.get("data", {}) for output in found.get("outputs", []))
    return [data[kind] for data in shown if kind in data]


def figure_in(cells: Iterable[NotebookNode], name: str) -> str:
    """The figure that a cell shows, as SVG."""
    found = _FIGURE.search("".join(shown_by(cells, name, "text/html")))
    if found is None:
        raise LookupError(f"the cell {name!r} shows no figure.")
    return found[0]


def changed(cell: NotebookNode, **values: object) -> NotebookNode:
    """A copy of a cell in which these have other values."""
    return NotebookNode({**cell, **values})


def pieces(cells: list[NotebookNode]) -> list[Piece]:
    """What of these cells a page shows, in their order."""
    found: list[Piece] = []
    skips = False
    for cell in map(deepcopy, cells):
        if NO_PAGE in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            cell.source, skips = for_a_reader(cell.source)
            found += _up_to_headings(cell)
        elif not skips:
            cell.outputs = _without_traces(
                [
                    output
                    for output in cell.outputs
                    if OWN not in output.get("metadata", {})
                ]
            )
            found.append(Piece(cell))
    return found


def _up_to_headings(cell: NotebookNode) -> Iterator[Piece]:
    """A text cell, cut before each heading."""
    starts = [found.start() for found in _HEADING.finditer(cell.source)]
    cuts = sorted({0, *starts, len(cell.source)})
    for number, (start, end) in enumerate(pairwise(cuts)):
        copy = deepcopy(cell)
        copy.source = cell.source[start:end].strip()
        copy.id = f"{cell.id}-{number + 1}" if number else cell.id
        heading = _HEADING.match(copy.source)
        if heading is None:
            yield Piece(copy)
            continue
        yield Piece(copy, len(heading[1]), heading[2])


def _without_traces(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs without progress bars and warnings; what was printed in one piece."""
    kept: list[NotebookNode] = []
    for kind, group in groupby(outputs, lambda output: output.get("name")):
        if kind is None:
            kept += [
                output
                for output in group
                if output.get("data", {}).get("text/html") != ""
            ]
        elif kind == "stdout":
            first, *more = group
            text = _settled("".join(output.text for output in (first, *more)))
            if text:
                first.text = text
                kept.append(first)
    return kept


def _settled(text: str) -> str:
    """What is left on the screen of a printed text, in which bars came and went."""
    lines = []
    for line in text.split("\n"):
        states = [s for s in line.split("\r") if s.strip() and not _PROGRESS.search(s)]
        if states or not line:
            lines.append(states[-1] if states else "")
    return "\n".join(lines).strip("\n")


def for_a_reader(text: str) -> tuple[str, bool]:
    """A Markdown text without what asks to run cells or to wait for them.

    A paragraph that asks goes as a whole, and of a list the item.

    Returns:
        The text, and whether what it ended with asked to run the code below it.
    """
    blocks, asked = [], False
    for block in text.split("\n\n"):
        items = _ITEM.split(block)
        asked = bool(_RUNS.search(items[-1]))
        kept = "".join(item for item in items if not _KEYS.search(item))
        if kept != block:  # a list begins with 1, and then counts by itself
            kept = re.sub(r"^\d+\. ", "1. ", kept)
        for unneeded in (_PICK_AGAIN, _TAKES_LONG, _ALL_LESSONS):
            kept = unneeded.sub("", kept)
        blocks.append(re.sub(r" +$", "", kept, flags=re.MULTILINE))
    return "\n\n".join(block for block in blocks if block.strip()), asked
