"""Before and after the rewards: what is measured, and what is said of it."""

import pytest

from llm_lessons.lessons.reward import learned, moments
from llm_lessons.lessons.reward.learned import Look, Rewarded, Run
from llm_lessons.measuring.intervals import Number, share
from tests import tiny
from tests.lessons.reward.tiny_choice import CHOICE
from tests.titled import plain


def looked(marks: str, recalled: float, bits: float) -> Look:
    """A look with so many facts of ten recalled, and such a surprise."""
    facts = {512: share(i < 10 * recalled for i in range(10))}
    return Look(marks, facts, Number(2 * bits, "bits"), Number(bits, "bits"))


def rewarded(after: str) -> Rewarded:
    """Two runs of three steps that end in these answers."""
    looks = [looked(after, 0.9, 1.1), looked(after, 0.7, 1.3)]
    runs = tuple(Run((0.3, 0.5, 0.8), (0.2, 0.6, 0.9), one) for one in looks)
    return Rewarded(looked("aaaaaaaAAS" * 4, 1.0, 1.0), runs, ())


BETTER = rewarded("SSSSSSSSSa" * 4)


def test_both_sides_are_told_in_numbers():
    assert "90 % are right (90 to 90 % in 2 runs)" in plain(BETTER.sentence())
    assert "from 30 % to 90 %" in plain(BETTER.title())
    cost = plain(BETTER.cost())
    assert moments.within_steps([BETTER.before]).n == 4
    assert moments.within_steps([run.after for run in BETTER.runs]).n == 72
    assert "recalls 100 % before and 80 % after" in cost
    assert "1.00 bits a token before and 1.20 after" in cost
    assert "by 2.00 and 2.40" in cost
    assert BETTER.facts(512).share == pytest.approx(0.8)


@pytest.mark.slow
def test_a_learners_own_model_is_asked_unseen_problems(monkeypatch):
    monkeypatch.setattr(learned, "RIGHT", CHOICE)
    found = learned.yours(tiny.model())
    assert found is not None and found.n == 1
    assert learned.yours(None) is None and learned.kept_of(tiny.model()) is None
