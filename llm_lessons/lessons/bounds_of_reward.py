"""The figures of learning from rewards, with their bounds.

The part of `bounds` that measures what comes of right answers that are rewarded. It
takes the result that is kept for these weights and this code; without one it measures,
which takes many minutes. An interval counts the problems, not the five runs.
"""

from collections.abc import Iterator

from llm_lessons.fjordby import Ledger
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.reward import learned
from llm_lessons.measuring.claims import Figure

# Goals, written down before the five runs.
_STEPWISE, _RIGHT_TIMES, _FACTS = 0.90, 1.6, 0.90


def rewarded(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """B2: nobody tells it to write steps, only right answers are rewarded."""
    found = learned.kept_of(lm) or learned.measure(lm)
    before = found.before
    after = f"after {learned.STEPS} steps of reward for right answers"
    what = "marbles, no word about the form: written step by step"
    yield Figure("B2", f"{what}, before", before.stepwise)
    yield Figure("B2", f"{what}, {after}", found.stepwise, _STEPWISE)
    what = "marbles, no word about the form: right"
    yield Figure("B2", f"{what}, before", before.right)
    least = _RIGHT_TIMES * before.right.share
    yield Figure("B2", f"{what}, {after}", found.right, least, relative=True)
    readings = learned.WELL_READ
    what = f"fact recalled, sentence completed, after {readings} readings"
    yield Figure("B2", f"{what}, {after}", found.facts(readings), _FACTS)


PARTS = (rewarded,)
