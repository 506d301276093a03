"""What a lesson's figures are made from: while none of it changes, they are kept.

The cells of its notebook; of the modules that these import, and that those import in
turn, all that ask, draw lots, measure and draw; and the weights of the class models.
What reads and runs a model is none of it: however it is written, its tests hold it to
the same numbers.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from llm_lessons.paths import DATA, PACKAGE

_FOLDERS = ("decoding", "fjordby", "lessons", "measuring")
_MODULES = ("figures.py", "figure_values.py", "room/walls.py")
MAKE_FIGURES = tuple(PACKAGE / name for name in (*_FOLDERS, *_MODULES))
_ALWAYS = "from llm_lessons import figures\nfrom llm_lessons.room import walls"


def code_of(notebook: Path) -> list[tuple[str, str]]:
    """The code of a notebook by its cells' ids, without what it last showed."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [(cell.get("id", ""), "".join(cell["source"])) for cell in code]


def sources(notebook: Path) -> list[Path]:
    """The files, beside the notebook, from which its figures come."""
    code = [_ALWAYS, *(text for _, text in code_of(notebook))]
    found: set[Path] = set()
    waiting = [module for text in code for module in _modules(text)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _modules(path.read_text(encoding="utf-8"))
    weights = [DATA / name / "model.safetensors" for name in ("fjord", "fjord-twin")]
    return [*sorted(found), *weights]


def _modules(code: str) -> Iterator[Path]:
    """What a piece of Python imports of what makes figures."""
    for node in ast.walk(ast.parse(code)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            first, *others = name.split(".")
            if first != PACKAGE.name or not others:
                continue
            path = PACKAGE.joinpath(*others)
            for file in (path.with_suffix(".py"), path / "__init__.py"):
                if file.is_file() and any(map(file.is_relative_to, MAKE_FIGURES)):
                    yield file
