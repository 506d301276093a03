"""One ZIP for who leads an evening, and a folder for the web.

The ZIP's first page is for somebody without Python and without a terminal. The project
lies one folder below, with the pages and the room as they are made: a room that is
started from there has nothing to draw.
"""

import fnmatch
import re
import shutil
import zipfile
from pathlib import Path
from typing import Dict, List, Tuple

from llm_lessons_starter.atomic import replacing
from llm_lessons_starter.command_line import Run, say
from llm_lessons_starter.fresh import all_fresh
from llm_lessons_starter.installer import ask
from llm_lessons_starter.quietly import quietly
from llm_lessons_starter.trouble import AGAIN, Trouble

TOP, INSIDE = "llm-lessons", "lessons"  # the ZIP's folder, and the project's in it
PAGE = "LEADER.html"
CLICKED = ["start.bat", "start.command", "start.desktop"]
CLICKED += ["room.bat", "room.command", "room.desktop"]
RUN = (".command", ".desktop")  # endings of what a Unix system may run
# What an engineer needs, who clones the project.
LEFT_OUT = (".*", "tests/*", "benchmarks/*", *CLICKED)
OWN = ("evening*",)  # of a room, what was answered in it
SPARED = ("real",)  # what a real model answers there; not everybody has installed one
ADDRESS = "--address"
WHEN = (1980, 1, 1, 0, 0, 0)  # of every file: the same files make the same ZIP


def release(root: Path, run: Run) -> int:
    """Make build/llm-lessons.zip of the project in `root`.

    Raises:
        Trouble: something of it can't be made, or is missing.
    """
    ours = project_files(root)
    build = root / "build"
    made, room, path = build / "release", build / "room", build / f"{TOP}.zip"
    shutil.rmtree(str(made), ignore_errors=True)  # nothing of an older one
    make(made, room, run)
    files = {PAGE: made / PAGE}
    files.update((name, root / name) for name in CLICKED)
    files.update(inside("english", made / "english", "*.pdf"))
    files.update(inside("norsk", made / "norsk", "*.pdf"))
    files.update((f"{INSIDE}/{name}", root / name) for name in ours)
    files.update(inside(f"{INSIDE}/build/handouts", made / "english"))
    files.update(inside(f"{INSIDE}/build/room", room, but=OWN))
    check(files, (made / PAGE).read_text(encoding="utf-8"), room)
    say(f"Packing {len(files)} files ...")
    write(path, files)
    say(f"Done: {path} has {path.stat().st_size // 10**6} MB.")
    return 0


def make(made: Path, room: Path, run: Run) -> None:
    """Make all that isn't in the project: in the folder `made`, and the room."""
    handouts = ["-m", "llm_lessons_room.handouts", "--out"]
    norwegian = [str(made / "norsk"), "--kit", "--language", "nb"]
    steps = [
        ("pages and sheets", [*handouts, str(made / "english")]),
        ("the Norwegian kit", [*handouts, *norwegian]),
        ("the room", ["-m", "llm_lessons_room.content", "--out", str(room)]),
        ("the first page", ["-m", "llm_lessons.pages.leader", str(made / PAGE)]),
    ]
    make_all("ZIP", steps, run)


def project_files(root: Path) -> List[str]:
    """The project's own files, as git knows them; not those for engineers alone."""
    listed = ask(["git", "-C", str(root), "ls-files", "-z"])
    if not listed:
        raise Trouble(
            "A ZIP is made from a clone of the project, for git tells which files are "
            "its own: install git, clone the project, and start there."
        )
    names = [name for name in listed.split("\0") if (root / name).is_file()]
    return [name for name in names if not matches(name, LEFT_OUT)]


def matches(name: str, patterns: Tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def inside(
    where: str, folder: Path, pattern: str = "*", but: Tuple[str, ...] = ()
) -> Dict[str, Path]:
    """The files of a folder by their names in the ZIP, none that is hidden."""
    return {
        f"{where}/{path.relative_to(folder).as_posix()}": path
        for path in folder.rglob(pattern)
        if path.is_file() and not matches(path.name, (".*", *but))
    }


def check(files: Dict[str, Path], page: str, room: Path) -> None:
    """Raise Trouble where something is missing that a leader would look for."""
    lessons = [Path(name).stem for name in files if name.endswith(".ipynb")]
    wanted = [f"{INSIDE}/build/handouts/{name}.html" for name in lessons]
    wanted += [*CLICKED, *re.findall(r'href="((?:english|lessons|norsk)/[^"]+)"', page)]
    there = {name for name, path in files.items() if path.is_file()}
    missing = [name for name in dict.fromkeys(wanted) if name not in there]
    if missing:
        raise Trouble(f"The ZIP would lack {', '.join(missing)}: nothing was written.")
    if not all_fresh(room, but=SPARED):
        raise Trouble(
            "The ZIP would lack a figure of the room: what is said above tells which. "
            "Nothing was written."
        )


def write(path: Path, files: Dict[str, Path]) -> None:
    """Write a ZIP, whole or not at all: the first page first, and then by name."""
    names = sorted(files, key=lambda name: (name != PAGE, name))
    with replacing(path) as partial, zipfile.ZipFile(str(partial), "w") as file:
        for name in names:
            entry = zipfile.ZipInfo(f"{TOP}/{name}", WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose systems then know what may be run
            mode = 0o755 if name.endswith(RUN) else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            file.writestr(entry, files[name].read_bytes())


# ---- The web ---------------------------------------------------------------------


def site(root: Path, address: str, run: Run) -> int:
    """Make build/site of the project in `root`.

    Args:
        address: where it will be, for previews and the codes on paper; may be "".

    Raises:
        Trouble: something of it can't be made.
    """
    made = root / "build" / "site"
    shutil.rmtree(str(made), ignore_errors=True)  # nothing of an older one
    where = [ADDRESS, address] if address else []
    handouts = ["-m", "llm_lessons_room.handouts", "--out", str(made), *where]
    finish = ["-m", "llm_lessons.pages.site", str(made), *where]
    steps = [("pages and sheets", handouts), ("what the web needs", finish)]
    make_all("site", steps, run)
    files = [path for path in made.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) // 10**6
    say(f"Done: {made} has {len(files)} files, {size} MB. Put it on the web as it is.")
    if not address:
        say(
            f"Links to it show no pictures: for those, say where it will be: {ADDRESS}."
        )
    return 0


# ---- Both ------------------------------------------------------------------------


def make_all(whole: str, steps: List[Tuple[str, List[str]]], run: Run) -> None:
    """Run all the steps that make the whole: what each makes, and with which module.

    Raises:
        Trouble: one failed, and has said why.
    """
    for number, (what, command) in enumerate(steps, 1):
        say(f"{number} of {len(steps)}: making {what} ...")
        if run(quietly(command)):
            again = f"mend what is said above, and {AGAIN}"
            raise Trouble(f"There is no {whole} without {what}: {again}.")
