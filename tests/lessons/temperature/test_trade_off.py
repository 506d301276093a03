"""What the temperature trades, measured on writers that are known and on Fjord."""

from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.temperature import trade_off


def test_at_temperature_1_the_coin_follows_the_training_text():
    beginning = "who lived in a"
    prompt = f"Once upon a time there was a girl called Ida {beginning}"
    ((piece, _, chance),) = load("fjord").next_token(prompt, top=1).rows
    seen = fjordby.search(beginning + piece).total / fjordby.search(beginning).total
    assert chance == pytest.approx(seen, abs=0.12)


def test_a_fresh_sample_asks_for_other_facts():
    asked = []

    def batch(prompts, *_, seed, **__):
        asked.append((set(prompts), seed))
        return [" Oslo."] * len(prompts)

    lm: Any = SimpleNamespace(batch=batch)
    trade_off.right_facts(lm, trade_off.well_read(), trade_off.AT)
    found = [trade_off.fresh_facts(lm, seed) for seed in (1, 2)]
    assert [one.n for one in found] == [trade_off.FRESH] * 2
    (large, *_), (one, first), (other, second) = asked
    assert not large & one and not large & other and one != other
    assert (first, second) == (1, 2)
