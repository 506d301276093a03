"""What a learner has done, kept on their machine alone: one small file of their own.

It holds the names of guesses, controls and exercises, by lesson, and nothing of what
was answered; and which other model of this computer was picked for the lessons. Nothing
is sent anywhere. Where it can't be written, the lessons go on.
"""

import contextlib
import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import platformdirs

from llm_lessons_starter import atomic

type Kind = Literal["guesses", "controls", "exercises", "solutions"]

KINDS: tuple[Kind, ...] = ("guesses", "controls", "exercises", "solutions")
# In the environment: a folder to keep it in, or "off", which keeps nothing.
PLACE = "LLM_LESSONS_DIARY"
OFF = "off"
FILE = "progress.json"
MOST = 100  # names of a kind in a lesson; a file with more is none of ours


@dataclass
class Diary:
    """What was done.

    Attributes:
        last: the number of the lesson in which something was done last: "04".
        done: by the lessons' numbers and by kind, the names of what was done.
        model: the name of another model on this computer, which the lessons are to
            count, too.
    """

    last: str | None = None
    done: dict[str, dict[Kind, list[str]]] = field(default_factory=dict)
    model: str | None = None

    def names(self, lesson: str, kind: Kind) -> list[str]:
        """Those of a kind that were done in a lesson, in the order of their doing."""
        return self.done.get(lesson, {}).get(kind, [])


def place() -> Path | None:
    """The file; None, where none is to be kept or the user has no folder."""
    named = os.environ.get(PLACE, "")
    if named == OFF:
        return None
    try:
        folder = Path(named or platformdirs.user_data_dir("llm_lessons"))
    except RuntimeError:  # no HOME, and a number without an account
        return None
    return folder / FILE if folder.is_absolute() else None


def read() -> Diary:
    """What the file says; what it doesn't say in our words counts as nothing."""
    path = place()
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError, RecursionError):
        return Diary()
    match found:
        case {"done": dict(lessons), **others}:
            last, model = others.get("last"), others.get("model")
            done = {str(number): _kinds(kinds) for number, kinds in lessons.items()}
            return Diary(
                last if isinstance(last, str) else None,
                {number: kinds for number, kinds in done.items() if kinds},
                model if isinstance(model, str) and model else None,
            )
    return Diary()


def _kinds(found: Any) -> dict[Kind, list[str]]:
    kinds: dict[Kind, list[str]] = {}
    for kind in KINDS:
        names = found.get(kind) if isinstance(found, dict) else None
        if isinstance(names, list) and len(names) <= MOST:
            known = [name for name in names if isinstance(name, str)]
            kinds |= {kind: known} if known else {}
    return kinds


_NOTED: set[tuple[str, Kind, str]] = set()  # by this process, so as not to read again


def note(lesson: str, kind: Kind, name: str) -> None:
    """Keep that this was done, if it is not kept already; it never fails.

    Args:
        lesson: its number, such as "04".
        name: of the guess, the control or the exercise.
    """
    path = place()
    if path is None or shell() is None:  # a script or a test is no learner
        return
    with contextlib.suppress(OSError):
        if (lesson, kind, name) in _NOTED and path.exists():
            return
        diary = read()
        names = diary.done.setdefault(lesson, {}).setdefault(kind, [])
        if name not in names:
            names.append(name)
        diary.last = lesson
        _write(path, diary)
        _NOTED.add((lesson, kind, name))


def keep_model(name: str | None) -> bool:
    """Keep which other model was picked, or that none is; whether it could be kept."""
    path = place()
    if path is None:
        return False
    with contextlib.suppress(OSError):
        diary = read()
        if diary.model != name:
            diary.model = name
            _write(path, diary)
        return True
    return False


def _write(path: Path, diary: Diary) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"version": 1, "last": diary.last, "done": diary.done}
    kept |= {"model": diary.model} if diary.model else {}
    atomic.write_text(path, json.dumps(kept, indent=1) + "\n")


def note_here(kind: Kind, name: str) -> None:
    """The same, in the lesson of this notebook; elsewhere nothing is kept."""
    lesson = lesson_here()
    if lesson is not None:
        note(lesson, kind, name)


def forget() -> bool:
    """Delete the file; whether there is none any more."""
    path = place()
    _NOTED.clear()
    if path is None:
        return True
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return not path.exists()


def shell() -> Any:
    """What runs this notebook's cells; None in a script."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


_opened: list[str] = []  # lessons whose quiz or exercise was shown here


def open_lesson(lesson: str) -> None:
    """Take notice that something of this lesson is shown in this notebook."""
    _opened[:] = [lesson]


def lesson_here() -> str | None:
    """The number of this notebook's lesson, by its file's name or by what it showed."""
    variables = getattr(shell(), "user_ns", {})
    by_editor = variables.get("__vsc_ipynb_file__")
    path = str(by_editor or os.environ.get("JPY_SESSION_NAME", ""))
    named = re.match(r"(\d\d)_", re.split(r"[/\\]", path)[-1])
    return named[1] if named else next(iter(_opened), None)
