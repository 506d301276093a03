"""Measure every claim on the class model and its twin: `python -m llm_lessons.lessons`.

The exit code is 1 where a goal is missed.
"""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from llm_lessons.foundation.commands import Parser
from llm_lessons.foundation.paths import DATA
from llm_lessons.lessons.card import CARD, card, rows_kept
from llm_lessons.lessons.columns import (
    EXPERIMENTS,
    PARTS,
    columns,
    keep,
    read_model,
)
from llm_lessons.lessons.lossy_zip import sizes
from llm_lessons.measuring.claims import Columns, goals, table
from llm_lessons.training.writing import check_folder, writing
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble

EVERY_PART = (*EXPERIMENTS, *PARTS)
FOLDERS = (DATA / "fjord", DATA / "fjord-twin")


def parse(arguments: Sequence[str]) -> Namespace:
    """The settings of `check`; places to write to are tried before all is measured.

    Raises:
        Trouble: there is nonsense in them, or nothing can be written there.
    """
    parser = Parser("check", __doc__)
    parser.add_argument(
        "--folder",
        type=Path,
        nargs="+",
        default=FOLDERS,
        help="models to measure (the class model and its twin)",
    )
    parser.add_argument(
        "--card",
        action="store_true",
        help=f"write {CARD} into the first folder; with --part its other rows stay",
    )
    parser.add_argument(
        "--part",
        nargs="+",
        choices=EVERY_PART,
        default=EVERY_PART,
        metavar="PART",
        help="measure these only, of what is kept in data/measured, which comes first, "
        f"or of the card: {', '.join(EVERY_PART)}",
    )
    settings = parser.parse_args(arguments)
    if settings.card and settings.folder[0].is_dir():
        check_folder(settings.folder[0])
    return settings


def check(settings: Namespace) -> int:
    """Measure what was asked for, print its rows, and write the card."""
    began = time.monotonic()
    models = [read_model(folder) for folder in settings.folder]
    others: Mapping[str, Columns] = {}
    if settings.card and settings.part is not EVERY_PART:
        others = rows_kept(models)
        if missing := {*PARTS} - {*others, *settings.part}:
            names = " ".join(sorted(missing))
            raise Trouble(f"The card has no rows of these yet: --part {names} as well.")
    experiments = [name for name in settings.part if name in EXPERIMENTS]
    # another model's results are not the lessons'
    if experiments and settings.folder is FOLDERS:
        for line in keep(experiments):
            print(line)
    parts = [name for name in settings.part if name in PARTS]
    if settings.card and "zipped" in parts:  # which reads it
        _write_packed(models[0].folder)
    measured = columns(models, parts) if parts else {}
    for name, rows in measured.items():
        print(f"### {name}\n\n{table(rows)}")
    if settings.card:
        with writing(path := models[0].folder / CARD):
            write_text(path, card(models, {**others, **measured}))
    if not measured:
        return 0
    missed, count = map(sum, zip(*goals(measured.values()).values(), strict=True))
    seconds = time.monotonic() - began
    print(
        f"{count} goal{'s' * (count != 1)}, {missed} missed; it took {seconds:.0f} s."
    )
    return int(missed > 0)


def _write_packed(folder: Path) -> None:
    packed = json.dumps(sizes.packed(), indent=1) + "\n"
    with writing(path := folder / sizes.STORED.name):
        write_text(path, packed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return carry_out(lambda: check(parse(words)))


if __name__ == "__main__":
    sys.exit(main())
