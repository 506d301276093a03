"""All figures of each model, a column each: side by side where each has a processor.

Much of what is measured keeps one processor busy and no more: a model in a process of
its own leaves none idle.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from llm_lessons import machine
from llm_lessons.fjordby import Ledger
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons import bounds
from llm_lessons.loading import load_folder
from llm_lessons.measuring.claims import Row
from llm_lessons_starter.trouble import Trouble

MEMORY = 3 * 2**30  # bytes of a process that measures, with some to spare
PARTS = tuple(part.__name__ for part in bounds.PARTS)


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
    side_by_side: bool | None = None,
) -> Mapping[str, list[Row]]:
    """Measure the figures of each model, by its name.

    Args:
        parts: names of the parts of `bounds` to measure.
        side_by_side: in a process for each model; None: where there is room for it.
    """
    if side_by_side is None:
        side_by_side = len(models) > 1 and _has_room(len(models))
    names = [model.lm.name for model in models]
    if not side_by_side:
        return dict(zip(names, (_column(one, parts) for one in models), strict=True))
    context: Any = multiprocessing.get_context("spawn")  # XLA's threads bear no fork
    with ProcessPoolExecutor(
        len(models), context, tqdm.set_lock, (context.RLock(),)
    ) as pool:
        work = [
            pool.submit(_column_of, model.folder, parts, place, len(models))
            for place, model in enumerate(models)
        ]
        return dict(zip(names, (one.result() for one in work), strict=True))


def _has_room(processes: int) -> bool:
    memory = machine.available_memory()
    enough = memory is None or memory >= processes * MEMORY
    return enough and machine.processors() >= processes


def _column_of(
    folder: Path, parts: Sequence[str], place: int, processes: int
) -> list[Row]:
    """The figures of one of so many models, with its share of the processors."""
    if sys.platform == "linux":
        usable = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, usable[place::processes])
    return _column(read_model(folder), parts, place)


def _column(model: Model, parts: Sequence[str], place: int = 0) -> list[Row]:
    """Every figure of a model, with one bar for all of it."""
    rows: list[Row] = []
    chosen = [part for part in bounds.PARTS if part.__name__ in parts]
    with tqdm(chosen, desc=model.lm.name, file=sys.stderr, position=place) as bar:
        for part in bar:
            bar.set_postfix_str((part.__doc__ or "").split(":")[0])
            with redirect_stdout(StringIO()):  # the experiments' own bars
                rows += [figure.row() for figure in part(model.lm, model.ledger)]
    return rows
