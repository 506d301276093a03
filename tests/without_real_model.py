"""A lesson as on a computer without the real model: what differs from its whole run.

Up to the first cell that asks for the real model, both are the same. So only what
follows is run again, and of what comes before it, what that builds on.
"""

import ast
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from llm_lessons.pages import execution

ASKS = re.compile(r"\b(real_model|vocabularies|check_setup|smollm2)\b")


def without_real_model(path: Path) -> NotebookNode:
    """The run of a lesson, in which what may differ has run without the model."""
    whole = execution.executed(path)
    notebook = nbformat.read(path, as_version=4)
    again = needed(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell.id in again]
    ran = execution.run(notebook, path.parent, real_model=False)
    by_name = {cell.id: cell for cell in ran.cells}
    whole.cells = [by_name.get(cell.id, cell) for cell in whole.cells]
    return whole


def needed(notebook: NotebookNode) -> set[str]:
    """Ids of the code cells from the first that asks on, and of those they build on."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    first = next(i for i, cell in enumerate(code) if ASKS.search(cell.source))
    chosen, wanted = {cell.id for cell in code[first:]}, set[str]()
    for cell in code[first:]:
        wanted |= names(cell.source)[1]
    for cell in reversed(code[:first]):
        bound, used = names(cell.source)
        if bound & wanted:
            chosen.add(cell.id)
            wanted |= used
    return chosen


def names(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell binds, and those that it uses."""
    bound, used = set[str](), set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (bound if isinstance(node.ctx, ast.Store) else used).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
    return bound, used
