"""Before and after the training ended, on a writer that has read up to then."""

import re

import pytest

from llm_lessons.lessons.training import news
from llm_lessons.lessons.training.news import EVENTS, NEW
from tests.lessons.writes import writes


def write(prompt: str) -> str:
    """Of each event what was right before, whatever the year."""
    (event,) = (one for one in EVENTS if prompt in map(one.prompt, (one.year, NEW)))
    return f' "{event.name}", as everybody knows'


def test_right_names_surprise_and_sameness_are_counted(
    monkeypatch: pytest.MonkeyPatch,
):
    def chances(lm, prompts, endings):
        new = {f" {event.new}" for event in EVENTS}
        return [2**-20 if ending in new else 2**-3 for ending in endings]

    monkeypatch.setattr(news, "chances", chances)
    found = news.measure(writes(write))
    assert found.same == 8
    told = re.findall(r"\d of \d|\d+ bits before and \d+ after", found.sentence())
    assert told == ["8 of 8", "0 of 8", "3 bits before and 20 after"]
    # the two years of a text lie on both sides of the end
    for event in EVENTS:
        assert event.year < 2024 < NEW and event.name != event.new
        assert str(event.year) in event.prompt(event.year)
        assert event.source
