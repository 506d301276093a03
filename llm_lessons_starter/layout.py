"""The lessons copied into a folder of the learner's, and never over their work.

A hidden file there says how each lesson was when it was copied. What is still the same
makes room for a newer one; what the learner changed stays, and a sentence says so.
"""

import json
import os
from pathlib import Path
from typing import List, Optional

from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import say
from llm_lessons_starter.lessons import RECORD, read_record, sha256
from llm_lessons_starter.trouble import FULL, Trouble

HIDDEN = ".llm-lessons"  # the folder of what is not the learner's


def folder_for(named: str, here: Path) -> Path:
    """The learner's folder: the one named, or this one if the lessons lie here."""
    if named:
        # unlike pathlib's, neither ends in an error
        return Path(
            os.path.realpath(os.path.join(str(here), os.path.expanduser(named)))
        )
    return here if (here / HIDDEN).is_dir() else here / "llm-lessons"


def copy_lessons(source: Path, folder: Path, command: str) -> None:
    """Copy the lessons as they come into a folder, but for those changed there.

    Raises:
        Trouble: nothing can be written there.
    """
    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
        stale = copy_new(source, folder)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise Trouble(
            f"The lessons can't be laid into {folder}: name a folder of your own with "
            f"`{command} --in FOLDER`."
        ) from None
    for name in stale:
        number = name[:2]
        remedy = f": `{command} reset {number}` makes it so" if number.isdigit() else ""
        say(f"{name} stays as you changed it; there is a newer one{remedy}.")


def copy_new(source: Path, folder: Path) -> List[str]:
    """Copy what is missing or unchanged; return what has a newer one and stays."""
    record = folder / HIDDEN / RECORD
    recorded, stale = read_record(record), []
    for path in sorted(source.iterdir()):
        if path.suffix not in (".ipynb", ".md"):
            continue
        fresh, learners = path.read_bytes(), folder / path.name
        before, now = recorded.get(path.name), sha256(fresh)
        current = fingerprint(learners)
        if current in (None, before):
            if current != now:
                atomic.write_bytes(learners, fresh)
        elif before != now and current != now:
            stale.append(path.name)
        recorded[path.name] = now
    atomic.write_text(record, json.dumps(recorded, indent=1))
    return stale


def fingerprint(path: Path) -> Optional[str]:
    """The sha256 of a file; None of nothing, and a constant of what is no file."""
    if not os.path.lexists(str(path)):
        return None
    return sha256(path.read_bytes()) if path.is_file() else "no file"
