#!/usr/bin/env python3
"""Open the lessons, test them or train their model: `python3 start.py --help`.

Whatever `python3` a machine has, the answer should be a sentence, not a traceback: this
file and its helpers in `llm_lessons_starter/` use the standard library alone, and
nothing newer than Python 3.6 in their syntax and imports. The lessons themselves run on
a newer Python, which uv, the installer, finds or fetches.

To add a command, write a function that takes the rest of the command line and returns
an exit code, and give it a line in COMMANDS.
"""

import os
import sys
from pathlib import Path
from typing import Callable, Dict, List

from llm_lessons_starter import page_server, release
from llm_lessons_starter.command_line import (
    Command,
    CommandLine,
    carry_out,
    from_here,
    say,
    take_no_more,
    take_option,
)
from llm_lessons_starter.environment import (
    ENVIRONMENT,
    LAB_EXTENSIONS,
    LAB_SETTINGS,
    LEAN,
    LOCK,
    REAL_LOCK,
    ROOT,
    TEST_LOCK,
    find_uv,
    install,
    make_environment,
    program,
    run_python,
)
from llm_lessons_starter.lab import (
    KERNELS,
    add_extension,
    check_options,
    lab_command,
    settle_lab,
)
from llm_lessons_starter.lessons import FIRST, Shelf, lay_aside, reset_all
from llm_lessons_starter.packed import folder_of, pack
from llm_lessons_starter.quietly import quietly

NAME = "python3 start.py"
# `.fresh` holds the lessons as they came
SHELF = Shelf(ROOT / "notebooks", ROOT / ".fresh", in_git=True)
# A step of training makes and drops the same large arrays. Linux' C library would give
# each back to the system and ask for it anew, which costs a tenth of the time.
KEEP_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:"
    "glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=67108864"
}
INTERRUPTED = 2  # what pytest says after Ctrl-C
FROM = "--from"
EVERYTHING, SHARE, NO_REST = "--everything", "--share", ["--share", "none"]


def open_lessons(arguments: List[str]) -> int:
    """Open the first lesson in JupyterLab; the arguments go to JupyterLab."""
    arguments = with_the_lessons(arguments)
    check_options(arguments, program(ENVIRONMENT, "python"), NAME)
    lay_aside(SHELF)
    settle_lab(LAB_SETTINGS, SHELF.notebooks)
    add_extension(ROOT / "llm_lessons", LAB_EXTENSIONS)
    command = [*lab_command(ROOT, f"notebooks/{FIRST}"), *arguments]
    return run_python(quietly(command), settings=KERNELS)


def run_tests(arguments: List[str]) -> int:
    """Run the tests that catch most, side by side; or what the arguments say.

    With --everything also the rest, and what measures time, alone; with --share ID, of
    the rest one share in eight, which the id of a commit chooses. All other arguments
    go to pytest.
    """
    arguments = with_the_lessons(arguments, TEST_LOCK)
    pytest = ["-m", "pytest"]
    side_by_side = [*pytest, "-n", str(processors())]
    if arguments[:1] == [EVERYTHING]:
        code = run_python([*side_by_side, "-m", "not alone", *arguments[1:]])
        if code == INTERRUPTED:
            return code
        return run_python([*pytest, "-m", "alone", *arguments[1:]]) or code
    if arguments[:1] in ([], [SHARE]):
        return run_python([*side_by_side, "-m", "not alone", *(arguments or NO_REST)])
    if arguments[:1] == ["-m"]:  # of all tests, those with a mark
        return run_python([*side_by_side, *arguments])
    return run_python([*pytest, *arguments])


def processors() -> int:
    """How many processors the tests may use: on a shared machine, perhaps not all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def with_the_lessons(arguments: List[str], *more: Path) -> List[str]:
    """Make the environment of the lessons; return the arguments that are left."""
    locks = [LOCK] if LEAN in arguments else [LOCK, REAL_LOCK]
    packed, left = take_option(FROM, [one for one in arguments if one != LEAN])
    if packed is None:
        make_environment([*locks, *more])
        return left
    make_environment(locks, folder_of(packed))
    if more:  # which no folder holds
        make_environment([*locks, *more])
    return left


def runs(module: str, keep_memory: bool = False) -> Callable[[List[str]], int]:
    """A command whose arguments go to a module of the lessons.

    Files are named from the folder where it was typed.
    """

    def command(arguments: List[str]) -> int:
        make_environment([LOCK])
        settings = KEEP_MEMORY if keep_memory else {}
        return run_python(quietly(["-m", module, *arguments]), None, settings)

    return command


def handouts(arguments: List[str]) -> int:
    """Make the pages and sheets to take home, in build/handouts."""
    arguments = with_the_lessons(from_here("--out", arguments))
    return run_python(quietly(["-m", "llm_lessons_room.handouts", *arguments]))


def lessons_for_colab(arguments: List[str]) -> int:
    """Make a folder for a Google Drive, whose lessons open in Google Colab."""
    take_no_more(f"{NAME} colab", arguments)
    make_environment([LOCK])
    say("Building the wheel, which needs the internet ...")
    folder = ROOT / "build" / "colab"
    install([find_uv(), "build", "--wheel", "--out-dir", str(folder)])
    return run_python(quietly(["-m", "llm_lessons.pages.colab"]))


def make_release(arguments: List[str]) -> int:
    """Make one ZIP for who leads an evening, from which all opens and prints."""
    take_no_more(f"{NAME} release", arguments)
    make_environment([LOCK, REAL_LOCK])
    return release.release(ROOT, run_python)


def make_site(arguments: List[str]) -> int:
    """Make a folder for the web, which says where it will be if --address does."""
    address, left = take_option(release.ADDRESS, arguments)
    take_no_more(f"{NAME} site", left)
    make_environment([LOCK, REAL_LOCK])
    return release.site(ROOT, address or "", run_python)


def run_lean(command: List[str]) -> int:
    """Have the lessons' Python do something, without the real model."""
    make_environment([LOCK])
    return run_python(command)


def serve_handouts(arguments: List[str]) -> int:
    """Show those pages to this machine, or to the room."""
    folder = ROOT / "build" / "handouts"
    return page_server.serve(arguments, folder, NAME, run_lean)


def lead_evening(arguments: List[str]) -> int:
    """Play an evening with a screen, a leader's page, and a room full of phones."""
    folder = ROOT / "build" / "room"
    return page_server.open_room(arguments, folder, NAME, run_lean)


def reset_lesson(arguments: List[str]) -> int:
    """Give a fresh copy of the lessons whose numbers are given."""
    return reset_all(arguments, SHELF, NAME)


COMMANDS: Dict[str, Command] = {
    "test": Command("run the tests; --everything for all of them", run_tests),
    "train": Command(
        "train the class model from random numbers", runs("llm_lessons.training", True)
    ),
    "reset": Command(
        "make a lesson fresh (reset 04); yours is kept", reset_lesson, True
    ),
    "handouts": Command(
        "make pages, sheets and an evening's kit (--people 25)", handouts
    ),
    "colab": Command(
        "make a folder that works in Google Colab", lessons_for_colab, True
    ),
    "serve": Command("show those pages here, or to the room (--room)", serve_handouts),
    "room": Command("lead an evening: a screen, and phones (--room)", lead_evening),
    "pack": Command("fill a folder from which others install offline", pack, True),
    "release": Command(
        "make one ZIP, for who leads without Python", make_release, True
    ),
    "site": Command("make a folder to put on the web (--address URL)", make_site, True),
    "check": Command(
        "measure every claim on the class model", runs("llm_lessons.lessons")
    ),
}
NOTES = [
    f"  {LEAN}      spare the 90 MB of SmolLM2, the real model",
    f"  {FROM} FOLDER             install from a folder that pack filled",
    "",
    "The first start makes an environment in .venv, which needs the internet and",
    "about 2 GB of disk; later starts need neither. To begin anew, remove .venv.",
]


def main(arguments: List[str]) -> int:
    """Carry out a command line; every failure is one sentence and exit code 1."""
    line = CommandLine(NAME, open_lessons, COMMANDS, NOTES)
    return carry_out(lambda: line.dispatch(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
