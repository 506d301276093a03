"""A cell that is run too early says which one to run first."""

import json
import os
import types
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from traitlets.config import Config

from llm_lessons_starter import lab, too_early
from llm_lessons_starter.too_early import names_in, sentence_about

CELLS = {
    "load": "%pip list\nimport llm_lessons as ll\n\nlm = ll.load('fjord')",
    "again": "lm = None",
    "mine": "answer = lm + missing\nlater",
    "below": "later = 1",
}


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Any:
    """What runs the cells of a notebook with a file; `shell.shown` is what it shows."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "book.ipynb"))
    cells = [
        {"cell_type": "code", "id": name, "source": source.splitlines(keepends=True)}
        for name, source in CELLS.items()
    ]
    text = {"cell_type": "markdown", "id": "text", "source": ["lm = 1"]}
    book = {"cells": [text, *cells]}
    (tmp_path / "book.ipynb").write_text(json.dumps(book), encoding="utf-8")
    shell: Any = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.shown = []
    shell._showtraceback = lambda kind, error, lines: shell.shown.append(lines)
    ipython = types.SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(too_early.sys.modules, "IPython", ipython)
    too_early.watch()
    return shell


def run(shell: Any, source: str, cell: str = "mine") -> list[str]:
    """The lines that a cell's error is shown with; it stays an error."""
    shell.get_parent = lambda: {"metadata": {"cellId": cell}}
    result = shell.run_cell(source)
    assert isinstance(result.error_in_exec, Exception)
    (lines,) = shell.shown
    shell.shown.clear()
    return lines


def test_it_names_the_nearest_cell_above_that_makes_what_is_missing(shell):
    (first,) = run(shell, "ll.load('fjord')")
    assert "run the cell with\n\n    import llm_lessons as ll\n\nfirst" in first
    (nearest,) = run(shell, "x = 1\nlm")
    assert "    lm = None\n" in nearest and "`lm` comes from there" in nearest
    (above,) = run(shell, "lm", cell="again")
    assert "    lm = ll.load('fjord')\n" in above
    (called,) = run(shell, "def f():\n    return lm\n\nf()")
    assert "    lm = None\n" in called
    (last,) = run(shell, "later", cell="new")  # which the file lacks
    assert "later = 1" in last
    long = sentence_about("x", ["x = [" + "1, " * 50 + "]"])
    assert long and len(long.splitlines()[2]) == 64  # the line of code


@pytest.mark.parametrize(
    "source",
    [
        "missing",
        "later",
        "1 / 0",
        "import ast\nast.parse(1)",
        "def f():\n a\n a=1\nf()",
    ],
)
def test_other_errors_keep_their_traceback(shell, source):
    assert any("Traceback" in line or "Cell" in line for line in run(shell, source))


@pytest.mark.parametrize("content", [None, "{", '{"cells": [1]}'])
def test_without_a_notebook_to_read_it_is_an_ordinary_error(shell, tmp_path, content):
    path = tmp_path / "book.ipynb"
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert len(run(shell, "lm")) > 1


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = 1\ny: int = 2\nz += 1", {"x": 1, "y": 2, "z": 3}),
        ("a, (b, *c) = 1, (2, 3)", {"a": 1, "b": 1, "c": 1}),
        ("def f(x):\n    inner = 1\n\nclass C: pass", {"f": 1, "C": 4}),
        ("for i in range(3):\n    d = i", {"i": 1, "d": 2}),
        ("%time\n!ls\nx = 1\nif x == 2: pass", {"x": 3}),
        (
            "import a.b, c as d\nfrom e import f as g, h",
            {"a": 1, "d": 1, "g": 2, "h": 2},
        ),
        ("x = 1\nx = 2", {"x": 1}),
        ("x = 1\ny = = 2\ndef z(: 3", {"x": 1, "y": 2, "z": 3}),
        ("f(x=1)", {}),
        ("\0", {}),
    ],
)
def test_what_a_cell_makes(source, lines):
    assert names_in(source) == lines


@pytest.mark.slow
def test_a_kernel_of_jupyterlab_explains_its_very_first_cell(tmp_path):
    """Before any `import llm_lessons` there is what PYTHONSTARTUP names."""
    path = tmp_path / "book.ipynb"
    code = nbformat.v4.new_code_cell
    whole = nbformat.v4.new_notebook(cells=[code("import llm_lessons as ll")])
    nbformat.write(whole, path)
    run_first = nbformat.v4.new_notebook(cells=[code("ll.load"), code("[*globals()]")])
    client = NotebookClient(run_first, kernel_name="python3", allow_errors=True)
    client.execute(env={**os.environ, **lab.KERNELS, "JPY_SESSION_NAME": str(path)})
    error, names = (cell.outputs[0] for cell in run_first.cells)
    assert error.output_type == "error" and error.ename == "NameError"
    assert "run the cell with\n\n    import llm_lessons" in error.traceback[0]
    assert "too_early" not in names.data["text/plain"]
    language = run_first.metadata.language_info  # as the kernel told it
    assert language.name == "python" and "version" not in language
