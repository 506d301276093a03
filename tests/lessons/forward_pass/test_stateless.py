"""The same bits, here and in a fresh process; and what a model cannot remember."""

import os

import numpy as np
import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import stateless
from llm_lessons.lessons.forward_pass.stateless import Sameness
from llm_lessons.lessons.forward_pass.watched import Opened

pytestmark = pytest.mark.slow

PROMPT = "Once upon a time there was a girl called Ida who lived in a"


def test_a_fingerprint_sees_the_last_bit():
    scores = np.array([1.5, -2.0], np.float32)
    other = scores.copy()
    other[1] = np.nextafter(other[1], np.float32(0))
    assert stateless.fingerprint(scores) == stateless.fingerprint(scores.copy())
    assert stateless.fingerprint(scores) != stateless.fingerprint(other)


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


def test_a_difference_would_be_told():
    found = Sameness("a", 2, ("x", "x", "y"), (1, 2), Opened(1, {}, {}))
    assert not found.same and "that should not be" in found.sentence()


def test_a_process_that_fails_says_why():
    lm = load("fjord")
    lm.name = "nobody"
    with pytest.raises(RuntimeError, match="There is no model called 'nobody'"):
        stateless.compare(lm, PROMPT)
