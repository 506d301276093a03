"""The figures that steps show, as the lessons draw them: kept once they are drawn.

A lesson runs as far as the figure's cell, which takes minutes; then the cell runs once
more for each language, as a screen shows it. What was drawn is kept beside the room's
other files until something changes that it comes from, as `pages/sources.py` tells it.
Where a lesson runs for its page, the cell runs once more along with it.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from textwrap import indent

import nbformat
from babel.numbers import get_decimal_symbol
from nbformat import NotebookNode

from llm_lessons.foundation.languages import languages, translator
from llm_lessons.foundation.paths import PACKAGE
from llm_lessons.pages.pieces import figure_in, shown_by
from llm_lessons.pages.sources import fingerprint
from llm_lessons_room.content.decks import Deck
from llm_lessons_room.content.kinds import Drawn
from llm_lessons_room.content.texts import notebook_of
from llm_lessons_room.parts.plan import Planned
from llm_lessons_starter.atomic import write_text

_LABEL = re.compile(r'aria-label="([^"]*)"')
WALLS = "from llm_lessons.pages.walls import on_the_wall"
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def figures_by_lesson(decks: Iterable[Deck]) -> dict[int, list[Planned]]:
    """The steps that show a figure, by lesson; each figure once."""
    steps: dict[tuple[int, str], Planned] = {}
    for deck in decks:
        for step in deck.steps:
            if step.kind == "figure" and step.lesson is not None:
                steps.setdefault((step.lesson, step.own["cell"]), step)
    by_lesson: dict[int, list[Planned]] = {}
    for (lesson, _), step in sorted(steps.items()):
        by_lesson.setdefault(lesson, []).append(step)
    return by_lesson


def load_figures(
    folder: Path, lesson: int, steps: Iterable[Planned]
) -> dict[str, Drawn]:
    """The figures of a lesson that are kept, by cell; none once it has changed."""
    try:
        saved = json.loads(_path(folder, lesson).read_text(encoding="utf-8"))
        if saved["key"] != fingerprint_of(lesson, steps):
            return {}
        return {cell: Drawn(**table) for cell, table in saved["figures"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def save_figures(
    folder: Path, lesson: int, steps: Iterable[Planned], figures: dict[str, Drawn]
) -> None:
    tables = {cell: asdict(figure) for cell, figure in figures.items()}
    saved = {"key": fingerprint_of(lesson, steps), "figures": tables}
    _path(folder, lesson).parent.mkdir(parents=True, exist_ok=True)
    write_text(_path(folder, lesson), json.dumps(saved, indent=1))


def _path(folder: Path, lesson: int) -> Path:
    return folder / "figures" / f"{lesson:02}.json"


def fingerprint_of(lesson: int, steps: Iterable[Planned]) -> str:
    """One sha256 of what these figures of a lesson come from."""
    words = [_translated_words(step, code) for step in steps for code in languages()]
    walls = (PACKAGE / "pages" / "walls.py").read_text(encoding="utf-8")
    return fingerprint(notebook_of(lesson), f"{walls}\n{words!r}")


def _translated_words(step: Planned, language: str) -> tuple[dict[str, str], str]:
    """The words in a figure in a language, and its decimal sign."""
    translate = translator(language)
    names = {label: translate(label) for label in step.labels}
    return names, get_decimal_symbol(language)


def draw(lesson: int, steps: Iterable[Planned]) -> dict[str, Drawn]:
    """The figures of a lesson, by cell, from a run of it, which takes minutes.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
        Stopped: the lesson does not run.
    """
    from llm_lessons.pages import execution

    steps, path = list(steps), notebook_of(lesson)
    notebook = nbformat.read(path, as_version=4)
    own = ("cell", "said_in")
    cells = {step.own[key] for step in steps for key in own if key in step.own}
    places = [n for n, cell in enumerate(notebook.cells) if cell.id in cells]
    notebook.cells = notebook.cells[: max(places, default=0) + 1]
    for behind in _wall_cells(notebook, steps).values():
        notebook.cells += behind
    ran = execution.run(notebook, path.parent)
    return {step.own["cell"]: figure_of(ran.cells, step) for step in steps}


def wall_cells(
    folder: Path, decks: Iterable[Deck]
) -> dict[Path, dict[str, list[NotebookNode]]]:
    """Cells that draw missing figures for screens, by notebook and cell before them."""
    return {
        path: _wall_cells(nbformat.read(path, as_version=4), steps)
        for lesson, steps in figures_by_lesson(decks).items()
        if not load_figures(folder, lesson, steps)
        and (path := notebook_of(lesson)).exists()
    }


def save_drawn(
    folder: Path, decks: Iterable[Deck], path: Path, cells: Sequence[NotebookNode]
) -> None:
    """Keep a lesson's figures from a run of it that had these cells; not half of them.

    Args:
        path: of its notebook.
        cells: its own, and those of `wall_cells`.
    """
    for lesson, steps in figures_by_lesson(decks).items():
        if notebook_of(lesson) == path:
            with suppress(LookupError, OSError):
                drawn = {step.own["cell"]: figure_of(cells, step) for step in steps}
                save_figures(folder, lesson, steps, drawn)


def _wall_cells(
    notebook: NotebookNode, steps: Iterable[Planned]
) -> dict[str, list[NotebookNode]]:
    sources = {cell.id: cell.source for cell in notebook.cells}
    return {
        (name := step.own["cell"]): [
            nbformat.v4.new_code_cell(
                _wall_source(step, code, sources.get(name, "pass")),
                id=_wall_id(step, code),
                metadata={"tags": ["raises-exception"]},  # the lesson goes on without
            )
            for code in languages()
        ]
        for step in steps
    }


def _wall_source(step: Planned, language: str, source: str) -> str:
    """A cell that draws a figure's cell once more, in a language."""
    names, decimal = _translated_words(step, language)
    begin = f"with on_the_wall({names!r}, {decimal!r}):"
    return f"{WALLS}\n\n{begin}\n{indent(source, '    ')}"


def _wall_id(step: Planned, language: str) -> str:
    return f"{step.own['cell']}-on-a-wall-{language}"


def figure_of(cells: Sequence[NotebookNode], step: Planned) -> Drawn:
    """What a step shows of a notebook's cells that ran.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
    """
    svg = figure_in(cells, step.own["cell"])
    label = _LABEL.search(svg)
    names = {code: _wall_id(step, code) for code in languages()}
    present = {cell.id for cell in cells}
    walls = {c: figure_in(cells, name) for c, name in names.items() if name in present}
    said = ""
    if "said_in" in step.own:
        text = "".join(shown_by(cells, step.own["said_in"], "text/markdown"))
        bold = BOLD.search(text)
        said = bold[1] if bold else ""
    alt = _unescape(label[1] if label else "")
    return Drawn(svg, alt, _unescape(said), walls)


def _unescape(text: str) -> str:
    return " ".join(html.unescape(text).split())


def load_all(folder: Path, decks: Iterable[Deck]) -> dict[tuple[int, str], Drawn]:
    """The figures of these decks that are kept, by lesson and cell."""
    return {
        (lesson, cell): figure
        for lesson, steps in figures_by_lesson(decks).items()
        for cell, figure in load_figures(folder, lesson, steps).items()
    }


def draw_missing(
    folder: Path, decks: Iterable[Deck], say: Callable[[str], object]
) -> Iterator[dict[tuple[int, str], Drawn]]:
    """Run the lessons whose figures aren't kept; all figures so far, after each.

    What fails is said in a sentence, and left out: the evening is not to fail by it.
    """
    figures = load_all(folder, decks := tuple(decks))
    yield figures
    for lesson, steps in figures_by_lesson(decks).items():
        if all((lesson, step.own["cell"]) in figures for step in steps):
            continue
        name = notebook_of(lesson).stem
        say(f"running lesson {name} for its figure: minutes, this once ...")
        try:
            drawn = draw(lesson, steps)
            figures |= {(lesson, cell): figure for cell, figure in drawn.items()}
            save_figures(folder, lesson, steps, drawn)
        except Exception as error:  # whatever a lesson may raise
            say(f"The figure of {name} is left out: {error}")
        yield figures
