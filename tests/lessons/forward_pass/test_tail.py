"""A few large and many tiny: counted, against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.forward_pass import tail
from llm_lessons.lessons.forward_pass.tail import Tail
from tests import tiny


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=60))
def test_counts_are_those_by_hand(weights):
    ordered = np.sort(np.array(weights) / sum(weights))[::-1]
    found = Tail("a text", ordered)
    assert found.large == sum(p > 0.01 for p in ordered)
    assert ordered[found.size - found.sharing :].sum() <= 0.01
    more = ordered[max(0, found.size - found.sharing - 1) :].sum()
    assert found.sharing == found.size or more > 0.01


def test_a_models_odds_are_ordered_whole_and_told():
    lm = tiny.model()
    found = tail.count(lm, "The fox")
    assert found.size == lm.config.vocab_size
    assert found.ordered.sum() == pytest.approx(1)
    chances = [row[2] for row in lm.next_token("The fox", 5).rows]
    np.testing.assert_allclose(found.ordered[:5], chances, rtol=1e-9)
    one = Tail("One day", np.array([0.98, 0.0095, 0.005, 0.003, 0.0025]))
    assert one.sentence().replace("\u00a0", " ") == (
        "After “One day”, 1 of 5 tokens has more than 1 %, together 98 %; the 2 least "
        "likely ones share the last 1 %."
    )
