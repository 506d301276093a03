"""Recall, measured on a model that knows what was read often enough."""

import random
from typing import Any

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS
from llm_lessons.lessons.lossy_zip import recall, shape_and_detail
from tests.lessons.writes import writes

FACTS = fjordby.build().ledger.facts
ENOUGH = 16  # readings


def another(fact):
    """Another value of the same kind."""
    others = [value for value in KINDS[fact.kind].values if value != fact.value]
    return random.Random(fact.person).choice(others)


def measured(guess) -> shape_and_detail.Recall:
    """Of who says the truth where it read enough, and else what it guesses."""
    told = {}
    for fact in FACTS:
        said = fact.value if fact.readings >= ENOUGH else guess(fact)
        for ask in (False, True):
            (prompt,) = recall.prompts([fact], ask)
            told[prompt] = f" {said}. And more."
    return shape_and_detail.measure(writes(told.__getitem__), FACTS)


def test_right_answers_begin_where_it_read_enough_and_wrong_ones_are_of_a_kind():
    found = measured(another)
    for one in (found.begun, found.asked):
        assert {n: s.share for n, s in one.items()} == {n: n >= ENOUGH for n in one}
    assert [*found.begun] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    sizes = {n: one.n for n, one in found.begun.items()}
    assert sizes == {n: 80 if 2 <= n <= 32 else 40 for n in sizes}
    # half are never asked; of those read of often, half of these are in no chat either
    assert not {0, 1} & found.asked.keys()
    sizes = {n: one.n for n, one in found.asked.items()}
    assert sizes == {n: 40 if n < 32 else 20 if n == 32 else 10 for n in sizes}
    assert all(one.share == 1 for one in found.kind.values())
    nonsense = measured(lambda fact: f"{fact.value} and nonsense")
    assert nonsense.kind[1].share == 0 and nonsense.kind[ENOUGH].share == 1


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
