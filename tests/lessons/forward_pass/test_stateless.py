"""The same bits in a fresh process, which opens nothing; and whether we would see."""

import os
import subprocess
import sys

import numpy as np
import pytest

from llm_lessons.foundation.paths import ROOT
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import stateless
from llm_lessons.lessons.forward_pass.stateless import Opened, Sameness

pytestmark = pytest.mark.slow

PROMPT = "Once upon a time there was a girl called Ida who lived in a"
# What a program is started with is told to the hook; and the system counts every read
# and write of all threads, also of machine code.
SYSTEM = """
import re, subprocess, sys
from pathlib import Path
from llm_lessons.lessons.forward_pass import stateless
from llm_lessons.language_model.loading import load
def calls():
    told = Path("/proc/self/io").read_text()
    return [int(n) for n in re.findall(r"sysc[rw]: (\\d+)", told)]
events = []
sys.addaudithook(lambda event, _: events.append(event))
subprocess.run([sys.executable, "-c", ""])
print(stateless.counts(events)["programs"])
lm = load("fjord")
stateless.answer(lm, "Once upon a time")
for _ in range(5):  # on a busy machine, a thread of the system may come between
    a, b = calls(), calls()
    stateless.answer(lm, "Once upon a time")
    c = calls()
    print([x - y for x, y in zip(b, a)], [x - y for x, y in zip(c, b)])
"""


def test_fjord_gives_the_same_bits_in_a_fresh_process():
    lm = load("fjord")
    found = stateless.compare(lm, PROMPT + " “små”\n")
    assert found.same and found.count == lm.config.vocab_size
    assert found.calls[0] == stateless.fingerprint(lm.logits(found.prompt))
    assert found.processes[0] == os.getpid() != found.processes[1]
    assert "32,768 bits, the same in every one of them" in found.sentence()
    # and while it answered, the fresh process opened nothing
    assert found.opened.tokens > 20
    assert found.opened.answering == {"files": 0, "sockets": 0, "programs": 0}
    assert found.opened.on_purpose["files"] and found.opened.on_purpose["sockets"]
    assert found.opened.sentence().endswith("on purpose, were seen.)")


def test_a_difference_or_a_blind_hook_would_be_told():
    scores = np.array([1.5, -2.0], np.float32)
    other = np.nextafter(scores, np.float32(0))
    assert stateless.fingerprint(scores) != stateless.fingerprint(other)
    blind = Opened(40, {"files": 0, "sockets": 2}, {"files": 0, "sockets": 1})
    assert "and opened no files, 2 sockets." in blind.sentence()
    assert blind.sentence().endswith("were not seen, so this proves nothing.)")
    found = Sameness("a", 2, ("x", "x", "y"), (1, 2), blind)
    assert not found.same and "that should not be" in found.sentence()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them")
def test_the_system_counts_no_read_either():
    """Only those of the counting itself, before and after alike."""
    command = [sys.executable, "-c", SYSTEM]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    programs, *lines = done.stdout.splitlines()
    assert int(programs) > 0, done.stderr
    rounds = [line.strip("[]").split("] [") for line in lines]
    assert any(counting == answering for counting, answering in rounds), rounds
