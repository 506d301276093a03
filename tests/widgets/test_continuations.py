"""The Python side of the button that draws many texts at once."""

import pytest

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.continuations import COUNT, LENGTH, Continuations
from tests import tiny

PROMPT = "The fox found a"


@pytest.fixture
def pair():
    lm = tiny.model()
    odds = NextToken(lm, PROMPT, temperature=0.5, top_k=3)
    return odds, Continuations(lm, odds)


def press(button: Continuations) -> None:
    button._asked += 1


def written(press: int, prompt=PROMPT, **settings) -> list[str]:
    """What the model writes by its own call, before anything is cut."""
    prompts, seed = [prompt] * COUNT, press * COUNT
    return tiny.model().batch(prompts, LENGTH, seed=seed, **settings)


def test_a_press_takes_the_others_prompt_and_cuts_and_new_coins(pair):
    odds, button = pair
    before = button.draws
    odds.temperature, odds.top_k, odds.top_p = 0.7, None, 0.9
    odds.prompt = "The old man"
    assert button.draws == before
    press(button)
    new, old = button.draws
    assert [old] == before and old["temperature"] == 0.5
    settings = {"temperature": 0.7, "top_k": None, "top_p": 0.9}
    assert {name: new[name] for name in settings} == settings
    assert new["prompt"] == "The old man"
    whole = written(1, "The old man", **settings)
    for text, longer in zip(button.texts, whole, strict=True):
        assert longer.startswith(text)
    assert button._answered == button._asked == 1


def test_either_slider_moves_the_other(pair):
    odds, button = pair
    odds.temperature = 1.5
    assert button.temperature == 1.5
    button.temperature = 0.25
    assert odds.temperature == 0.25
    ways = ((button._follows, odds), (odds._follows, button))  # the same in a page
    for follows, other in ways:
        assert follows["widget"] == other.model_id
        assert "temperature" in follows["traits"]


def test_a_temperature_that_means_nothing_is_refused(pair):
    with pytest.raises(ValueError, match="temperature must be"):
        pair[1].temperature = -1.0
