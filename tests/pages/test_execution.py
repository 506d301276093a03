"""A notebook is run once, quietly, and a warning in it is an error."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from llm_lessons.foundation.paths import ROOT
from llm_lessons.pages import kernels, writing
from llm_lessons.pages.execution import all_executed, executed, is_kept
from llm_lessons.pages.kernels import Stopped
from llm_lessons_room import handouts

pytestmark = pytest.mark.slow


def notebook(folder: Path, *sources: str, name: str = "small") -> Path:
    path = folder / f"{name}.ipynb"
    cells = [
        new_markdown_cell(f"# {name}", id="top"),
        *(new_code_cell(one, id=f"cell-{at}") for at, one in enumerate(sources, 1)),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_run_says_nothing_of_its_own_and_is_kept(tmp_path, capfd):
    path = notebook(tmp_path, "import time; print(time.time_ns())")
    first = executed(path, tmp_path / "kept")
    assert capfd.readouterr() == ("", "")
    assert first.cells[1].outputs[0].text.strip().isdigit()
    assert executed(path, tmp_path / "kept") == first
    changed = notebook(tmp_path, "import time; print(-time.time_ns())")
    (closed := tmp_path / "closed").touch()  # where nothing is kept
    assert executed(changed, closed / "kept").cells[1].outputs[0].text[0] == "-"


@pytest.mark.parametrize(
    "source, told",
    [
        ("import warnings; warnings.warn('careful')", "stopped: UserWarning: careful"),
        ("import os; os._exit(1)", "stopped: Kernel died"),
        ("import time; time.sleep(100)", "took more than 4 seconds."),
    ],
)
def test_what_stops_a_run_is_told_with_its_cell(tmp_path, monkeypatch, source, told):
    monkeypatch.setattr(kernels, "LONGEST", 4)
    path = notebook(tmp_path, "1 + 1", source)
    with pytest.raises(Stopped) as error:
        executed(path, tmp_path / "kept")
    assert str(error.value).startswith(f"its cell 'cell-2' {told}")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "memory, processors, fitting",
    [(None, 3, 3), (64e9, 2, 2), (3e9, 8, 2), (1e8, 8, 1)],
)
def test_as_many_run_side_by_side_as_fit(monkeypatch, memory, processors, fitting):
    monkeypatch.setattr(kernels.machine, "available_memory", lambda: memory)
    monkeypatch.setattr(kernels.machine, "processors", lambda: processors)
    assert kernels.at_once() == fitting


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
@pytest.mark.parametrize(
    ("moment", "sent", "code"),
    [
        ("while its kernel starts", signal.SIGINT, 130),
        ("while it runs", signal.SIGTERM, 143),
    ],
)
def test_a_run_that_is_stopped_ends_its_kernel(tmp_path, moment, sent, code):
    source = f"import pathlib, time; pathlib.Path({str(tmp_path / 'on')!r}).touch()\n"
    path = notebook(tmp_path, source + "time.sleep(100)")
    command = [sys.executable, "-c", STOPPABLE, str(path), str(tmp_path / "kept")]
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, env=environment, cwd=ROOT, **pipes)
    kernels: list[int] = []
    while not kernels or (moment == "while it runs" and not (tmp_path / "on").exists()):
        assert process.poll() is None
        below = psutil.Process(process.pid).children(recursive=True)
        kernels = [one.pid for one in below]
        time.sleep(0.01)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, "")
    assert output.splitlines()[-1].startswith("Stopped: run the same command again")
    assert not any(map(psutil.pid_exists, kernels))


def test_a_lesson_that_stops_is_named_and_leaves_the_others(tmp_path, monkeypatch):
    """Side by side, and as soon as they have ended; what ran is kept, with its more."""
    kept, out, left_out = tmp_path / "kept", tmp_path / "out", []
    slow = notebook(tmp_path, "import time; time.sleep(1)", name="11_first")
    broken = notebook(tmp_path, "one = 1", "\n\none / 0\n", name="12_second")
    whole = notebook(tmp_path, "n = 1", "print(n)", name="13_third")
    behind = [new_code_cell("n += 1\nprint('behind')", id="more")]
    told = []
    monkeypatch.setattr(handouts, "lessons", lambda: [slow, broken, whole])
    monkeypatch.setattr(handouts, "wall_cells", lambda *_: {whole: {"cell-1": behind}})
    monkeypatch.setattr(handouts, "save_drawn", lambda *asked: told.extend(asked[-1]))
    monkeypatch.setattr(all_executed, "__defaults__", (None, kept, "en"))
    monkeypatch.setattr(kernels, "at_once", lambda: 3)
    for part in ("write_models", "write_origins"):
        monkeypatch.setattr(writing, part, lambda out: None)
    monkeypatch.setattr(writing.booklet, "coders", lambda made, *asked: str(made))
    runs = handouts.lessons_run(left_out, "en")
    assert "booklet.html" in [one.name for one in writing.write_pages(out, "a4", runs)]
    assert left_out == [
        "Lesson 12_second is left out: its cell 'cell-2' stopped: "
        "ZeroDivisionError: division by zero"
    ]
    *ran, extra = told
    assert [cell.id for cell in ran] == ["top", "cell-1", "cell-2"]
    assert ran[-1].outputs[0].text == "2\n"  # for the extra cell ran between the two
    assert extra.outputs[0].text == "behind\n"
    assert is_kept(slow, kept) and is_kept(whole, kept) and not is_kept(broken, kept)
    assert (out / "11_first.html").exists() and not (out / "12_second.html").exists()
    front = (out / "index.html").read_text("utf-8")
    assert "12_second" not in front
    assert 0 < front.index("11_first.html") < front.index("13_third.html")


def test_the_command_says_what_is_left_out_and_what_it_lacks(
    tmp_path, monkeypatch, capsys
):
    def written(out: Path, settings: object, kit: bool, left_out: list[str]) -> list:
        left_out.append("Lesson 12 is left out.")
        return []

    (tmp_path / "closed").touch()
    monkeypatch.setattr(handouts, "write_all", written)
    monkeypatch.setattr("llm_lessons.pages.printing.NAMES", ())
    monkeypatch.setattr("llm_lessons.pages.printing.ELSEWHERE", ())
    for name, told in (
        ("there", ["Lesson 12 is left out.", "install one and run the same command"]),
        ("closed/there", ["Nothing can be written into", "name a folder with --out."]),
    ):
        monkeypatch.setattr(sys, "argv", ["handouts", "--out", str(tmp_path / name)])
        assert handouts.main() == 1
        said = capsys.readouterr().out
        assert all(one in said for one in told)
