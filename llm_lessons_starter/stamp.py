"""The environment's stamp: which Python and which locks' packages it holds."""

import hashlib
from pathlib import Path
from typing import Iterable, List, Optional

from llm_lessons_starter import atomic
from llm_lessons_starter.installer import ROOT, ask, program

ENVIRONMENT = ROOT / ".venv"
STAMP = "llm-lessons.stamp"  # written last into an environment
LOCK = ROOT / "requirements.lock"
REAL_LOCK = ROOT / "requirements-real.lock"  # the real model, and GPT-4's vocabulary
TEST_LOCK = ROOT / "requirements-test.lock"  # what the tests need besides
LEAN = "--without-real-model"  # the option that leaves REAL_LOCK out


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
    return version is not None and version_line(version) in stamped


def read_stamp() -> List[str]:
    """The lines of the stamp; none where there is none, or it can't be read."""
    try:
        text = (ENVIRONMENT / STAMP).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()


def write_stamp(environment: Path, version: str, locks: Iterable[Path]) -> None:
    """Say that an environment of this Python is complete with these locks."""
    lines = [version_line(version), *map(lock_line, locks)]
    atomic.write_text(environment / STAMP, "\n".join(lines) + "\n")


def version_line(version: str) -> str:
    """What the stamp says of the environment's Python."""
    return f"python {version}"


def lock_line(lock: Path) -> str:
    """What the stamp says of a lock whose packages are installed."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def python_of(environment: Path) -> Optional[str]:
    """The version of an environment's Python, such as 3.13; None if it won't run."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    # -I: whatever PYTHONHOME and its like say
    return ask([program(environment, "python"), "-I", "-c", code])
