"""The lessons' own Python environment: made once, stamped, and never spoiled.

uv fills a fresh environment with exactly what the lock files pin; one rename puts it in
place. So an environment that works goes on working until another is complete, and what
uv has fetched once lies in its cache, from which a fresh one takes seconds. All lies in
the project's folder: `.venv` and (where the machine has no uv) `.venv-tools`.
"""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Dict, List, Optional

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
from llm_lessons_starter.trouble import (
    AGAIN,
    Trouble,
    Unreachable,
    check_machine,
    from_system,
)

NEW, OLD = atomic.beside(ENVIRONMENT, "new"), atomic.beside(ENVIRONMENT, "old")
PYTHONS = ">=3.12,<3.16"  # every pinned package has a build for each of these
STAMP = "llm-lessons.stamp"  # written last: which Python, and which locks' packages


def make_environment(locks: List[Path], folder: Optional[Path] = None) -> None:
    """Bring the environment to what the locks pin; if that fails, it is as it was.

    With a folder that `start.py pack` filled, all comes from there and not from a net.
    Where an older version's packages are there and newer ones can't be had, they do.
    """
    check_machine()
    if holds(ENVIRONMENT, locks):
        if OLD.exists():  # a kill has left it
            shutil.rmtree(str(OLD), ignore_errors=True)
        return
    with atomic.one_at_a_time(ONE_START):
        if not os.path.lexists(str(ENVIRONMENT)) and (NEW / STAMP).exists():
            atomic.replace_folder(ENVIRONMENT, NEW)  # a kill came between its renames
        if holds(ENVIRONMENT, locks):  # another start has seen to it
            return
        stamp = read_stamp(ENVIRONMENT)
        if folder is None:  # what it holds besides, a fresh one holds, too
            others = [
                lock for lock in (LOCK, REAL_LOCK, TEST_LOCK) if lock not in locks
            ]
            locks = [*locks, *(lock for lock in others if lock.name in stamp)]
        try:
            if not holds(NEW, locks):  # as after a rename that Windows refused
                fill_new(locks, folder)
            atomic.replace_folder(ENVIRONMENT, NEW)
        except (Trouble, OSError) as error:
            trouble = from_system(error) if isinstance(error, OSError) else error
            if folder is None and all(lock.name in stamp for lock in locks):
                say(f"{trouble} Until then, all runs with the packages of before.")
                return
            raise explain(trouble, locks, folder, stamp) from None
    say("The environment is ready.")


def fill_new(locks: List[Path], folder: Optional[Path]) -> None:
    """Have uv make and fill a fresh environment in NEW; nothing is left if it fails."""
    uv = find_uv(packed.options(folder))
    atomic.remove(NEW)
    try:
        say("Making a Python environment for the lessons in .venv ...")
        make = [uv, "venv", "--relocatable", "--python", PYTHONS]
        if folder:  # which holds packages for some Pythons, perhaps not for the first
            make[-1] += packed.other_pythons(folder)
            make.append("--offline")
        install([*make, str(NEW)])
        size = "" if folder else " (the first time about 350 MB come over the net)"
        say(f"Installing the packages{size} ...")
        fill(uv, NEW, locks, folder)
        link_project()
        version = python_of(NEW)
        if version is None:
            raise Trouble(
                "Programs can't run in the lessons' folder: copy it to another disk, "
                f"and {AGAIN} there."
            )
        lines = [f"python {version}"]
        lines += [f"{lock.name} {sha256(lock)}" for lock in locks]
        atomic.write_text(NEW / STAMP, "\n".join(lines) + "\n")
    except BaseException:
        shutil.rmtree(str(NEW), ignore_errors=True)
        raise


def fill(
    uv: str, environment: Path, locks: List[Path], folder: Optional[Path] = None
) -> None:
    """Have uv install exactly what the locks pin, without the net if that will do."""
    alone = folder is not None and TEST_LOCK not in locks  # which no folder holds
    sync = [uv, "pip", "sync", *packed.options(folder, alone), "--require-hashes"]
    # Compiled now, in a few seconds, and not by the first lesson that is opened.
    sync += ["--no-build", "--compile-bytecode"]
    sync += ["--python", program(environment, "python"), *map(str, locks)]
    try:
        # uv would ask the index about what its cache has, too
        install([*sync, "--offline"])
    except Trouble:
        if alone:
            raise
        install(sync)


def link_project() -> None:
    """Make llm_lessons importable: a .pth file needs no build and no download."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    for site in NEW.glob(pattern):
        # relative, so that the whole folder can be moved
        path = os.path.relpath(str(ROOT), str(site))
        atomic.write_text(site / "llm_lessons.pth", path + "\n")


def explain(
    trouble: Trouble, locks: List[Path], folder: Optional[Path], stamp: Dict[str, str]
) -> Trouble:
    """What to say when an install failed, by what is there and where it came from."""
    if folder is not None:
        return packed.explain(trouble, folder, REAL_LOCK in locks)
    missing = [lock for lock in locks if lock.name not in stamp]
    if isinstance(trouble, Unreachable) and missing == [REAL_LOCK]:
        return Unreachable(
            "SmolLM2, the real model, is not here and the package index can't be "
            f"reached: add `{LEAN}` to the command to go on without it, or check the "
            f"internet connection and {AGAIN}."
        )
    return trouble


# ---- The stamp -------------------------------------------------------------------


def holds(environment: Path, locks: List[Path]) -> bool:
    """Whether an environment works and has what these locks pin, perhaps more."""
    stamp = read_stamp(environment)
    return all(stamp.get(lock.name) == sha256(lock) for lock in locks)


def read_stamp(environment: Path) -> Dict[str, str]:
    """What an environment was made of: its Python's version, each lock's sha256.

    Empty where it was never complete, or where that Python no longer runs.
    """
    try:
        text = (environment / STAMP).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    stamp = dict(line.split(" ", 1) for line in text.splitlines() if " " in line)
    return stamp if stamp.get("python", "") == python_of(environment) else {}


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def python_of(environment: Path) -> Optional[str]:
    """The version of an environment's Python, such as 3.13; None if it won't run."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    # -I: whatever PYTHONHOME and its like say
    return ask([program(environment, "python"), "-I", "-c", code])
