"""The Python side of the button that draws many texts at once."""

import pytest

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.continuations import AT_ONCE, COUNT, Continuations
from tests.widgets.stand_in import StandIn


class Writer(StandIn):
    """Writes down how it was asked: each text names its seed and its settings."""

    def batch(self, prompts, max_tokens, temperature, top_k, top_p, seed):
        assert len(prompts) <= AT_ONCE
        if not prompts[0]:
            raise ValueError("The prompt is empty: write at least one letter.")
        rows = range(seed, seed + len(prompts))
        return [f"{prompts[0]} {row} {temperature} {top_k} {top_p}" for row in rows]


@pytest.fixture
def pair():
    writer = Writer()
    odds = NextToken(writer, "Once", temperature=0.5, top_k=3)
    return odds, Continuations(writer, odds)


def press(button: Continuations) -> None:
    """What the page does when the button is pressed."""
    button._asked += 1


def test_there_are_texts_before_the_button_is_pressed(pair):
    assert pair[1].texts == [f"Once {row} 0.5 3 None" for row in range(COUNT)]
    assert repr(pair[1]) == "Continuations(20 texts, 20 different)"


def test_a_press_takes_the_settings_of_now_and_new_coins(pair):
    odds, button = pair
    before = button.texts
    odds.temperature, odds.top_k, odds.top_p = 1.5, None, 0.9
    odds.prompt = "One morning"
    assert button.texts == before
    assert button.drawn_with["temperature"] == 0.5
    press(button)
    rows = range(COUNT, 2 * COUNT)
    assert button.texts == [f"One morning {row} 1.5 None 0.9" for row in rows]
    assert button.drawn_with["temperature"] == 1.5
    assert button._answered == button._asked == 1


def test_a_refused_prompt_says_why_and_the_next_one_is_drawn(pair):
    odds, button = pair
    odds.prompt = ""
    press(button)
    assert button._message.startswith("The prompt is empty")
    assert button.texts == [] and button._answered == 1
    odds.prompt = "Once"
    press(button)
    assert button._message == "" and len(button.texts) == COUNT
