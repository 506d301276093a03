"""The intervals of a share and a median, by definition and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.measuring.intervals import (
    Share,
    Z,
    apart,
    median,
    over_forms,
    share,
    surely,
)


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_the_interval_is_where_the_score_test_stops_rejecting(outcomes):
    """Wilson's limits solve |mean - p| = z sqrt(p (1 - p) / n) for p."""
    found = share(outcomes)
    for p in (found.low, found.high):
        if 1e-9 < p < 1 - 1e-9:
            error = math.sqrt(p * (1 - p) / found.n)
            assert abs(found.share - p) == pytest.approx(Z * error, abs=1e-9)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share <= found.high + 1e-12 <= 1 + 1e-12


def test_intervals_hold_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(0)
    shares = medians = 0
    for _ in range(2000):
        found = share(rng.random(50) < 0.3)
        shares += found.low <= 0.3 <= found.high
        found = median(rng.exponential(size=51).tolist())
        medians += found.low <= math.log(2) <= found.high
    assert 0.93 < shares / 2000 < 0.97 and 0.945 < medians / 2000 < 0.99


def test_clusters_count_once_and_nothing_is_refused():
    assert share([0.5, 0.5, 1.0, 0.0]).n == 4
    assert share([0.5, 0.5, 1.0, 0.0]).share == 0.5
    with pytest.raises(ValueError, match="at least one"):
        share([])


def test_shares_are_apart_where_their_intervals_do_not_meet():
    low, high = Share(0.2, 0.1, 0.3, 9), Share(0.5, 0.4, 0.6, 9)
    assert apart(low, high) and apart(high, low)
    assert not apart(low, low) and not apart(low, Share(0.4, 0.3, 0.5, 9))
    assert not apart(Share(0.5, 0.0, 1.0, 9), high)
    assert surely("20 and 50", low, high) == surely("20 and 50", high, low)
    assert surely("20 and 20", low, low) == "20 and 20\n(may be chance)"


def test_the_median_of_a_known_table():
    """Ranks as in tables of the sign test: 6 and 15 of 20, 40 and 61 of 100."""
    found = median(range(20, 0, -1))
    assert (found.median, found.low, found.high, found.n) == (10.5, 6, 15, 20)
    assert median(range(1, 101))[1:] == (40, 61, 100)
    assert median([3.0, math.inf, 1.0]) == (3, 1, math.inf, 3)
    with pytest.raises(ValueError, match="at least one"):
        median([])


def test_questions_in_few_forms_are_as_sure_as_few_questions():
    found = share([1] * 150 + [0] * 50)
    assert over_forms(found, 4) == share([1, 1, 1, 0])
    assert over_forms(found, 200) == over_forms(found, 5000) == found
