"""The figures that steps show, as the lessons draw them: kept once they are drawn.

A lesson runs as far as the figure's cell, which takes minutes; then the cell runs once
more for each language, as a screen shows it. What was drawn is kept beside the room's
other files until something changes that it comes from: `figure_sources` says what.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from textwrap import indent
from typing import Any, Self

from babel.numbers import get_decimal_symbol

from llm_lessons.languages import languages, tells
from llm_lessons.lessons import LESSONS
from llm_lessons.paths import NOTEBOOKS
from llm_lessons.room import figure_sources
from llm_lessons.room.decks import Deck, Step
from llm_lessons_starter.atomic import write_text

_FIGURE = re.compile(r'<svg\b[^>]*role="img".*?</svg>', re.DOTALL)
_LABEL = re.compile(r'aria-label="([^"]*)"')
_SAID = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Drawn:
    """A figure of a lesson.

    Attributes:
        svg: the drawing.
        alt: the drawing in words.
        said: what it says, in one sentence with its numbers; "" if no cell says it.
        walls: the drawing as a screen shows it, by the language's code.
    """

    svg: str
    alt: str
    said: str
    walls: dict[str, str] = field(default_factory=dict)

    def on_the_wall(self, language: str) -> Self:
        """The figure with the drawing that a screen shows."""
        return replace(self, svg=self.walls.get(language, self.svg))


def asked_for(decks: Iterable[Deck]) -> dict[int, list[Step]]:
    """The steps that show a figure, by lesson; each figure once."""
    found: dict[tuple[int, str], Step] = {}
    for deck in decks:
        for step in deck.steps:
            if step.kind == "figure" and step.lesson is not None:
                found.setdefault((step.lesson, step.own["cell"]), step)
    by_lesson: dict[int, list[Step]] = {}
    for (lesson, _), step in sorted(found.items()):
        by_lesson.setdefault(lesson, []).append(step)
    return by_lesson


def notebook_of(lesson: int) -> Path:
    """The notebook of a lesson."""
    return NOTEBOOKS / f"{lesson:02}_{LESSONS[lesson]}.ipynb"


def kept_figures(folder: Path, lesson: int, steps: Iterable[Step]) -> dict[str, Drawn]:
    """The figures of a lesson that are kept, by cell; none once it has changed."""
    try:
        kept = json.loads(_kept_at(folder, lesson).read_text(encoding="utf-8"))
        if kept["key"] != key_of(lesson, steps):
            return {}
        return {cell: Drawn(**table) for cell, table in kept["figures"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def keep_figures(
    folder: Path, lesson: int, steps: Iterable[Step], figures: dict[str, Drawn]
) -> None:
    """Keep the figures of a lesson."""
    tables = {cell: asdict(one) for cell, one in figures.items()}
    made = json.dumps({"key": key_of(lesson, steps), "figures": tables}, indent=1)
    _kept_at(folder, lesson).parent.mkdir(parents=True, exist_ok=True)
    write_text(_kept_at(folder, lesson), made)


def _kept_at(folder: Path, lesson: int) -> Path:
    return folder / "figures" / f"{lesson:02}.json"


def key_of(lesson: int, steps: Iterable[Step]) -> str:
    """One sha256 of what these figures of a lesson come from."""
    path = notebook_of(lesson)
    told = [_words_in(step, code) for step in steps for code in languages()]
    code = json.dumps([figure_sources.code_of(path), told])
    digest = hashlib.sha256(code.encode())
    for source in figure_sources.sources(path):
        content = hashlib.sha256(source.read_bytes()).digest()
        digest.update(source.name.encode() + content)
    return digest.hexdigest()


def _words_in(step: Step, language: str) -> tuple[dict[str, str], str]:
    """What the words in a figure are in a language, and its sign before decimals."""
    tell = tells(language)
    names = {label: tell(label) for label in step.labels}
    try:
        return names, get_decimal_symbol(language)
    except ValueError:  # a language that Babel doesn't know
        return names, "."


def drawn(lesson: int, steps: Iterable[Step]) -> dict[str, Drawn]:
    """The figures of a lesson, by cell, from a run of it, which takes minutes.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
        nbclient.exceptions.CellExecutionError: the lesson does not run.
    """
    import nbformat

    from llm_lessons.pages import execution

    steps, path = list(steps), notebook_of(lesson)
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for step in steps for cell in _cells_of(step)]
    places = [n for n, cell in enumerate(notebook.cells) if cell.id in cells]
    notebook.cells = notebook.cells[: max(places, default=0) + 1]
    sources = {cell.id: cell.source for cell in notebook.cells}
    for step in steps:
        for code in languages():
            source = _for_a_wall(step, code, sources.get(step.own["cell"], "pass"))
            name = _wall_of(step, code)
            notebook.cells.append(nbformat.v4.new_code_cell(source, id=name))
    notebook = execution.run(notebook, path.parent)
    return {step.own["cell"]: figure_of(notebook, step) for step in steps}


def _for_a_wall(step: Step, language: str, source: str) -> str:
    """A cell that draws a figure's cell once more, in a language."""
    names, decimal = _words_in(step, language)
    return (
        "from llm_lessons.room.walls import on_the_wall\n\n"
        f"with on_the_wall({names!r}, {decimal!r}):\n{indent(source, '    ')}"
    )


def _wall_of(step: Step, language: str) -> str:
    return f"{step.own['cell']}-on-a-wall-{language}"


def _cells_of(step: Step) -> list[str]:
    return [step.own[key] for key in ("cell", "said_in") if key in step.own]


def figure_of(notebook: Any, step: Step) -> Drawn:
    """What a step shows of an executed notebook.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
    """
    svg = _svg(notebook, step.own["cell"])
    label = _LABEL.search(svg)
    names = {code: _wall_of(step, code) for code in languages()}
    there = {cell.id for cell in notebook.cells}
    walls = {
        code: _svg(notebook, name) for code, name in names.items() if name in there
    }
    said = ""
    if "said_in" in step.own:
        text = "".join(_outputs(notebook, step.own["said_in"], "text/markdown"))
        found = _SAID.search(text)
        said = found[1] if found else ""
    alt = _unescaped(label[1] if label else "")
    return Drawn(svg, alt, _unescaped(said), walls)


def _svg(notebook: Any, cell: str) -> str:
    svg = _FIGURE.search("".join(_outputs(notebook, cell, "text/html")))
    if not svg:
        raise LookupError(f"the cell {cell!r} shows no figure.")
    return svg[0]


def _unescaped(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _outputs(notebook: Any, cell: str, kind: str) -> Iterator[str]:
    found = [one for one in notebook.cells if one.id == cell]
    if not found:
        raise LookupError(f"the lesson has no cell {cell!r}.")
    for output in found[0].get("outputs", []):
        text = output.get("data", {}).get(kind, "")
        yield text if isinstance(text, str) else "".join(text)


def figures(
    folder: Path, decks: Iterable[Deck], say: Callable[[str], object]
) -> dict[tuple[int, str], Drawn]:
    """All figures of these decks, by lesson and cell; runs lessons where it has to.

    What fails is said in a sentence, and left out: the evening is not to fail by it.
    """
    found: dict[tuple[int, str], Drawn] = {}
    for lesson, steps in asked_for(decks).items():
        cells = {step.own["cell"] for step in steps}
        kept = kept_figures(folder, lesson, steps)
        if not cells <= kept.keys():
            name = notebook_of(lesson).stem
            say(f"running lesson {name} for its figure: minutes, this once ...")
            try:
                kept = drawn(lesson, steps)
                keep_figures(folder, lesson, steps, kept)
            except Exception as error:  # whatever a lesson may raise
                reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
                say(f"The figure of {name} is left out: {reason[0]}")
        found |= {(lesson, cell): one for cell, one in kept.items()}
    return found
