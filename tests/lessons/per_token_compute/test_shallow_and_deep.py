"""The control reads marbles alone, as often for every number of changes."""

import csv
from pathlib import Path

import numpy as np
import pytest

from llm_lessons.lessons.per_token_compute import shallow_and_deep as control
from llm_lessons.measuring.intervals import share
from llm_lessons.training import Recipe, TokenStream
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble
from tests import tiny

RECIPE = Recipe(rows=4, row_length=96, peak=0.05)


@pytest.mark.rest
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
