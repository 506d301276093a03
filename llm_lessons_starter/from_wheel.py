"""`llm-lessons`: the way in from a wheel, which is in an environment already.

It lays the lessons into a folder of the learner's and opens them there.
"""

import importlib.metadata
import importlib.util
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Dict, List

from llm_lessons_starter.command_line import carry_out, say, take_option
from llm_lessons_starter.commands import dispatch
from llm_lessons_starter.installation import WHEEL, Installation
from llm_lessons_starter.lab import (
    KERNELS,
    check_options,
    lab_command,
    run,
    settle_lab,
)
from llm_lessons_starter.layout import HIDDEN, folder_for, lay_out
from llm_lessons_starter.lessons import FIRST, Shelf
from llm_lessons_starter.quietly import quietly
from llm_lessons_starter.trouble import Trouble

IN = "--in"
# JupyterLab reads this file beneath each folder of its configuration.
LAB_SETTINGS = "labconfig/default_setting_overrides.json"


class NoJupyterLab(Trouble):
    """JupyterLab, which only the wheel's extra `lab` brings, is not installed."""


class Wheel(Installation):
    """The lessons in a folder of the learner's, where this environment lays them."""

    name = WHEEL
    python = sys.executable
    notes = (
        f"  {IN} FOLDER               the folder of your lessons: without it this one,",
        "                            if they lie here, or else ./llm-lessons. What you",
        "                            change there stays; a newer version replaces the",
        "                            rest.",
    )

    def __init__(self, folder: Path):
        self.folder = folder

    @property
    def shelf(self) -> Shelf:
        """The learner's lessons, and those that the package carries.

        Raises:
            Trouble: none were laid out in the folder.
        """
        if not (self.folder / HIDDEN).is_dir():
            raise Trouble(
                f"There are no lessons in {self.folder}: go to the folder of yours, or "
                f"name it with `{WHEEL} {IN} FOLDER`."
            )
        return Shelf(self.folder, carried_lessons(), in_git=False)

    def open(self, arguments: List[str]) -> int:
        self.need_jupyterlab()
        check_options(arguments, self.python, WHEEL)
        self.prepare([])
        say(f"Your lessons lie in {self.folder}.")
        config = self.folder / HIDDEN
        settle_lab(config / LAB_SETTINGS, carried_lessons())
        others = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
        paths = os.pathsep.join([str(config), *filter(None, others)])
        os.environ["JUPYTER_CONFIG_PATH"] = paths
        command = [*lab_command(self.folder, FIRST), *arguments]
        return self.run(quietly(command), self.folder, KERNELS)

    def prepare(self, arguments: List[str], tests: bool = False) -> List[str]:
        """Lay the lessons out in the folder."""
        self.need_jupyterlab()
        lay_out(carried_lessons(), self.folder, WHEEL)
        return arguments

    def need_jupyterlab(self) -> None:
        if importlib.util.find_spec("jupyterlab") is None:
            raise NoJupyterLab(
                "JupyterLab is missing in this environment: `pip install jupyterlab` "
                "adds it, and so does an install of llm-lessons[lab]."
            )

    def variables(self) -> Dict[str, str]:
        return dict(os.environ)


def carried_lessons() -> Path:
    """The folder of the lessons that the package carries.

    Its `paths` is read as a file: an import would bring the whole package, and JAX,
    into a program that only waits for JupyterLab.
    """
    package = importlib.util.find_spec("llm_lessons")
    if package is None or not package.submodule_search_locations:
        raise Trouble(f"The lessons are not in this environment: install {WHEEL} anew.")
    folder = package.submodule_search_locations[0]
    return runpy.run_path(os.path.join(folder, "foundation", "paths.py"))["NOTEBOOKS"]


def run_with_jupyterlab(uv: str, arguments: List[str]) -> int:
    """Have uvx carry out the same command line where JupyterLab is, too."""
    direct = importlib.metadata.distribution(WHEEL).read_text("direct_url.json")
    version = importlib.metadata.version(WHEEL)
    source = f" @ {json.loads(direct)['url']}" if direct else f"=={version}"
    say("Bringing JupyterLab, which shows the lessons ...")
    python = ["--python", sys.executable]
    command = [uv, "tool", "run", *python, "--from", f"{WHEEL}[lab]{source}", WHEEL]
    return run([*command, *arguments], None, dict(os.environ))


def main() -> int:
    def work() -> int:
        name, arguments = take_option(IN, sys.argv[1:])
        if name == "":
            raise Trouble(f"Name the folder of your lessons: `{WHEEL} {IN} FOLDER`.")
        try:
            return dispatch(Wheel(folder_for(name or "", Path.cwd())), arguments)
        except NoJupyterLab:
            uv = os.environ.get("UV", "")  # the uv that started this, if one did
            if not uv:
                raise
            return run_with_jupyterlab(uv, sys.argv[1:])

    return carry_out(work)
