"""The Python side of the button that draws many texts at once."""

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.continuations import Continuations
from tests import tiny

PROMPT = "The fox found a"


def test_a_press_takes_the_others_prompt_and_cuts():
    lm = tiny.model()
    odds = NextToken(lm, PROMPT, temperature=0.5, top_k=3)
    button = Continuations(lm, odds)
    before = button.draws
    settings = {"temperature": 0.7, "top_k": None, "top_p": 0.9}
    for name, value in {"prompt": "The old man", **settings}.items():
        setattr(odds, name, value)
    assert button.draws == before
    button._asked += 1
    new, old = button.draws
    assert [old] == before and old["temperature"] == 0.5
    assert {name: new[name] for name in settings} == settings
    assert new["prompt"] == "The old man"
    assert button._answered == button._asked == 1
    button.temperature = 0.25
    assert odds.temperature == 0.25
    ways = ((button._follows, odds), (odds._follows, button))  # the same in a page
    for follows, other in ways:
        assert follows["widget"] == other.model_id
        assert "temperature" in follows["traits"]
