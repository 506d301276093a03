"""What the temperature trades, measured on writers that are known and on Fjord."""

from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.people import population
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.temperature import trade_off


class KnownWriter:
    """Knows every fact."""

    def __init__(self):
        self.asked = []
        self.answers = {
            fjordby.question(kind, person.name): f" {value}.\nQuestion:"
            for person in population(0)
            for kind, value in person.facts.items()
        }

    def batch(self, prompts, max_tokens, temperature, stop="", seed=0):
        self.asked.append((prompts, seed))
        return [self.answers[prompt] for prompt in prompts]


def test_at_temperature_1_the_coin_follows_the_training_text():
    beginning = "who lived in a"
    prompt = f"Once upon a time there was a girl called Ida {beginning}"
    ((piece, _, chance),) = load("fjord").next_token(prompt, top=1).rows
    seen = fjordby.search(beginning + piece).total / fjordby.search(beginning).total
    assert chance == pytest.approx(seen, abs=0.12)


def test_a_fresh_sample_asks_for_other_facts():
    lm: Any = KnownWriter()
    trade_off.right_facts(lm, trade_off.well_read(), trade_off.AT)
    found = [trade_off.fresh_facts(lm, seed) for seed in (1, 2)]
    assert [one[::3] for one in found] == [(1, trade_off.FRESH)] * 2
    large, one, other = (set(prompts) for prompts, _ in lm.asked)
    assert not large & one and not large & other and one != other
    assert [seed for _, seed in lm.asked] == [0, 1, 2]
