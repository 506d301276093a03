"""Run a notebook once, and keep the result as long as nothing changes."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from llm_lessons.foundation.languages import ENGLISH, language_of, words_of
from llm_lessons.foundation.paths import BUILD, NOTEBOOKS
from llm_lessons.pages import kernels
from llm_lessons.pages.kernels import Job, Stopped
from llm_lessons.pages.sources import fingerprint
from llm_lessons_starter.lessons import lessons_in

KEPT = BUILD / "executed"

type More = Mapping[str, Sequence[NotebookNode]]  # cells, by the id of that before them

# Between these two a warning is an error; the kernel's own end is not our matter.
FIRST = "import warnings; warnings.simplefilter('error')"
LAST = "import warnings; warnings.simplefilter('ignore')"


def lessons() -> list[Path]:
    """The notebooks of the series, in order; not the copies that learners keep."""
    return lessons_in(NOTEBOOKS)


def executed(path: Path, kept: Path = KEPT) -> NotebookNode:
    """The notebook after a run from top to bottom, in which every warning stops it.

    The state of its widgets is in its metadata. A run is kept in the folder `kept`, and
    used again until something changes that it comes from (`sources`); where nothing can
    be written, it is not kept.

    Raises:
        Stopped: it did not run to its end.
    """
    [ran] = all_executed([path], kept=kept)
    if ran.notebook is None:
        raise ran.stopped or Stopped()
    return ran.notebook


class Ran(NamedTuple):
    """A lesson that ran."""

    path: Path  # of its notebook
    notebook: NotebookNode | None  # after the run; None if it did not come to its end
    more: Sequence[NotebookNode] = ()  # cells that ran with it and are no part of it
    stopped: Stopped | None = None  # why it did not come to its end


def all_executed(
    paths: Sequence[Path],
    more: Mapping[Path, More] | None = None,
    kept: Path = KEPT,
    language: str = ENGLISH,
) -> Iterator[Ran]:
    """Each notebook as `executed` gives it: those kept, then the others as they end.

    They run side by side, as many as the machine has processors and memory for. One
    that stops leaves the others alone.

    Args:
        more: of a notebook that has to run: cells to run behind some of its own.
        language: of figures and sentences, in the lessons that have a catalog for it.
    """
    stamps, places, jobs, others = {}, {}, {}, {}
    for path in paths:
        own = language_of(path.stem, language)
        stamps[path] = fingerprint(path, told=words_of(own))
        places[path] = (kept if own == ENGLISH else kept / own) / path.name
        if _stamp_of(places[path]) == stamps[path]:
            yield Ran(path, nbformat.read(places[path], as_version=4))
            continue
        notebook = nbformat.read(path, as_version=4)
        behind = (more or {}).get(path, {})
        others[path] = {cell.id for cells in behind.values() for cell in cells}
        notebook.cells = [
            part for cell in notebook.cells for part in (cell, *behind.get(cell.id, ()))
        ]
        jobs[path] = Job(framed(notebook), path.parent, own)
    for path, result in kernels.ran(jobs, kernels.at_once()):
        if isinstance(result, Stopped):
            yield Ran(path, None, stopped=result)
            continue
        cells = unframed(result).cells
        result.cells = [cell for cell in cells if cell.id not in others[path]]
        _write(result, stamps[path], places[path])
        yield Ran(path, result, [cell for cell in cells if cell.id in others[path]])


def is_kept(path: Path, kept: Path = KEPT) -> bool:
    """Whether a run is kept, and nothing has changed that it came from."""
    return _stamp_of(kept / path.name) == fingerprint(path)


def keep(path: Path, notebook: NotebookNode, kept: Path = KEPT) -> None:
    """Keep a run of this notebook, whoever ran it."""
    _write(notebook, fingerprint(path), kept / path.name)


def _stamp_of(place: Path) -> str | None:
    """What the run that is kept there came from; None if there is none."""
    with contextlib.suppress(OSError):
        return place.with_suffix(".sha256").read_text()
    return None


def _write(notebook: NotebookNode, stamp: str, place: Path) -> None:
    """Keep a run; where nothing can be written, don't."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, place)
        place.with_suffix(".sha256").write_text(stamp)


def framed(notebook: NotebookNode) -> NotebookNode:
    """The notebook between two cells that make every warning an error, and end that."""
    first, last = (nbformat.v4.new_code_cell(source) for source in (FIRST, LAST))
    notebook.cells = [first, *notebook.cells, last]
    return notebook


def unframed(notebook: NotebookNode) -> NotebookNode:
    """The same without these two cells."""
    notebook.cells = notebook.cells[1:-1]
    return notebook


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook from top to bottom, in a kernel of its own in this folder.

    Raises:
        Stopped: it did not run to its end.
    """
    [(_, result)] = kernels.ran({folder: Job(framed(notebook), folder)})
    if isinstance(result, Stopped):
        raise result
    return unframed(result)
