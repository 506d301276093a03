"""Answers at once beside the computation spent, by a writer that is known."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.per_token_compute import at_once, changes
from llm_lessons.lessons.per_token_compute.changes import FRESH, PRACTISED, QUESTIONS
from tests import drawn
from tests.known import Known

RIGHT = {problem.at_once_prompt: problem.answer for problem in marbles.held_out(4, 1)}


def write(prompt: str) -> str:
    """Right after one change alone."""
    return f" {RIGHT.get(prompt, 'eh')}."


def test_computation_stays_while_answers_fall():
    found = at_once.at_once(Known(write), questions=4)
    first, last = found.points[0], found.points[-1]
    assert (first.changes, last.changes) == (1, 6)
    # a longer text has a larger cache, whatever it asks
    assert last.operations == pytest.approx(first.operations, rel=0.05)
    sentence = found.sentence().replace("\u00a0", " ")
    assert "right answers go from 100 % to 0 %" in sentence
    _, lower = found.figure().axes
    heights = [bar.get_height() for bar in drawn.bars(lower)]
    assert heights == [p.operations / 1e6 for p in found.points]
    assert lower.get_ylim()[0] == 0  # a flat line must not look steep
    assert (
        drawn.title_of(found.figure()) == "With 6 changes, 0\u00a0% are right at once"
    )
    assert found.headline()[::3] == (0, 4)


def test_a_sample_asks_others_than_the_result_rests_on():
    asked: list[str] = []

    def noted(prompt: str) -> str:
        asked.append(prompt)
        return " eh."

    assert changes.fresh(Known(noted), 5, stepwise=False)[::3] == (0, FRESH)
    assert len({*asked}) == FRESH
    kept = {one.at_once_prompt for one in marbles.held_out(QUESTIONS, max(PRACTISED))}
    assert not kept & {*asked}
