"""A fresh copy of a lesson, with the learner's own kept beside it.

What a learner writes into a notebook overwrites what was there, so there is a second
copy of each lesson: a wheel carries them; beside `start.py` each is laid aside the
first time that it is seen, and where the folder came by git, git has it too.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import List, NamedTuple, Optional

from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

LESSONS = "[0-9][0-9]_*.ipynb"
FIRST = "00_start_here.ipynb"


class Shelf(NamedTuple):
    """Where the lessons lie.

    Attributes:
        notebooks: those that the learner works in.
        fresh: copies of them as they came.
        in_git: whether git may have them as they came, too.
    """

    notebooks: Path
    fresh: Path
    in_git: bool


def lay_aside(shelf: Shelf) -> None:
    """Keep a copy of every lesson that was never seen before."""
    for notebook in sorted(shelf.notebooks.glob(LESSONS)):
        copy = shelf.fresh / notebook.name
        if not copy.exists() and " (mine" not in notebook.name:
            shelf.fresh.mkdir(exist_ok=True)
            shutil.copyfile(str(notebook), str(copy))


def reset_all(numbers: List[str], shelf: Shelf, command: str) -> int:
    """Make each of these lessons fresh; return the exit code.

    Args:
        numbers: how their files begin: "04", or "4".
        shelf: where they lie.
        command: what one types to do anything, such as "python3 start.py".
    """
    if not numbers:
        raise Trouble(f"Say which lesson: `{command} reset 04`.")
    for number in numbers:
        reset(number, shelf)
    return 0


def reset(number: str, shelf: Shelf) -> None:
    """Make a lesson fresh again, and keep the learner's own beside it."""
    lesson = find(number, shelf)
    fresh = (from_git(lesson) if shelf.in_git else None) or from_copy(lesson, shelf)
    if fresh is None:
        raise Trouble(
            f"No fresh copy of {lesson.name} is left: download the lessons anew and "
            "take it from there."
        )
    if lesson.exists():
        if lesson.read_bytes() == fresh:
            say(f"{lesson.name} is as fresh as it came.")
            return
        own = free_name(lesson)
        lesson.rename(own)
        say(f"Yours is kept as {own.parent.name}/{own.name}.")
    lesson.write_bytes(fresh)
    say(f"{lesson.parent.name}/{lesson.name} is fresh again; reload it if it is open.")


def find(number: str, shelf: Shelf) -> Path:
    """The lesson whose file begins with this number."""
    folders = (shelf.notebooks, shelf.fresh)
    names = {path.name for folder in folders for path in folder.glob(LESSONS)}
    lessons = sorted(name for name in names if " (mine" not in name)
    for name in lessons:
        if number.isdigit() and int(name[:2]) == int(number):
            return shelf.notebooks / name
    known = ", ".join(name[:2] for name in lessons)
    raise Trouble(f"There is no lesson {number!r}: there are {known}.")


def from_git(lesson: Path) -> Optional[bytes]:
    """The lesson as git has it, where the folder came by git."""
    command = ["git", "show", "HEAD:./" + lesson.name]
    try:
        found = subprocess.check_output(
            command, cwd=str(lesson.parent), stderr=subprocess.DEVNULL
        )
        json.loads(found.decode("utf-8"))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None
    return found


def from_copy(lesson: Path, shelf: Shelf) -> Optional[bytes]:
    """The lesson as it was laid aside."""
    copy = shelf.fresh / lesson.name
    return copy.read_bytes() if copy.exists() else None


def free_name(lesson: Path) -> Path:
    """A name for the learner's own that is not taken."""
    taken: List[str] = [path.name for path in lesson.parent.iterdir()]
    number = 1
    while True:
        name = f"{lesson.stem} (mine {number}).ipynb"
        if name not in taken:
            return lesson.with_name(name)
        number += 1
