"""Notebooks to make pages of."""

from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode


@cache
def read(path: Path) -> NotebookNode:
    """A notebook as it lies in the folder."""
    return nbformat.read(path, as_version=4)
