"""The Python side of the two knobs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from llm_lessons.widgets import TwoKnobs

SHARES = {"one": 0.5, "two": 0.3, "three": 0.2}


def entropy(shares) -> float:
    return -sum(share * np.log2(share) for share in shares)


def test_the_loss_is_that_of_the_odds_that_the_knobs_make():
    knobs = TwoKnobs(SHARES)
    assert knobs.loss == pytest.approx(np.log2(3))
    # These scores make the odds 0.5, 0.25, 0.25.
    knobs.knobs = [np.log(2), 0.0]
    assert knobs.loss == pytest.approx(0.5 * 1 + 0.3 * 2 + 0.2 * 2)
    # And these the shares themselves, below which nothing gets.
    knobs.knobs = [np.log(0.5 / 0.2), np.log(0.3 / 0.2)]
    assert knobs.loss == pytest.approx(entropy(SHARES.values()))
    assert repr(knobs) == "TwoKnobs(knobs 0.92 and 0.41, loss 1.485 bits)"


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_no_setting_gets_below_the_entropy(first, second):
    knobs = TwoKnobs(SHARES)
    knobs.knobs = [first, second]
    assert knobs.loss >= entropy(SHARES.values()) - 1e-9


def test_a_knob_stays_on_its_slider():
    knobs = TwoKnobs(SHARES)
    knobs.knobs = [9.0, -9.0]
    assert knobs.knobs == [4.0, -4.0]
    for wrong in ([1], [1, 2, 3], ["a", "b"], 5):
        with pytest.raises((ValueError, TraitError)):
            knobs.set_trait("knobs", wrong)
    assert knobs.knobs == [4.0, -4.0]


@pytest.mark.parametrize(
    "shares", [{"a": 1.0}, {"a": 0.5, "b": 0.5, "c": 0.0}, {"a": 1, "b": 1, "c": 1}]
)
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(ValueError, match="three shares above 0"):
        TwoKnobs(shares)
