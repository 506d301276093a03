"""The control reads marbles alone, as often for every number of changes."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from llm_lessons.fjordby import marbles
from llm_lessons.lessons.per_token_compute import shallow_and_deep
from llm_lessons.measuring.intervals import share
from llm_lessons.training import Recipe
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
def test_every_depth_is_measured_on_its_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shallow_and_deep, "FJORD", tiny.CONFIG)
    monkeypatch.setattr(shallow_and_deep, "LOOKS", 2)
    monkeypatch.setattr(shallow_and_deep, "CHANGES", (1, 2))
    monkeypatch.setattr(shallow_and_deep, "DOCUMENTS", 40)
    monkeypatch.setattr(shallow_and_deep, "QUESTIONS", 3)
    stream = shallow_and_deep.practice(tiny.tokenizer(), RECIPE, 40)
    looks = list(shallow_and_deep.train(3, stream, RECIPE, tiny.tokenizer()))
    places = [(look.layers, look.documents, look.changes) for look in looks]
    assert [place[2] for place in places] == [1, 2, 1, 2]
    assert {place[0] for place in places} == {3} and places[-1][1] == 40
    assert 15 <= places[0][1] <= 25 and all(look.right.n == 3 for look in looks)


def test_the_log_comes_back_as_it_was_written(tmp_path: Path):
    looks = [
        shallow_and_deep.Look(8, 100, 6, share([1, 0, 0])),
        shallow_and_deep.Look(1, 7, 1, share([1])),
    ]
    path = tmp_path / "new" / "log.csv"
    shallow_and_deep.write_log(path, looks)
    again = shallow_and_deep.read_log(path)
    assert [look[:3] for look in again] == [look[:3] for look in looks]
    for one, other in zip(again, looks, strict=True):
        assert tuple(one.right) == pytest.approx(tuple(other.right), abs=1e-4)


def test_a_stopped_run_goes_on_with_the_next_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    trained = []

    def train(layers, stream, recipe, tokenizer):
        trained.append(layers)
        if trained == [1, 2]:
            raise KeyboardInterrupt
        yield shallow_and_deep.Look(layers, 1, 1, share([1]))

    # devices can't be set any more where JAX is at work already
    monkeypatch.setattr(shallow_and_deep.jax.config, "update", lambda *_: None)
    monkeypatch.setattr(shallow_and_deep, "train", train)
    monkeypatch.setattr(shallow_and_deep, "practice", lambda *_: None)
    arguments = ["--log", str(tmp_path / "log.csv"), "--devices", "1"]
    assert shallow_and_deep.main(arguments) == 130
    assert not (tmp_path / "log.csv").exists()
    assert shallow_and_deep.main(arguments) == 0
    assert trained == [1, 2, 2, 4, 8]
    with (tmp_path / "log.csv").open() as file:
        assert [row["layers"] for row in csv.DictReader(file)] == ["1", "2", "4", "8"]
