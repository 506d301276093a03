"""What the two ways in have in common, and each does in its own way."""

from pathlib import Path
from typing import Dict, List, Optional, Tuple

from llm_lessons_starter.lab import run
from llm_lessons_starter.lessons import Shelf

CHECKOUT, WHEEL = "python3 start.py", "llm-lessons"  # what one types


class Installation:
    """The lessons as they lie on this machine: in a checkout, or from a wheel.

    Attributes:
        name: CHECKOUT or WHEEL.
        folder: where the lessons lie; what is made goes into its `build`.
        shelf: the notebooks, and copies of them as they came.
        python: the path of the lessons' Python.
        notes: lines that end the help.
    """

    name: str
    folder: Path
    shelf: Shelf
    python: str
    notes: Tuple[str, ...]

    def open(self, arguments: List[str]) -> int:
        """Open the first lesson in JupyterLab; the arguments go to JupyterLab."""
        raise NotImplementedError

    def prepare(self, arguments: List[str], tests: bool = False) -> List[str]:
        """Have all there that lessons need; return the arguments that are left."""
        raise NotImplementedError

    def need_jupyterlab(self) -> None:
        """Raise Trouble where JupyterLab, and what it brings, can't be had."""

    def variables(self) -> Dict[str, str]:
        """The environment variables of what the lessons' Python runs."""
        raise NotImplementedError

    def run(
        self,
        command: List[str],
        folder: Optional[Path] = None,
        settings: Optional[Dict[str, str]] = None,
    ) -> int:
        """Have the lessons' Python do something; return its exit code.

        Args:
            command: the arguments of that Python.
            folder: where it runs; None for the folder where the command was typed.
            settings: environment variables, unless they are set already.
        """
        variables = {**(settings or {}), **self.variables()}
        # -P: modules that lie in the folder are none of the lessons'
        return run([self.python, "-P", *command], folder, variables)

    def run_in_folder(self, command: List[str]) -> int:
        """The same, in the lessons' folder."""
        return self.run(command, self.folder)
