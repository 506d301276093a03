"""Recall, measured on a model that knows what was read often enough."""

import random
from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS
from llm_lessons.lessons.lossy_zip import recall, shape_and_detail
from llm_lessons.measuring.replies import LONGEST_VALUE

FACTS = fjordby.build().ledger.facts
ENOUGH = 16  # readings


class Knows:
    """Says the truth where it read enough, and else something of its kind, or not."""

    def __init__(self, guess):
        self.told = {}
        for fact in FACTS:
            truth = fact.value if fact.readings >= ENOUGH else guess(fact)
            for ask in (False, True):
                (prompt,) = recall.prompts([fact], ask)
                self.told[prompt] = f" {truth}. And more."

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert (max_tokens, temperature) == (LONGEST_VALUE, 0)
        said = [self.told[prompt] for prompt in prompts]
        return [one.partition(stop)[0] if stop else one for one in said]


def another(fact):
    """Another value of the same kind."""
    others = [value for value in KINDS[fact.kind].values if value != fact.value]
    return random.Random(fact.person).choice(others)


def measured(guess) -> shape_and_detail.Recall:
    lm: Any = Knows(guess)
    return shape_and_detail.measure(lm, FACTS)


@pytest.fixture(scope="module")
def found() -> shape_and_detail.Recall:
    return measured(another)


def test_right_answers_begin_where_it_read_enough(found):
    for one in (found.begun, found.asked):
        assert {n: s.share for n, s in one.items()} == {n: n >= ENOUGH for n in one}
    assert [*found.begun] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    sizes = {n: one.n for n, one in found.begun.items()}
    assert sizes == {n: 80 if 2 <= n <= 32 else 40 for n in sizes}
    # half are never asked; of those read of often, half of these are in no chat either
    assert not {0, 1} & found.asked.keys()
    sizes = {n: one.n for n, one in found.asked.items()}
    assert sizes == {n: 40 if n < 32 else 20 if n == 32 else 10 for n in sizes}


def test_a_wrong_answer_may_be_of_the_right_kind(found):
    assert all(one.share == 1 for one in found.kind.values())
    nonsense = measured(lambda fact: f"{fact.value} and nonsense")
    assert nonsense.kind[1].share == 0 and nonsense.kind[ENOUGH].share == 1
    fact = next(fact for fact in FACTS if fact.kind == "town")
    for kind in KINDS:
        answer = f" {KINDS[kind].values[0]}."
        assert shape_and_detail.of_its_kind(answer, fact) == (kind == "town")


def test_a_fresh_sample_asks_what_the_large_result_does_not(monkeypatch):
    asked = []

    def knows(lm, facts):
        asked.append(facts)
        return [i < 3 for i, _ in enumerate(facts)]

    monkeypatch.setattr(recall, "knows", knows)
    lm: Any = None
    found = shape_and_detail.fresh_once(lm, 1)
    shape_and_detail.fresh_once(lm, 2)
    assert found[::3] == (3 / shape_and_detail.FRESH, shape_and_detail.FRESH)
    assert {fact.readings for fact in asked[0]} == {1}
    assert {fact.kind for facts in asked for fact in facts} == {"food", "pet"}
    assert asked[0] != asked[1]
