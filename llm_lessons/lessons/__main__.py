"""Measure every claim on the class model and its twin: `python -m llm_lessons.lessons`.

The exit code is 1 where a bound is not kept.
"""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from llm_lessons.foundation.commands import Parser
from llm_lessons.foundation.paths import DATA
from llm_lessons.lessons import kept
from llm_lessons.lessons.card import card
from llm_lessons.lessons.columns import PARTS, columns, read_model
from llm_lessons.lessons.lossy_zip import sizes
from llm_lessons.measuring.claims import table
from llm_lessons.training.writing import check_folder, writing
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble

EVERY_PART = (*PARTS, *kept.NAMES)
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
        "--card", action="store_true", help="write MODEL_CARD.md into the first folder"
    )
    parser.add_argument(
        "--part",
        nargs="+",
        choices=EVERY_PART,
        default=EVERY_PART,
        metavar="PART",
        help="measure these parts only, of the table or of what is kept in "
        f"data/measured: {', '.join(EVERY_PART)}",
    )
    settings = parser.parse_args(arguments)
    if settings.card and settings.part is not EVERY_PART:
        raise Trouble("A card tells every figure: leave out --part, or --card.")
    if settings.card and settings.folder[0].is_dir():
        check_folder(settings.folder[0])
    return settings


def check(settings: Namespace) -> int:
    """Measure every figure, print the table, and write what was asked for."""
    began = time.monotonic()
    models = [read_model(folder) for folder in settings.folder]
    parts = [part for part in settings.part if part in PARTS]
    found = columns(models, parts) if parts else {}
    if found:
        print(table(found))
    if settings.card:  # before what takes longest
        folder = models[0].folder
        with writing(folder / "MODEL_CARD.md"):
            write_text(folder / "MODEL_CARD.md", card(models, found))
        packed = json.dumps(sizes.packed(), indent=1) + "\n"
        write_text(folder / sizes.STORED.name, packed)
    if settings.folder is FOLDERS:  # another model's results are not the lessons'
        for line in kept.keep([part for part in settings.part if part in kept.NAMES]):
            print(line)
    rows = [row for column in found.values() for row in column]
    if not rows:
        return 0
    missed = sum(not row.kept for row in rows)
    print(f"{len(rows)} figures in {time.monotonic() - began:.0f} s, ", end="")
    print(f"{missed} of them outside their bounds." if missed else "all within bounds.")
    return int(missed > 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return carry_out(lambda: check(parse(words)))


if __name__ == "__main__":
    sys.exit(main())
