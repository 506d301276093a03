"""A notebook is run once, quietly, and a warning in it is an error."""

from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from llm_lessons.handouts.execution import executed


def notebook(folder: Path, source: str) -> Path:
    path = folder / "small.ipynb"
    cell = nbformat.v4.new_code_cell(source)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_a_run_says_nothing_of_its_own_and_is_kept(tmp_path, capfd):
    path = notebook(tmp_path, "import time; print(time.time_ns())")
    first = executed(path, tmp_path / "kept")
    assert capfd.readouterr() == ("", "")
    assert first.cells[0].outputs[0].text.strip().isdigit()
    assert executed(path, tmp_path / "kept") == first
    changed = notebook(tmp_path, "import time; print(-time.time_ns())")
    assert executed(changed, tmp_path / "kept").cells[0].outputs[0].text[0] == "-"


def test_a_warning_stops_it(tmp_path):
    path = notebook(tmp_path, "import warnings; warnings.warn('careful')")
    with pytest.raises(CellExecutionError, match="careful"):
        executed(path, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
