"""Make the folder that a room is served from, or the catalogs of its sentences."""

import os
import sys
from pathlib import Path

from llm_lessons.paths import BUILD
from llm_lessons.training.options import Parser
from llm_lessons_starter.command_line import carry_out, heed_the_end, say
from llm_lessons_starter.trouble import Trouble


def main() -> int:
    """Write what has changed; says what it does while it does it."""
    parser = Parser("room", __doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "room")
    parser.add_argument(
        "--catalogs",
        action="store_true",
        help="write handouts/languages anew, and keep what is translated",
    )
    asked = parser.parse_args()
    try:
        return _catalogs() if asked.catalogs else _room(asked.out)
    except ValueError as error:  # in what a leader or a teacher may have changed
        raise Trouble(str(error)) from error


def _room(folder: Path) -> int:
    from llm_lessons.room.writing import write_room

    write_room(folder, say)
    return 0


def _catalogs() -> int:
    from llm_lessons.languages import CATALOGS
    from llm_lessons.room.catalog import troubles, write_catalogs

    for path in write_catalogs():
        say(f"{path} is new.")
    for path in sorted(CATALOGS.glob("*.po")):
        for trouble in troubles(path):
            say(trouble)
    return 0


if __name__ == "__main__":
    heed_the_end()
    if hasattr(os, "nice"):
        os.nice(5)  # while it draws, phones are served first
    sys.exit(carry_out(main))
