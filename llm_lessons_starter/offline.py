"""A folder with all that an install needs, for a room without a network.

`pack` fills it where there is one; `python3 start.py --from FOLDER` installs from it.
uv says which packages a system needs, pip fetches their files.
"""

import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple

from llm_lessons_starter import packed
from llm_lessons_starter.command_line import say
from llm_lessons_starter.installer import (
    ONE_START,
    TOOLS,
    UV,
    ask,
    find_uv,
    install,
    make_tools,
    program,
)
from llm_lessons_starter.stamp import LEAN, LOCK, REAL_LOCK
from llm_lessons_starter.successor import one_at_a_time
from llm_lessons_starter.trouble import FULL, Trouble, check_machine

PYTHONS = ("3.12", "3.13", "3.14")


class System(NamedTuple):
    """A system as uv names it, and the builds that run on it as pip names them."""

    uv: str
    builds: List[str]


# Of each, the oldest for which every package has a build; newer ones take it, too.
MANYLINUX = [f"manylinux_2_{minor}_x86_64" for minor in (28, 27, 26, 24, 17)]
SYSTEMS: Dict[str, System] = {
    "linux": System("x86_64-manylinux_2_28", [*MANYLINUX, "manylinux2014_x86_64"]),
    "macos": System("aarch64-apple-darwin", ["macosx_12_0_arm64"]),
    "windows": System("x86_64-pc-windows-msvc", ["win_amd64"]),
}
USAGE = (
    "Say where, and for which systems and Pythons: `python3 start.py pack FOLDER "
    "linux macos windows 3.13` (all of them if you name none; a name with spaces in "
    "quotes)."
)


def pack(arguments: List[str], lean: bool = False) -> int:
    """Fill a folder; its name comes first, then systems and Python versions."""
    known = [*SYSTEMS, *PYTHONS]
    if not arguments or arguments[0] in known or set(arguments[1:]) - set(known):
        raise Trouble(USAGE)
    if arguments[0].startswith("-"):
        raise Trouble(USAGE)
    check_machine()
    folder, named = empty_or_packed(arguments[0]), arguments[1:]
    systems = [one for one in SYSTEMS if one in named] or list(SYSTEMS)
    versions = [one for one in PYTHONS if one in named] or list(PYTHONS)
    with one_at_a_time(ONE_START):
        uv = find_uv()
        if ask([program(TOOLS, "python"), "-m", "pip", "--version"]) is None:
            make_tools()
    for system in systems:
        for version in versions:
            say(f"Fetching the packages for {system}, Python {version} ...")
            for lock in [LOCK] if lean else [LOCK, REAL_LOCK]:
                fetch(lock, SYSTEMS[system], version, uv, folder)
        fetch_uv(SYSTEMS[system], folder)
    size = sum(one.stat().st_size for one in folder.iterdir()) // 10**6
    say(f"{folder} holds {size} MB. With it beside the lessons, on each laptop:")
    for name, where in zip(packed.pasted(folder.name), ("", "on Windows: ")):
        say(f"  {where}python3 start.py --from {name}{' ' + LEAN if lean else ''}")
    say(f"Each needs a Python of its own: {', '.join(versions)}.")
    return 0


def empty_or_packed(name: str) -> Path:
    """The folder to fill, made if need be: empty, or one that was filled before.

    Raises:
        Trouble: it is no such folder, or can't be written.
    """
    another = "name a folder of its own, as in `python3 start.py pack packed`"
    if not name.strip() or not name.isprintable():
        raise Trouble(f"{name!r} is no name for a folder: {another}.")
    try:
        folder = Path(name).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for one in folder.iterdir():
            if one.suffix != ".whl" and not one.name.startswith("."):
                raise Trouble(f"{name!r} holds other things than packages: {another}.")
        with tempfile.TemporaryDirectory(prefix=".", dir=str(folder)):
            return folder
    except (OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        raise Trouble(f"{name!r} can't be made a folder to fill: {another}.") from None


def fetch(lock: Path, system: System, version: str, uv: str, folder: Path) -> None:
    """Fetch what a lock pins for one system and one Python."""
    with tempfile.TemporaryDirectory() as scratch:
        needed = Path(scratch) / "needed.txt"
        choose = [uv, "pip", "compile", "-q", "--no-deps", "--generate-hashes"]
        choose += ["--no-header", "--no-annotate", "--python-version", version]
        choose += ["--python-platform", system.uv, "-o", str(needed), str(lock)]
        install(choose)
        download(["--require-hashes", "-r", str(needed)], system, folder, version)


def fetch_uv(system: System, folder: Path) -> None:
    """Fetch the installer itself; a cut file would be taken for it in the next try."""
    with tempfile.TemporaryDirectory(prefix=".", dir=str(folder)) as scratch:
        download([UV], system, Path(scratch))
        for wheel in packed.wheels(Path(scratch)):
            wheel.replace(folder / wheel.name)


def download(
    what: List[str], system: System, folder: Path, version: str = "3.13"
) -> None:
    """Have pip fetch files for another system than this one."""
    pip = [program(TOOLS, "python"), "-m", "pip", "--disable-pip-version-check"]
    pip += ["download", "--no-input", "--no-deps", "--only-binary=:all:"]
    pip += ["--dest", str(folder), "--python-version", version]
    for build in system.builds:
        pip += ["--platform", build]
    install([*pip, *what])
