"""One server an evening: two would each keep their own over the other's."""

import os
from pathlib import Path

from llm_lessons_starter.successor import locked
from llm_lessons_starter.trouble import Trouble

NAME = "evening.lock"


def lock(folder: Path) -> int:
    """Lock a folder for as long as this process runs; the number of the open file.

    A process that was killed leaves no lock. Where the file system knows no locks,
    nothing is locked.

    Raises:
        Trouble: another server plays this evening.
    """
    number = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    if not locked(number):
        os.close(number)
        raise Trouble(
            "This evening is open in another window already: go on there, or end it "
            "there with Ctrl-C first."
        )
    return number
