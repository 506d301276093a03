"""The control reads marbles alone, as often for every number of changes."""

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.per_token_compute import shallow_and_deep as control
from llm_lessons.measuring.intervals import share
from llm_lessons.training import Recipe, TokenStream
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble
from tests import tiny

RECIPE = Recipe(rows=4, row_length=96, peak=0.05)
ENDS = ("finds", "wins", "buys", "loses", "gives away", "drops")


def changes(text: str) -> int:
    """How often the bag changes in a document."""
    return sum(text.count(f" {verb} ") for verb in ENDS)


def test_practice_is_equal_and_has_no_question_of_the_tests():
    texts = marbles.equal_practice(5, (1, 3, 6))
    assert Counter(map(changes, texts)) == {1: 5, 3: 5, 6: 5}
    assert [changes(text) for text in texts] != sorted(map(changes, texts))
    for text in texts:
        question, answer = text.split("\nAnswer at once: ")
        start, *numbers = map(int, re.findall(r"\d+", question))
        signs = [1 if more else -1 for more in re.findall(r"\d+( more)?\.", question)]
        signed = [a * b for a, b in zip(signs, numbers, strict=True)]
        assert not marbles.is_held_out(start, signed)
        assert answer.rstrip(".").isdigit()


@pytest.mark.slow
def test_questions_of_every_kind_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In a control of a few steps: three looks, two numbers of changes."""
    for name, value in (
        ("read_config", lambda: tiny.CONFIG),
        ("LOOKS", 3),
        ("CHANGES", (1, 2)),
        ("DOCUMENTS", 40),
        ("QUESTIONS", 3),
    ):
        monkeypatch.setattr(control, name, value)
    tokenizer = tiny.tokenizer()
    little = control.practice(tokenizer, RECIPE, 40)
    looks = next(control.train(3, little, RECIPE, tokenizer, tmp_path))
    found = [(look.layers, look.changes, look.right.n) for look in looks]
    assert found == [(3, 1, 3), (3, 2, 3)]


def test_a_stopped_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told = []

    def train(layers, stream, recipe, tokenizer, folder, done):
        told.append((layers, len(done)))
        for documents in (10, 20)[len(done) :]:
            if (layers, documents) == (2, 20) and told.count((2, 1)) == 0:
                raise KeyboardInterrupt
            yield [control.Look(layers, documents, 1, share([1]))]

    stream = TokenStream(np.zeros((12, 97), np.uint16), 4)
    # devices can't be set any more where JAX is at work already
    monkeypatch.setattr(control.jax.config, "update", lambda *_: None)
    monkeypatch.setattr(control, "train", train)
    monkeypatch.setattr(control, "practice", lambda *_: stream)
    log = tmp_path / "log.csv"
    arguments = ["--log", str(log), "--work", str(tmp_path / "work"), "--devices", "1"]
    assert carry_out(lambda: control.run(arguments)) == 130
    assert not log.exists() and told == [(1, 0), (2, 0)]
    assert carry_out(lambda: control.run(arguments)) == 0
    assert told[2:] == [(1, 2), (2, 1), (4, 0)]
    with log.open() as file:
        rows = [(row["layers"], row["documents"]) for row in csv.DictReader(file)]
    assert rows == [(n, read) for n in "124" for read in ("10", "20")]
    log.write_text("layers,documents\n1,many\n")
    with pytest.raises(Trouble, match="can't be read: delete it"):
        control.continued(log)
