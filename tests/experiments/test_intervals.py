"""The interval of a share, against its definition and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.experiments.intervals import Z, share


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


def test_the_interval_holds_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(0)
    truth = 0.3
    held = 0
    for _ in range(2000):
        found = share(rng.random(50) < truth)
        held += found.low <= truth <= found.high
    assert 0.93 < held / 2000 < 0.97


def test_clusters_count_once_and_nothing_is_refused():
    assert share([0.5, 0.5, 1.0, 0.0]).n == 4
    assert share([0.5, 0.5, 1.0, 0.0]).share == 0.5
    with pytest.raises(ValueError, match="at least one"):
        share([])
