"""The figures that steps show, as the lessons draw them: kept once they are drawn.

A lesson takes minutes to run. So a figure is taken from a run that is kept, if there is
one; else the lesson runs as far as the figure's cell. What was drawn is kept beside the
room's other files until the lesson, its experiments or the class models change.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from llm_lessons.lessons import LESSONS
from llm_lessons.paths import DATA, NOTEBOOKS, PACKAGE
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
    """

    svg: str
    alt: str
    said: str


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


def kept_figures(folder: Path, lesson: int) -> dict[str, Drawn]:
    """The figures of a lesson that are kept, by cell; none once it has changed."""
    try:
        kept = json.loads(_kept_at(folder, lesson).read_text(encoding="utf-8"))
        if kept["key"] != key_of(lesson):
            return {}
        return {cell: Drawn(**table) for cell, table in kept["figures"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def keep_figures(folder: Path, lesson: int, figures: dict[str, Drawn]) -> None:
    """Keep the figures of a lesson."""
    tables = {cell: asdict(one) for cell, one in figures.items()}
    made = json.dumps({"key": key_of(lesson), "figures": tables}, indent=1)
    _kept_at(folder, lesson).parent.mkdir(parents=True, exist_ok=True)
    write_text(_kept_at(folder, lesson), made)


def _kept_at(folder: Path, lesson: int) -> Path:
    return folder / "figures" / f"{lesson:02}.json"


def key_of(lesson: int) -> str:
    """One sha256 of what a lesson's figures come from."""
    cells = json.loads(notebook_of(lesson).read_text(encoding="utf-8"))["cells"]
    code = [[cell.get("id"), "".join(cell["source"])] for cell in cells]
    digest = hashlib.sha256(json.dumps(code).encode())  # without what it last showed
    for path in _sources(lesson):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(lesson: int) -> Iterator[Path]:
    yield PACKAGE / "figures.py"
    yield from sorted((PACKAGE / "lessons" / LESSONS[lesson]).glob("*.py"))
    for model in ("fjord", "fjord-twin"):
        yield DATA / model / "model.safetensors"


def drawn(lesson: int, steps: Iterable[Step]) -> dict[str, Drawn]:
    """The figures of a lesson, by cell, from a run of it; takes minutes without one.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
        nbclient.exceptions.CellExecutionError: the lesson does not run.
    """
    import nbformat

    from llm_lessons.pages import execution

    steps, path = list(steps), notebook_of(lesson)
    if execution.is_kept(path):
        notebook = execution.executed(path)
    else:
        notebook = nbformat.read(path, as_version=4)
        cells = [cell for step in steps for cell in _cells_of(step)]
        places = [n for n, cell in enumerate(notebook.cells) if cell.id in cells]
        notebook.cells = notebook.cells[: max(places, default=0) + 1]
        notebook = execution.run(notebook, path.parent)
    return {step.own["cell"]: figure_of(notebook, step) for step in steps}


def _cells_of(step: Step) -> list[str]:
    return [step.own[key] for key in ("cell", "said_in") if key in step.own]


def figure_of(notebook: Any, step: Step) -> Drawn:
    """What a step shows of an executed notebook.

    Raises:
        LookupError: a cell is not there, or shows no figure; names it.
    """
    shown = "".join(_outputs(notebook, step.own["cell"], "text/html"))
    svg = _FIGURE.search(shown)
    if not svg:
        raise LookupError(f"the cell {step.own['cell']!r} shows no figure.")
    label = _LABEL.search(svg[0])
    said = ""
    if "said_in" in step.own:
        text = "".join(_outputs(notebook, step.own["said_in"], "text/markdown"))
        found = _SAID.search(text)
        said = found[1] if found else ""
    return Drawn(svg[0], _unescaped(label[1] if label else ""), _unescaped(said))


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
        kept = kept_figures(folder, lesson)
        if not cells <= kept.keys():
            name = notebook_of(lesson).stem
            say(f"running lesson {name} for its figure: minutes, this once ...")
            try:
                kept = drawn(lesson, steps)
                keep_figures(folder, lesson, kept)
            except Exception as error:  # whatever a lesson may raise
                reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
                say(f"The figure of {name} is left out: {reason[0]}")
        found |= {(lesson, cell): one for cell, one in kept.items()}
    return found
