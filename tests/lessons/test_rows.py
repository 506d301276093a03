"""What rows there are, and how sure one can be of so few forms; and their bounds."""

from typing import Any, get_args

import pytest

from llm_lessons.fjordby import notes
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.language_model.loading import load
from llm_lessons.lessons import bounds
from llm_lessons.lessons.working_memory.open_book import over_new
from llm_lessons.measuring.intervals import Share, share
from tests.lessons.reward.test_learned import BETTER


def test_a_wording_that_no_page_has_counts_once():
    right = share([True] * 190 + [False] * 10)
    assert over_new(right, "note") == over_new(right, "no label") == right
    one, other, both = (
        over_new(right, form)
        for form in get_args(notes.Form)
        if form not in ("note", "no label", "biography")
    )
    assert one.share == other.share == both.share == right.share
    assert 8 <= one.n < both.n == one.n + other.n < 100 and one.low < right.low


def test_goals_are_those_that_were_set_before_any_training(monkeypatch):
    """No more cases than forms, and a bound for each figure."""
    monkeypatch.setattr(bounds, "IN_NEW_WORDS", 2)
    lm = load("fjord")
    parts = bounds.new_words, bounds.new_sentences, bounds.new_names
    figures = [figure for part in parts for figure in part(lm, ledger_of())]
    assert len({figure.what for figure in figures}) == len(figures)
    goals = [figure.least for figure in figures if figure.least is not None]
    assert len(goals) == 15 and all(0.7 <= goal <= 0.95 for goal in goals)
    assert len(figures) == len(goals)
    for figure in figures:
        assert isinstance(figure.measured, Share) and figure.measured.n <= 2


def test_what_rewards_teach_has_its_goals(monkeypatch):
    nothing: Any = None
    monkeypatch.setattr(bounds, "result_of", lambda experiment, lm: BETTER)
    rows = list(bounds.rewarded(nothing, nothing))
    assert {row.claim for row in rows} == {"B2"}
    goals = [(row.least, row.relative, row.kept) for row in rows]
    assert goals == [
        (None, False, True),
        (0.9, False, True),  # 90 % step by step
        (None, False, True),
        (pytest.approx(1.6 * 0.3), True, True),  # of 30 % before
        (0.9, False, False),  # 80 % recalled
    ]
