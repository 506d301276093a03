"""Make the folder that a room is served from, or the catalogs of its sentences."""

import os
import sys
from pathlib import Path

from llm_lessons.foundation.commands import Parser
from llm_lessons.foundation.paths import BUILD
from llm_lessons_starter.command_line import carry_out, heed_the_end, say
from llm_lessons_starter.trouble import Trouble


def main() -> int:
    parser = Parser("room", __doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "room")
    parser.add_argument(
        "--catalogs",
        nargs="*",
        metavar="LANGUAGE",
        help="write handouts/languages anew, and keep what is translated; begin a new "
        "LANGUAGE, such as sv",
    )
    options = parser.parse_args()
    try:
        if options.catalogs is None:
            return _room(options.out)
        return _catalogs(options.catalogs)
    except ValueError as error:  # in what a leader or a teacher may have changed
        raise Trouble(str(error)) from error


def _room(folder: Path) -> int:
    from llm_lessons_room.content.writing import write_room

    write_room(folder, say)
    return 0


def _catalogs(new: list[str]) -> int:
    from llm_lessons.foundation.languages import CATALOGS
    from llm_lessons_room.content.catalog import troubles, write_catalogs

    changed = write_catalogs(CATALOGS, new)
    for path in sorted(CATALOGS.glob("*.po")):
        for trouble in troubles(path):
            say(trouble)
    for path in changed:  # last, for a new language lacks a thousand sentences
        say(f"{path} is new.")
    return 0


if __name__ == "__main__":
    heed_the_end()
    if hasattr(os, "nice"):
        os.nice(5)  # while it draws, phones are served first
    sys.exit(carry_out(main))
