"""A cell that was run too early: one sentence says which cell to run first.

Python would say that a name is not defined, below a traceback. What the learner wants
to know is where the name comes from, and the notebook's own file says that.
"""

import ast
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

LONGEST = 60  # letters of a line of code in the sentence
# What a cell that Python can't read seems to make.
MADE = re.compile(r"(?:async +)?(?:def|class) +(\w+)|(\w+) *(?::[^=\n]+)?=(?!=)")


def watch() -> None:
    """Have this notebook explain names that are not there yet.

    Elsewhere nothing happens, nor where somebody explains errors already.
    """
    ipython = sys.modules.get("IPython")  # outside of a notebook it may be absent
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc((NameError,), explain)


def explain(
    shell: Any, kind: Any, error: Any, traceback: Any, tb_offset: Any = None
) -> List[str]:
    """What IPython calls with a NameError, which it shows with its traceback or so."""
    name = getattr(error, "name", None)  # Python has it from 3.10 on
    if kind is NameError and name and is_of_cell(traceback, shell):
        sentence = sentence_about(name, cells_above(shell))
        if sentence:
            # what IPython asks an exception for, before it writes a traceback itself
            error._render_traceback_ = lambda: [sentence]
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
    return []


def is_of_cell(traceback: Any, shell: Any) -> bool:
    """Whether an error came up in the notebook's own code, not in a package's."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_globals is shell.user_ns


def sentence_about(name: str, cells: List[str]) -> Optional[str]:
    """Which of these cells to run first; None, if none of them makes the name."""
    for source in reversed(cells):
        lines = lines_of(source)
        if name in lines:
            line = source.splitlines()[lines[name] - 1].strip()
            if len(line) > LONGEST:
                line = line[: LONGEST - 3] + "..."
            return (
                "A cell above has not run yet. In JupyterLab, Run > Run All Above "
                "Selected Cell runs all that this one may need; elsewhere run the "
                f"cell with\n\n    {line}\n\nfirst: `{name}` comes from there."
            )
    return None


def cells_above(shell: Any) -> List[str]:
    """The sources of the code cells above the one that runs, as the file has them."""
    path = notebook_of(shell)
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
        code = [
            (cell.get("id"), "".join(cell["source"]))
            for cell in cells
            if cell["cell_type"] == "code"
        ]
    except (KeyError, OSError, TypeError, ValueError, AttributeError):
        return []  # there is no file, or somebody is just writing it
    now = id_of_cell(shell)
    ids = [cell_id for cell_id, _ in code]
    above = code[: ids.index(now)] if now in ids else code
    return [source for _, source in above]


def notebook_of(shell: Any) -> str:
    """The notebook's file, as Jupyter's server or VS Code names it; or nothing."""
    by_editor = shell.user_ns.get("__vsc_ipynb_file__")
    return str(by_editor or os.environ.get("JPY_SESSION_NAME", ""))


def id_of_cell(shell: Any) -> Optional[str]:
    """The id of the cell that runs, where the front end tells."""
    try:
        return shell.get_parent()["metadata"]["cellId"]
    except (AttributeError, KeyError, TypeError):
        return None


def lines_of(source: str) -> Dict[str, int]:
    """The names that a cell makes, and the line of each, counted from 1."""
    # magic lines aren't Python's; an empty one keeps the count
    python = re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE)
    try:
        statements = ast.parse(python).body
    except (SyntaxError, ValueError):
        return lines_by_pattern(source)
    lines = {}  # type: Dict[str, int]
    for statement in statements:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            lines.setdefault(statement.name, statement.lineno)
            continue
        for part in ast.walk(statement):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                lines.setdefault(part.id, part.lineno)
            elif isinstance(part, (ast.Import, ast.ImportFrom)):
                for alias in part.names:
                    name = alias.asname or alias.name.split(".")[0]
                    lines.setdefault(name, part.lineno)
    return lines


def lines_by_pattern(source: str) -> Dict[str, int]:
    """The same for a cell that Python can't read."""
    lines = {}  # type: Dict[str, int]
    for number, line in enumerate(source.splitlines(), 1):
        made = MADE.match(line)
        if made:
            lines.setdefault(made.group(1) or made.group(2), number)
    return lines
