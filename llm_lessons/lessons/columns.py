"""What `check` measures, part by part, each in a process of its own.

Much of what is measured keeps one processor busy and no more: parts in processes of
their own leave none idle. A part is measured on each model in the same process, which
compiles for the second what it has for the first.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import contextmanager, redirect_stdout
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from llm_lessons.fjordby import Ledger
from llm_lessons.foundation import allocator, machine
from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load, load_folder
from llm_lessons.lessons import bounds
from llm_lessons.measuring import kept
from llm_lessons.measuring.claims import Columns
from llm_lessons_starter.trouble import Trouble

MEMORY = 3 * 2**30  # bytes of a process that measures, with some to spare
PARTS = tuple(part.__name__ for part in bounds.PARTS)
EXPERIMENTS = tuple(experiment.name for experiment in bounds.EXPERIMENTS)


class Model(NamedTuple):
    """A model with the ledger of what it read, from one folder."""

    lm: LanguageModel
    ledger: Ledger
    folder: Path


def read_model(folder: Path) -> Model:
    """A model, and the ledger of what it read.

    Raises:
        Trouble: one of its files is missing or damaged.
    """
    try:
        lm = load_folder(folder)
    except ValueError as error:
        raise Trouble(str(error)) from error
    path = folder / "ledger.json"
    try:
        ledger = Ledger.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Trouble(
            f"{path} is missing or damaged, and says what the model has read: restore "
            "it from the repository, or train the model anew."
        ) from error
    return Model(lm, ledger, folder)


def columns(
    models: Sequence[Model],
    parts: Sequence[str] = PARTS,
    processes: int | None = None,
) -> dict[str, Columns]:
    """Measure the rows of each part, by its name.

    Args:
        parts: names of the parts of `bounds` to measure.
        processes: that measure side by side; None: as many as there is room for.
    """
    folders = [model.folder for model in models]
    jobs = [partial(_measured, folders, part) for part in PARTS if part in parts]
    measured = dict(done(jobs, "measuring", processes))
    return {part: measured[part] for part in PARTS if part in measured}


def keep(names: Sequence[str], processes: int | None = None) -> list[str]:
    """Measure these experiments anew, and write their files in `data/measured`.

    Returns:
        A line for each: how long it took, or why it was left out.
    """
    chosen = [each for each in bounds.EXPERIMENTS if each.name in names]
    ordered = sorted(chosen, key=kept.taken, reverse=True)
    jobs = [partial(_kept, each.name) for each in ordered]
    return [*done(jobs, "measuring what is kept", processes)]


def done[R](
    jobs: Sequence[Callable[[], R]], what: str, processes: int | None = None
) -> Iterator[R]:
    """The results of jobs as they are done, one a process, and a bar meanwhile.

    Args:
        processes: side by side; None: as many as there is room for.
    """
    count = min(len(jobs), processes or _room())
    with tqdm(total=len(jobs), desc=what, file=sys.stderr) as bar:
        for result in (
            _side_by_side(jobs, count, bar) if count > 1 else (job() for job in jobs)
        ):
            yield result
            bar.update()


def _room() -> int:
    """Processes for which there are processors and memory, at least one."""
    memory, most = machine.available_memory(), machine.processors()
    return max(1, most if memory is None else min(most, memory // MEMORY))


def _side_by_side[R](
    jobs: Sequence[Callable[[], R]], processes: int, bar: "tqdm[Any]"
) -> Iterator[R]:
    """What each job comes to, as they are done; the bar's time goes on meanwhile."""
    context: Any = multiprocessing.get_context("spawn")  # XLA's threads bear no fork
    places = context.Queue()
    for place in range(processes):
        places.put(place)
    settle = (places, processes)
    with (
        ProcessPoolExecutor(processes, context, _settle, settle) as pool,
        _environment(allocator.KEEPS_ALL),
    ):
        going = {pool.submit(job) for job in jobs}
        while going:
            ended, going = wait(going, timeout=1)
            bar.refresh()
            yield from (job.result() for job in ended)


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    """For processes that are begun meanwhile; what stands there already is left."""
    own = more.keys() - os.environ.keys()
    os.environ.update((name, more[name]) for name in own)
    try:
        yield
    finally:
        for name in own:
            del os.environ[name]


def _settle(places: Any, processes: int) -> None:
    """A new process takes its share of the processors."""
    if sys.platform == "linux":
        usable = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, usable[places.get() :: processes])


_read_once = cache(read_model)


def _measured(folders: Sequence[Path], name: str) -> tuple[str, Columns]:
    """A part's name, and its rows on each model."""
    part = bounds.PARTS[PARTS.index(name)]
    with redirect_stdout(StringIO()):  # the experiments' own bars
        return name, {
            lm.name: [figure.row() for figure in part(lm, ledger)]
            for lm, ledger, _ in map(_read_once, folders)
        }


def _kept(name: str) -> str:
    """Measures an experiment on all of its models: they share a file."""
    experiment = bounds.EXPERIMENTS[EXPERIMENTS.index(name)]
    seconds = 0.0
    for group in experiment.models:
        try:
            with redirect_stdout(StringIO()):
                models = [load(model) for model in group]
                seconds += kept.measure_and_keep(experiment, models).seconds
        except NotInstalled as missing:
            return f"{name} is left as it was. {missing}"
    return f"{name}: {seconds:.0f} s"
