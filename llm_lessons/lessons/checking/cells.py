"""Which cells of the notebook stopped, so that no old answer is judged for a new one.

Where a cell stops, the variables that it should have made are as they were before it:
missing, or what an earlier run left. Only the notebook's own shell knows.
"""

import sys
from collections.abc import Iterable
from typing import Any

from llm_lessons_starter.too_early import names_in


class Cells:
    """What the cells that have run make, and which of them stopped.

    Attributes:
        ran: how many have run.
    """

    def __init__(self) -> None:
        self.ran = 0
        self._stops: dict[str, str] = {}  # by the variables that were to be made
        self._makes: dict[str, set[str]] = {}  # by the cells' ids, where they have one

    def after(self, result: Any) -> None:
        """Take notice of a cell that has run: IPython's event `post_run_cell`."""
        self.ran += 1
        cell, source = result.info.cell_id, result.info.raw_cell or ""
        error = result.error_before_exec or result.error_in_exec
        makes = set(names_in(source))
        if error is None:
            if cell is not None:
                self._makes[cell] = makes
            for name in makes:
                self._stops.pop(name, None)
            return
        stop = what_stopped(error)
        for name in makes | self._makes.get(cell, set()):
            self._stops[name] = stop

    def stop_of(self, names: Iterable[str]) -> str | None:
        """What stopped the newest run of a cell that makes one of these variables."""
        return next((self._stops[name] for name in names if name in self._stops), None)


def what_stopped(error: BaseException) -> str:
    """An error in one line, with its line of the cell."""
    if isinstance(error, SyntaxError):
        message, line = error.msg, error.lineno
    else:
        message, line = str(error), None
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_name == "<module>":
                line = step.tb_lineno
            step = step.tb_next
    first = next(iter(str(message).splitlines()), "")[:200]
    kind = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return kind if line is None else f"{kind} (line {line})"


CELLS = Cells()


def watch() -> None:
    """Follow the cells of this notebook; elsewhere, nothing happens."""
    ipython = sys.modules.get("IPython")  # outside of a notebook it may be absent
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and CELLS.after not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", CELLS.after)
