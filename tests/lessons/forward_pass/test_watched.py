"""What a hook is told, and the system's own count as a second way to know."""

import subprocess
import sys

import pytest

from llm_lessons.foundation.paths import ROOT
from llm_lessons.lessons.forward_pass import watched
from llm_lessons.lessons.forward_pass.watched import Opened

# Counts by the hook while something is done that opens things, and while nothing is.
EYES = """
import os, socket, subprocess, sys
from llm_lessons.lessons.forward_pass import watched
events = []
sys.addaudithook(lambda event, _: events.append(event))
for deed in (
    lambda: sum(range(1000)),
    lambda: open(os.devnull).close(),
    lambda: socket.socket().close(),
    lambda: subprocess.run([sys.executable, "-c", ""]),
):
    events.clear()
    deed()
    found = watched.counts(events)
    print(" ".join(kind for kind in watched.KINDS if found[kind]) or "-")
"""
# The system counts every read and write of all threads, also of machine code.
SYSTEM = """
import re
from pathlib import Path
from llm_lessons.lessons.forward_pass import watched
from llm_lessons.language_model.loading import load
def calls():
    told = Path("/proc/self/io").read_text()
    return [int(n) for n in re.findall(r"sysc[rw]: (\\d+)", told)]
lm = load("fjord")
watched.answer(lm, "Once upon a time")
for _ in range(5):  # on a busy machine, a thread of the system may come between
    a, b = calls(), calls()
    watched.answer(lm, "Once upon a time")
    c = calls()
    print([x - y for x, y in zip(b, a)], [x - y for x, y in zip(c, b)])
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_hook_is_told_of_each_kind_and_of_nothing_else():
    nothing, file, sockets, programs = run(EYES).splitlines()
    assert nothing == "-" and file == "files" and sockets == "sockets"
    assert "programs" in programs


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them")
def test_the_system_counts_no_read_either():
    """Only those of the counting itself, before and after alike."""
    rounds = [line.strip("[]").split("] [") for line in run(SYSTEM).splitlines()]
    assert any(counting == answering for counting, answering in rounds), rounds


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ({"files": 1, "sockets": 1}, "on purpose, were seen.)"),
        ({"files": 0, "sockets": 1}, "were not seen, so this proves nothing.)"),
    ],
)
def test_it_is_told_with_its_proof(purpose: dict[str, int], words: str):
    found = Opened(40, {"files": 0, "sockets": 2}, purpose)
    assert "wrote 40 tokens, and opened no files, 2 sockets." in found.sentence()
    assert found.sentence().endswith(words)
    assert set(watched.counts([])) == {"files", "sockets", "programs"}
