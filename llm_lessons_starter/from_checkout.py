"""`python3 start.py`: the way in from a checkout, which makes an environment first."""

import os
from typing import Dict, List

from llm_lessons_starter.command_line import carry_out, take_option
from llm_lessons_starter.commands import dispatch
from llm_lessons_starter.environment import make_environment
from llm_lessons_starter.installation import CHECKOUT, Installation
from llm_lessons_starter.installer import (
    ENVIRONMENT,
    LEAN,
    LOCK,
    REAL_LOCK,
    ROOT,
    TEST_LOCK,
    program,
)
from llm_lessons_starter.lab import (
    KERNELS,
    add_extension,
    check_options,
    lab_command,
    settle_lab,
)
from llm_lessons_starter.lessons import FIRST, Shelf, lay_aside
from llm_lessons_starter.packed import folder_of
from llm_lessons_starter.quietly import quietly

LAB_SETTINGS = ENVIRONMENT / "share/jupyter/lab/settings/overrides.json"
LAB_EXTENSIONS = ENVIRONMENT / "share/jupyter/labextensions"
FROM = "--from"


class Checkout(Installation):
    """The lessons in a clone of the project, or in a download of it."""

    name = CHECKOUT
    folder = ROOT
    python = program(ENVIRONMENT, "python")
    # `.fresh` holds the lessons as they came
    shelf = Shelf(ROOT / "notebooks", ROOT / ".fresh", in_git=True)
    notes = (
        f"  {LEAN}      spare the 90 MB of SmolLM2, the real model",
        f"  {FROM} FOLDER             install from a folder that pack filled",
        "",
        "The first start makes an environment in .venv, which needs the internet and",
        "about 2 GB of disk; later starts need neither. To begin anew, remove .venv.",
    )

    def __init__(self) -> None:
        self.prepared = False

    def open(self, arguments: List[str]) -> int:
        arguments = self.prepare(arguments)
        check_options(arguments, self.python, self.name)
        lay_aside(self.shelf)
        settle_lab(LAB_SETTINGS, self.shelf.notebooks)
        add_extension(ROOT / "llm_lessons", LAB_EXTENSIONS)
        command = [*lab_command(ROOT, f"notebooks/{FIRST}"), *arguments]
        return self.run(quietly(command), ROOT, KERNELS)

    def prepare(self, arguments: List[str], tests: bool = False) -> List[str]:
        """Make the environment; the options that say of what are taken out."""
        locks = [LOCK] if LEAN in arguments else [LOCK, REAL_LOCK]
        left = [argument for argument in arguments if argument != LEAN]
        name, left = take_option(FROM, left)
        folder = None if name is None else folder_of(name)
        make_environment([*locks, TEST_LOCK] if tests else locks, folder)
        self.prepared = True
        return left

    def variables(self) -> Dict[str, str]:
        if not self.prepared:
            self.prepare([LEAN])
        # these would lead to other packages than the pinned ones
        unwanted = ("PYTHONHOME", "PYTHONPATH")
        env = {name: text for name, text in os.environ.items() if name not in unwanted}
        folders = [os.path.dirname(self.python), env.get("PATH", "")]
        return {
            **env,
            "VIRTUAL_ENV": str(ENVIRONMENT),
            "PATH": os.pathsep.join(folders),
        }


def main(arguments: List[str]) -> int:
    """Carry out a command line; every failure is one sentence and exit code 1."""
    return carry_out(lambda: dispatch(Checkout(), arguments))
