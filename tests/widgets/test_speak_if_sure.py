"""The Python side of the hundred dots; what they look like is tested in a browser."""

import pytest

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.language_model.loading import load
from llm_lessons.widgets import SpeakIfSure


@pytest.fixture(scope="module")
def dots() -> SpeakIfSure:
    return SpeakIfSure(load("fjord"))


def test_each_dot_is_a_fact_of_the_ledger_with_pages_that_say_it(dots):
    facts = {fact.person: fact for fact in ledger_of().facts}
    names = {name: fact.readings for name, fact in facts.items()}
    assert len(dots._dots) == 100
    for dot in dots._dots:
        [name] = [name for name in names if name in dot["question"]]
        assert names[name] == dot["readings"]
        assert bool(dot["truth"]) == bool(dot["pages"]) == (dot["readings"] > 0)
        assert all(name in p and dot["truth"] in p for p in dot["pages"])
        right = dot["outcome"] == "right"
        assert right == (dot["text"] == dot["truth"] != "")
        assert dot["sure"] == max(chance for _, chance in dot["likeliest"])
    readings = [dot["readings"] for dot in dots._dots]
    assert readings == sorted(readings) and len({*readings}) == 10


def test_what_is_left_and_lost_is_counted(dots):
    dots.least = 0
    wrong, lost = dots.counts
    assert lost == 0 and wrong > 0
    dots.least = 100
    assert dots.counts[0] <= wrong / 10
    with pytest.raises(ValueError, match="least goes from 0 to 100"):
        dots.least = 101
    with pytest.raises(ValueError, match="chosen goes from -1 to 99"):
        dots.chosen = 100
