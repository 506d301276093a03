"""The rows of what rewards teach: from a result, each with its bound."""

from typing import Any

import pytest

from llm_lessons.lessons import bounds_of_reward
from tests.lessons.reward.test_learned import BETTER


def test_each_row_has_its_bound_and_the_relative_one_says_so(monkeypatch):
    nothing: Any = None
    monkeypatch.setattr(bounds_of_reward.learned, "kept_of", lambda lm: BETTER)
    rows = list(bounds_of_reward.rewarded(nothing, nothing))
    assert {row.claim for row in rows} == {"B2"}
    bounds = [(row.least, row.relative, row.kept) for row in rows]
    assert bounds == [
        (None, False, True),
        (0.9, False, True),  # 90 % step by step
        (None, False, True),
        (pytest.approx(1.6 * 0.3), True, True),  # of 30 % before
        (0.9, False, False),  # 80 % recalled
    ]


def test_without_a_kept_result_it_is_measured(monkeypatch):
    monkeypatch.setattr(bounds_of_reward.learned, "kept_of", lambda lm: None)
    monkeypatch.setattr(bounds_of_reward.learned, "measure", lambda lm: BETTER)
    nothing: Any = None
    assert len(list(bounds_of_reward.rewarded(nothing, nothing))) == 5
