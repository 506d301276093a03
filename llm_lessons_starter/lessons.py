"""A fresh copy of a lesson, with the learner's own kept beside it.

What a learner writes into a notebook overwrites what was there, so there is a second
copy of each lesson: a wheel carries them; beside `start.py` each is laid aside the
first time that it is seen, and where the folder came by git, git has it too. A record
beside the copies says how each was, so that a damaged one is never given out.
"""

import hashlib
import json
import os
import re
import subprocess
from itertools import count
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

LESSON = "[0-9]{2}_[a-z0-9_]+[.]ipynb"  # no learner's copy: those have more signs
FIRST = "00_start_here.ipynb"
RECORD = "laid.json"  # beside the copies: the sha256 of each as it was first seen


class Shelf(NamedTuple):
    """Where the lessons lie."""

    notebooks: Path  # those that the learner works in
    fresh: Path  # copies of them as they came
    in_git: bool  # whether git may have them as they came, too


def lessons_in(folder: Path) -> List[Path]:
    """The lessons in a folder, in order; not the copies that learners make."""
    return sorted(path for path in folder.glob("*") if re.fullmatch(LESSON, path.name))


def lay_aside(shelf: Shelf) -> None:
    """Keep a copy of every lesson that was never seen before; mend a damaged one."""
    record = read_record(shelf.fresh / RECORD)
    lessons = lessons_in(shelf.notebooks)
    copies = {path.name: from_copy(path, shelf, record) for path in lessons}
    missing = [path for path in lessons if not copies[path.name]]
    firsts = {path.name: first(path, shelf, record) for path in missing}
    contents = {**copies, **firsts}
    known = {name: sha256(content) for name, content in contents.items() if content}
    if {**record, **known} != record:
        shelf.fresh.mkdir(exist_ok=True)
        # first, so that after a kill a lesson that is still as it came is known as such
        text = json.dumps({**record, **known}, indent=1) + "\n"
        atomic.write_text(shelf.fresh / RECORD, text)
    for name, content in firsts.items():
        if content:
            atomic.remove(shelf.fresh / name)
            atomic.write_bytes(shelf.fresh / name, content)


def first(lesson: Path, shelf: Shelf, record: Dict[str, str]) -> Optional[bytes]:
    """A lesson as it came, where no copy vouches for it.

    From git, or the learner's own, if it is as it was first seen or never was seen.
    """
    own = read_lesson(lesson)
    seen = record.get(lesson.name)
    unseen = seen is None and not os.path.lexists(str(shelf.fresh / lesson.name))
    untouched = own is not None and (unseen or sha256(own) == seen)
    return from_git(lesson, shelf) or (own if untouched else None)


def reset_all(numbers: List[str], shelf: Shelf, command: str) -> int:
    """Make each of the lessons fresh whose files begin with a number; the exit code."""
    if not numbers:
        raise Trouble(f"Say which lesson: `{command} reset 04`.")
    lessons = [find(number, shelf) for number in numbers]  # all of them, before any
    for lesson in sorted(set(lessons)):
        reset(lesson, shelf)
    return 0


def reset(lesson: Path, shelf: Shelf) -> None:
    """Make a lesson fresh again, and keep the learner's own beside it."""
    record = read_record(shelf.fresh / RECORD)
    fresh = from_git(lesson, shelf) or from_copy(lesson, shelf, record)
    if fresh is None:
        raise Trouble(
            f"No fresh copy of {lesson.name} is left: download the lessons anew and "
            "take it from there."
        )
    if read_lesson(lesson) == fresh and not lesson.is_symlink():
        say(f"{lesson.name} is as fresh as it came.")
        return
    names = (f"{lesson.stem} (mine {number}).ipynb" for number in count(1))
    places = map(lesson.with_name, names)
    own = next(path for path in places if not os.path.lexists(str(path)))
    lesson.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(str(lesson)):  # a folder or a link as well
        lesson.rename(own)
    try:
        atomic.write_bytes(lesson, fresh)
    except BaseException:
        if os.path.lexists(str(own)):
            os.replace(str(own), str(lesson))
        raise
    if os.path.lexists(str(own)):
        say(f"Yours is kept as {own.parent.name}/{own.name}.")
    say(f"{lesson.parent.name}/{lesson.name} is fresh again; reload it if it is open.")


def find(number: str, shelf: Shelf) -> Path:
    """The lesson whose file begins with this number."""
    folders = (shelf.notebooks, shelf.fresh)
    lessons = sorted({path.name for folder in folders for path in lessons_in(folder)})
    for name in lessons:
        # not `isdigit`, which takes a raised 2 for a digit
        if re.match("[0-9]{1,9}$", number) and int(name[:2]) == int(number):
            return shelf.notebooks / name
    if not lessons:
        raise Trouble(f"There are no lessons in {shelf.notebooks}: download them anew.")
    known = ", ".join(name[:2] for name in lessons)
    raise Trouble(f"There is no lesson {number!r}: there are {known}.")


# ---- The copies ------------------------------------------------------------------


def from_git(lesson: Path, shelf: Shelf) -> Optional[bytes]:
    """The newest version in git that others committed, where the folder came by git.

    What the learner commits is their own work. What they pull is a newer lesson.
    """
    if not shelf.in_git:
        return None
    mine = in_git(lesson, "var", "GIT_COMMITTER_IDENT") or b""
    address = mine.partition(b"<")[2].partition(b">")[0]
    # a merge may mix a newer lesson with the learner's work
    asked = ("log", "--no-merges", "--format=%H %ce", "HEAD", "--", lesson.name)
    for line in (in_git(lesson, *asked) or b"").splitlines():
        commit, _, committer = line.partition(b" ")
        if committer != address:
            content = in_git(lesson, "show", f"{commit.decode()}:./{lesson.name}")
            return content if content and is_lesson(content) else None
    return None


def in_git(lesson: Path, *command: str) -> Optional[bytes]:
    """What git prints in the lesson's folder, or None where it fails."""
    try:
        return subprocess.check_output(
            ["git", *command], cwd=str(lesson.parent), stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return None


def from_copy(lesson: Path, shelf: Shelf, record: Dict[str, str]) -> Optional[bytes]:
    """The lesson as it was laid aside, if it still is as it was then."""
    copy = read_lesson(shelf.fresh / lesson.name)
    if copy is None or record.get(lesson.name, sha256(copy)) != sha256(copy):
        return None
    return copy


def read_lesson(path: Path) -> Optional[bytes]:
    """What a file holds, if it is there and is a notebook."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if is_lesson(content) else None


def is_lesson(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content.decode("utf-8"))["cells"], list)
    except (KeyError, TypeError, ValueError, RecursionError):
        return False


def read_record(path: Path) -> Dict[str, str]:
    """The sha256 of each lesson that was seen; a damaged record says nothing."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError, RecursionError):
        return {}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
