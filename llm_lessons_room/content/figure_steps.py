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

from llm_lessons.foundation.languages import languages, tells
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
_SAID = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def asked_for(decks: Iterable[Deck]) -> dict[int, list[Planned]]:
    """The steps that show a figure, by lesson; each figure once."""
    found: dict[tuple[int, str], Planned] = {}
    for deck in decks:
        for step in deck.steps:
            if step.kind == "figure" and step.lesson is not None:
                found.setdefault((step.lesson, step.own["cell"]), step)
    by_lesson: dict[int, list[Planned]] = {}
    for (lesson, _), step in sorted(found.items()):
        by_lesson.setdefault(lesson, []).append(step)
    return by_lesson


def kept_figures(
    folder: Path, lesson: int, steps: Iterable[Planned]
) -> dict[str, Drawn]:
    """The figures of a lesson that are kept, by cell; none once it has changed."""
    try:
        kept = json.loads(_kept_at(folder, lesson).read_text(encoding="utf-8"))
        if kept["key"] != key_of(lesson, steps):
            return {}
        return {cell: Drawn(**table) for cell, table in kept["figures"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def keep_figures(
    folder: Path, lesson: int, steps: Iterable[Planned], figures: dict[str, Drawn]
) -> None:
    tables = {cell: asdict(one) for cell, one in figures.items()}
    made = json.dumps({"key": key_of(lesson, steps), "figures": tables}, indent=1)
    _kept_at(folder, lesson).parent.mkdir(parents=True, exist_ok=True)
    write_text(_kept_at(folder, lesson), made)


def _kept_at(folder: Path, lesson: int) -> Path:
    return folder / "figures" / f"{lesson:02}.json"


def key_of(lesson: int, steps: Iterable[Planned]) -> str:
    """One sha256 of what these figures of a lesson come from."""
    told = [_words_in(step, code) for step in steps for code in languages()]
    walls = (PACKAGE / "pages" / "walls.py").read_text(encoding="utf-8")
    return fingerprint(notebook_of(lesson), f"{walls}\n{told!r}")


def _words_in(step: Planned, language: str) -> tuple[dict[str, str], str]:
    """What the words in a figure are in a language, and its sign before decimals."""
    tell = tells(language)
    names = {label: tell(label) for label in step.labels}
    return names, get_decimal_symbol(language)


def drawn(lesson: int, steps: Iterable[Planned]) -> dict[str, Drawn]:
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
    for behind in _for_walls(notebook, steps).values():
        notebook.cells += behind
    ran = execution.run(notebook, path.parent)
    return {step.own["cell"]: figure_of(ran.cells, step) for step in steps}


def cells_for_walls(
    folder: Path, decks: Iterable[Deck]
) -> dict[Path, dict[str, list[NotebookNode]]]:
    """For lessons of which a figure is not kept: cells that draw it for screens.

    By notebook, and by the id of the figure's cell, behind which they are to run.
    """
    return {
        path: _for_walls(nbformat.read(path, as_version=4), steps)
        for lesson, steps in asked_for(decks).items()
        if not kept_figures(folder, lesson, steps)
        and (path := notebook_of(lesson)).exists()
    }


def keep_drawn(
    folder: Path, decks: Iterable[Deck], path: Path, cells: Sequence[NotebookNode]
) -> None:
    """Keep a lesson's figures from a run of it that had these cells; not half of them.

    Args:
        path: of its notebook.
        cells: its own, and those of `cells_for_walls`.
    """
    for lesson, steps in asked_for(decks).items():
        if notebook_of(lesson) == path:
            with suppress(LookupError, OSError):
                made = {step.own["cell"]: figure_of(cells, step) for step in steps}
                keep_figures(folder, lesson, steps, made)


def _for_walls(
    notebook: NotebookNode, steps: Iterable[Planned]
) -> dict[str, list[NotebookNode]]:
    sources = {cell.id: cell.source for cell in notebook.cells}
    return {
        (name := step.own["cell"]): [
            nbformat.v4.new_code_cell(
                _for_a_wall(step, code, sources.get(name, "pass")),
                id=_wall_of(step, code),
                metadata={"tags": ["raises-exception"]},  # the lesson goes on without
            )
            for code in languages()
        ]
        for step in steps
    }


def _for_a_wall(step: Planned, language: str, source: str) -> str:
    """A cell that draws a figure's cell once more, in a language."""
    names, decimal = _words_in(step, language)
    begin = f"with on_the_wall({names!r}, {decimal!r}):"
    return f"{WALLS}\n\n{begin}\n{indent(source, '    ')}"


def _wall_of(step: Planned, language: str) -> str:
    return f"{step.own['cell']}-on-a-wall-{language}"


def figure_of(cells: Sequence[NotebookNode], step: Planned) -> Drawn:
    """What a step shows of a notebook's cells that ran.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
    """
    svg = figure_in(cells, step.own["cell"])
    label = _LABEL.search(svg)
    names = {code: _wall_of(step, code) for code in languages()}
    there = {cell.id for cell in cells}
    walls = {c: figure_in(cells, name) for c, name in names.items() if name in there}
    said = ""
    if "said_in" in step.own:
        text = "".join(shown_by(cells, step.own["said_in"], "text/markdown"))
        found = _SAID.search(text)
        said = found[1] if found else ""
    alt = _unescaped(label[1] if label else "")
    return Drawn(svg, alt, _unescaped(said), walls)


def _unescaped(text: str) -> str:
    return " ".join(html.unescape(text).split())


def at_hand(folder: Path, decks: Iterable[Deck]) -> dict[tuple[int, str], Drawn]:
    """The figures of these decks that are kept, by lesson and cell."""
    return {
        (lesson, cell): one
        for lesson, steps in asked_for(decks).items()
        for cell, one in kept_figures(folder, lesson, steps).items()
    }


def drawing(
    folder: Path, decks: Iterable[Deck], say: Callable[[str], object]
) -> Iterator[dict[tuple[int, str], Drawn]]:
    """Run the lessons whose figures aren't kept; all figures so far, after each.

    What fails is said in a sentence, and left out: the evening is not to fail by it.
    """
    found = at_hand(folder, decks := tuple(decks))
    yield found
    for lesson, steps in asked_for(decks).items():
        if all((lesson, step.own["cell"]) in found for step in steps):
            continue
        name = notebook_of(lesson).stem
        say(f"running lesson {name} for its figure: minutes, this once ...")
        try:
            made = drawn(lesson, steps)
            found |= {(lesson, cell): one for cell, one in made.items()}
            keep_figures(folder, lesson, steps, made)
        except Exception as error:  # whatever a lesson may raise
            say(f"The figure of {name} is left out: {error}")
        yield found
