"""Before and after the training ended, on a writer that has read up to then."""

import re
from typing import Any

import pytest

from llm_lessons.lessons.training import news
from llm_lessons.lessons.training.news import EVENTS, NEW


class Writer:
    """Says of each event what was right before, whatever the year."""

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        (event,) = (one for one in EVENTS if prompt in map(one.prompt, (one.year, NEW)))
        return f' "{event.name}", as everybody knows'


def test_right_names_surprise_and_sameness_are_counted(
    monkeypatch: pytest.MonkeyPatch,
):
    def chances(lm, prompts, endings):
        new = {f" {event.new}" for event in EVENTS}
        return [2**-20 if ending in new else 2**-3 for ending in endings]

    monkeypatch.setattr(news, "chances", chances)
    lm: Any = Writer()
    found = news.measure(lm)
    assert found.same == 8
    told = re.findall(r"\d of \d|\d+ bits before and \d+ after", found.sentence())
    assert told == ["8 of 8", "0 of 8", "3 bits before and 20 after"]
    assert found.title() == "In 8 of 8, the new name costs more bits: 20, not 3"


def test_the_two_years_of_a_text_lie_on_both_sides_of_the_end():
    for event in EVENTS:
        assert event.year < 2024 < NEW and event.name != event.new
        assert str(event.year) in event.prompt(event.year)
        assert event.source
