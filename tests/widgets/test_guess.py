"""The Python side of a number of one's own."""

import pytest
from traitlets import TraitError

from llm_lessons.widgets import Guess


def test_nothing_is_said_until_somebody_does():
    guess = Guess("How many?", 0, 100, "{} %")
    assert guess.value is None and guess.curve == {}
    assert repr(guess) == "How many?\n  ..."
    guess.values = [40]
    assert guess.value == 40 and guess.curve == {}
    assert repr(guess) == "How many?\n  40 %"


def test_a_curve_is_said_place_by_place():
    guess = Guess("How many?", 0, 100, "{} %", at=(1, 4, 16), along="readings")
    assert guess.values == [None, None, None]
    guess.values = [None, 12.4, 180]
    assert guess.value is None
    assert guess.curve == {4: 12, 16: 100}  # whole numbers, on the scale
    assert repr(guess) == "How many?\n  4: 12 %, 16: 100 %"


def test_what_the_page_says_is_heard():
    guess = Guess("By which?", 1, 40, "token {}")
    assert guess._heard == [None]
    guess.set_state({"values": [7]})
    assert guess._heard == [7] == guess.values


def test_another_number_of_numbers_is_refused():
    guess = Guess("How many?", 0, 10, at=(1, 2))
    for wrong in ([1], [1, 2, 3], ["a", None], [float("nan"), 1], [float("inf"), 1]):
        with pytest.raises((ValueError, TraitError)):
            guess.values = wrong
    assert guess.values == [None, None]


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        ((5, 5), {}, "highest must be above lowest; they are 5 and 5"),
        ((0, 9, "%"), {}, 'unit needs {} where the number stands; it is "%"'),
        ((0, 9), {"at": range(13)}, "at has 13 places; 12 fit"),
    ],
)
def test_what_is_no_scale_is_refused(arguments, settings, words):
    with pytest.raises(ValueError) as caught:
        Guess("How many?", *arguments, **settings)
    assert words in str(caught.value)
