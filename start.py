#!/usr/bin/env python3
"""Open the lessons, test them or train their model: `python3 start.py --help`.

Whatever `python3` a machine has, the answer should be a sentence, not a traceback: this
file and its helpers in `starter/` use the standard library alone, and nothing newer
than Python 3.6 in their syntax and imports. The lessons themselves run on a newer
Python, which uv, the installer, finds or fetches.

To add a command, write a function that takes the rest of the command line and returns
an exit code, and give it a line in COMMANDS.
"""

import os
import platform
import sys
import webbrowser
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple

from starter.environment import (
    LOCK,
    REAL_LOCK,
    ROOT,
    TEST_LOCK,
    make_environment,
    run_python,
    say,
)
from starter.lab import OPTIONS, settle_lab
from starter.lessons import lay_aside, reset
from starter.offline import folder_of, pack
from starter.serve import serve
from starter.trouble import AGAIN, Trouble, check_machine, from_system

FIRST_LESSON = "notebooks/00_start_here.ipynb"
# A step of training makes and drops the same large arrays. Linux' C library would give
# each back to the system and ask for it anew, which costs a tenth of the time.
KEEP_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:"
    "glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=67108864"
}
LEAN, FROM = "--without-real-model", "--from"


def open_lessons(arguments: List[str]) -> int:
    """Open the first lesson in JupyterLab; the arguments go to JupyterLab."""
    arguments = with_the_lessons(arguments)
    lay_aside()
    settle_lab()
    options = [
        *OPTIONS,
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
        # quiet, but for the address, which is printed all the same
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
        "-y",  # Ctrl-C stops it without a question
    ]
    if is_root():
        options.append("--allow-root")
    if not has_browser():
        options.append("--no-browser")
        say("No browser opens by itself here: copy an address from below into one.")
    say("Starting JupyterLab; keep this window open, Ctrl-C here ends the lessons.")
    return run_python(["-m", "jupyterlab", *options, *arguments])


def run_tests(arguments: List[str]) -> int:
    """Run every test, side by side; or what the arguments say, which go to pytest."""
    arguments = with_the_lessons(arguments, TEST_LOCK)
    if arguments:
        return run_python(["-m", "pytest", *arguments])
    together = ["-n", str(os.cpu_count() or 1), "--dist", "loadgroup"]
    codes = [
        run_python(["-m", "pytest", *together, "-m", "not alone"]),
        run_python(["-m", "pytest", "-m", "alone"]),  # they measure time
    ]
    return max(codes, key=abs)


def with_the_lessons(arguments: List[str], *more: Path) -> List[str]:
    """Make the environment of the lessons; return the arguments that are left."""
    locks = [LOCK] if LEAN in arguments else [LOCK, REAL_LOCK]
    left, folder = [one for one in arguments if one != LEAN], None
    if FROM in left:
        folder = folder_of(left)
        place = left.index(FROM)
        del left[place : place + 2]
    make_environment([*locks, *more], folder)
    return left


def train(arguments: List[str]) -> int:
    """Train the class model; the arguments go to llm_lessons.training."""
    make_environment([LOCK])
    # files are named from the folder where the command was typed
    command = ["-m", "llm_lessons.training", *arguments]
    return run_python(command, cwd=None, settings=KEEP_MEMORY)


def check(arguments: List[str]) -> int:
    """Measure the class model; the arguments go to llm_lessons.lessons."""
    make_environment([LOCK])
    return run_python(["-m", "llm_lessons.lessons", *arguments], cwd=None)


def control(arguments: List[str]) -> int:
    """Train marbles-only models; the arguments go to `shallow_and_deep`."""
    make_environment([LOCK])
    module = "llm_lessons.lessons.per_token_compute.shallow_and_deep"
    command = ["-m", module, *arguments]
    return run_python(command, cwd=None, settings=KEEP_MEMORY)


def handouts(arguments: List[str]) -> int:
    """Make the pages and sheets to take home, in build/handouts."""
    arguments = with_the_lessons(arguments)
    return run_python(["-m", "llm_lessons.pages", *arguments])


def pack_folder(arguments: List[str]) -> int:
    """Fill a folder with all that an install without a network needs."""
    return pack([one for one in arguments if one != LEAN], lean=LEAN in arguments)


def reset_lesson(arguments: List[str]) -> int:
    """Give a fresh copy of the lessons whose numbers are given."""
    if not arguments:
        raise Trouble("Say which lesson: `python3 start.py reset 04`.")
    for number in arguments:
        reset(number)
    return 0


class Command(NamedTuple):
    """One word of the command line: what it does, and the function that does it."""

    summary: str
    run: Callable[[List[str]], int]


COMMANDS: Dict[str, Command] = {
    "test": Command("run every test (more words go to pytest)", run_tests),
    "train": Command("train the class model from random numbers", train),
    "reset": Command("make a lesson fresh (reset 04); yours is kept", reset_lesson),
    "handouts": Command("make pages and sheets to take home (--letter)", handouts),
    "serve": Command("show those pages here, or to the room (--room)", serve),
    "pack": Command("fill a folder from which others install offline", pack_folder),
    "check": Command("measure every claim on the class model", check),
    "control": Command("train the control: marbles only, four depths", control),
}


def is_root() -> bool:
    """Whether the administrator of a Unix machine is at work."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_browser() -> bool:
    """Whether a browser could open here; one inside the terminal doesn't count."""
    screen = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if platform.system() not in ("Darwin", "Windows") and not screen:
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def help_text() -> str:
    """What `python3 start.py --help` prints."""
    lines = [
        "Usage: python3 start.py [COMMAND] [its arguments]",
        "",
        "  python3 start.py          open the lessons in JupyterLab (options go to it)",
    ]
    for name, command in COMMANDS.items():
        lines.append(f"  python3 start.py {name:<8} {command.summary}")
    lines += [
        "",
        f"  {LEAN}      spare the 90 MB of SmolLM2, the real model",
        f"  {FROM} FOLDER             install from a folder that pack filled",
        "",
        "The first start makes an environment in .venv, which needs the internet and",
        "about 2 GB of disk; later starts need neither. To begin anew, remove .venv.",
    ]
    return "\n".join(lines)


def dispatch(arguments: List[str]) -> int:
    """Carry out a command line; return its exit code."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        say(help_text())
        return 0
    check_machine()
    if not arguments or arguments[0].startswith("-"):
        return open_lessons(arguments)
    if arguments[0] not in COMMANDS:
        raise Trouble(
            f"There is no command {arguments[0]!r}: "
            "`python3 start.py --help` lists those there are."
        )
    return COMMANDS[arguments[0]].run(arguments[1:])


def main(arguments: List[str]) -> int:
    """Carry out a command line; every failure is one sentence and exit code 1."""
    try:
        return dispatch(arguments)
    except Trouble as trouble:
        sentence = str(trouble)
    except OSError as error:
        sentence = str(from_system(error))
    except KeyboardInterrupt:
        say(f"\nStopped: {AGAIN} to go on from here.")
        return 130
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
