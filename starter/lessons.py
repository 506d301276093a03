"""A fresh copy of a lesson, with the learner's own kept beside it.

What a learner writes into a notebook overwrites what was there, so each lesson is laid
aside the first time that it is seen; where the folder came by git, git has it too.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import List, Optional

from starter.environment import ROOT, say
from starter.trouble import Trouble

NOTEBOOKS = ROOT / "notebooks"
FRESH = ROOT / ".fresh"  # the lessons as they came


def lay_aside() -> None:
    """Keep a copy of every lesson that was never seen before."""
    for notebook in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        copy = FRESH / notebook.name
        if not copy.exists() and " (mine" not in notebook.name:
            FRESH.mkdir(exist_ok=True)
            shutil.copyfile(str(notebook), str(copy))


def reset(number: str) -> None:
    """Make a lesson fresh again, and keep the learner's own beside it.

    Args:
        number: how the lesson's file begins: "04", or "4".
    """
    lesson = find(number)
    fresh = from_git(lesson) or from_copy(lesson)
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
        say(f"Yours is kept as notebooks/{own.name}.")
    lesson.write_bytes(fresh)
    say(f"notebooks/{lesson.name} is fresh again; reload it if it is open.")


def find(number: str) -> Path:
    """The lesson whose file begins with this number."""
    folders = (NOTEBOOKS, FRESH)
    names = {p.name for folder in folders for p in folder.glob("[0-9][0-9]_*.ipynb")}
    lessons = sorted(name for name in names if " (mine" not in name)
    for name in lessons:
        if number.isdigit() and int(name[:2]) == int(number):
            return NOTEBOOKS / name
    known = ", ".join(name[:2] for name in lessons)
    raise Trouble(f"There is no lesson {number!r}: there are {known}.")


def from_git(lesson: Path) -> Optional[bytes]:
    """The lesson as git has it, where the folder came by git."""
    command = ["git", "show", "HEAD:./notebooks/" + lesson.name]
    try:
        found = subprocess.check_output(
            command, cwd=str(ROOT), stderr=subprocess.DEVNULL
        )
        json.loads(found.decode("utf-8"))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None
    return found


def from_copy(lesson: Path) -> Optional[bytes]:
    """The lesson as it was laid aside."""
    copy = FRESH / lesson.name
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
