"""The Python side of the button that draws many texts at once."""

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.continuations import Continuations
from tests import tiny


def test_it_follows_the_others_prompt_and_cuts_and_both_one_temperature():
    odds = NextToken(tiny.model(), "The fox found a", temperature=0.5, top_k=3)
    button = Continuations(tiny.model(), odds)
    before = button.draws
    settings = {"prompt": "The old man", "temperature": 0.7, "top_k": None}
    for name, value in settings.items():
        setattr(odds, name, value)
    assert button.draws == before and before[0]["temperature"] == 0.5
    button._asked += 1
    new, old = button.draws
    assert [old] == before
    assert {name: new[name] for name in settings} == settings
    button.temperature = 0.25
    assert odds.temperature == 0.25
    ways = ((button._follows, odds), (odds._follows, button))  # the same in a page
    for follows, other in ways:
        assert follows["widget"] == other.model_id
        assert "temperature" in follows["traits"]
