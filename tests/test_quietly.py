"""Ctrl-C while a command still loads its modules ends it without a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from llm_lessons_starter.quietly import STOPPED, quietly

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="it sends no such signals")

CHILD = """
def double(queue, number):
    queue.put(2 * number)
"""
# Says what it is, and starts a process, as training does.
MODULE = """
import multiprocessing, sys, time
from pathlib import Path
{loading}
from llm_lessons_starter.command_line import carry_out
from slow.child import double

def work():
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    child = context.Process(target=double, args=(queue, 21))
    child.start()
    print(sys.argv[1:], Path(sys.argv[0]).name, __spec__.name, queue.get(), flush=True)
    child.join()
    {working}
    return 0

if __name__ == "__main__":
    sys.exit(carry_out(work))
"""
WAITING = "Path('waiting').touch(); time.sleep(60)"


def started(folder: Path, loading: str, working: str) -> "subprocess.Popen[str]":
    package = folder / "slow"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "child.py").write_text(CHILD)
    text = MODULE.format(loading=loading, working=working)
    (package / "__main__.py").write_text(text)
    return subprocess.Popen(
        [sys.executable, *quietly(["-m", "slow", "a b", "--c"])],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_runs_as_it_would_by_itself(tmp_path: Path):
    process = started(tmp_path, "", "")
    told = "['a b', '--c'] __main__.py slow.__main__ 42\n"
    assert process.communicate(timeout=60) == (told, "")
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("loading", "working", "told"),
    [
        (WAITING, "", STOPPED.decode()),
        ("", WAITING, "\nStopped: run the same command again to go on from here.\n"),
    ],
    ids=["loading", "working"],
)
def test_it_is_stopped_without_a_traceback(
    tmp_path: Path, loading: str, working: str, told: str
):
    process = started(tmp_path, loading, working)
    while not (tmp_path / "waiting").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "")
    assert output.endswith(told)


def test_who_ignores_ctrl_c_goes_on_to(tmp_path: Path):
    """As a command behind `&` in a script does."""
    shell = "trap '' INT; exec \"$@\""
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    (tmp_path / "asked.py").write_text(code)
    command = ["sh", "-c", shell, "sh", sys.executable, *quietly(["-m", "asked"])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.check_output(command, cwd=tmp_path, env=environment, text=True)
    assert said == "True\n"
