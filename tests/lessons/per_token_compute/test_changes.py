"""Right answers beside the computation, by a writer that is known and by Fjord."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import at_once, changes
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import with_room
from tests import drawn
from tests.known import Known
from tests.titled import plain

EVERY = (*changes.PRACTISED, *changes.BEYOND)
ANSWERS = {
    problem.question: problem for k in EVERY for problem in marbles.held_out(16, k)
}


def write(prompt: str) -> str:
    """Right at once for one change; right step by step up to six."""
    question, _, way = prompt.rpartition("\n")
    problem = ANSWERS[question]
    if way == "Answer at once:":
        return f" {problem.answer if len(problem.steps) == 1 else 98}."
    if len(problem.steps) > 6:
        return " 1 + 1 = 2. Answer: 98."
    return problem.step_by_step.removeprefix(prompt)


def test_a_known_writer_is_measured_as_it_is():
    known = changes.both_ways(Known(write), questions=4)
    assert [p.changes for p in known.at_once] == [*EVERY]
    assert [p.right.share for p in known.at_once] == [1] + 7 * [0]
    assert [p.right.share for p in known.stepwise] == 6 * [1] + [0, 0]
    assert {p.right.n for p in known.at_once} == {4}
    # a space, the digits, a full stop
    assert all(3 <= p.tokens <= 4 for p in known.at_once)
    steps = [p.tokens for p in known.stepwise[:6]]
    assert steps == sorted(steps) and steps[5] > 4 * steps[0]

    steps = known.steps_beyond()
    assert steps.startswith("With 7 changes, 4 of 4 answers have too few steps, and 0")
    assert [set(point.steps) for point in known.stepwise[:6]] == [
        {k} for k in changes.PRACTISED
    ]
    # computation stays while answers at once fall; a longer text has a larger cache
    found = at_once.AtOnce(known.at_once[:6])
    first, last = found.points[0], found.points[-1]
    assert last.operations == pytest.approx(first.operations, rel=0.05)
    assert "right answers go from 100 % to 0 %" in plain(found.sentence())
    _, lower = found.figure().axes
    heights = [bar.get_height() for bar in drawn.bars(lower)]
    assert heights == [p.operations / 1e6 for p in found.points]
    assert lower.get_ylim()[0] == 0  # a flat line must not look steep


def test_what_is_asked_has_room_for_its_steps():
    lm = load("fjord")
    asked = with_room(lm, 12, 8)
    sizes = [len(lm.encode(one.step_by_step)) for one in asked]  # or it is refused
    assert len({one.question for one in asked}) == 12 and min(sizes) > 100
    assert asked != marbles.held_out(12, 8)


def test_a_sample_asks_others_than_the_result_rests_on():
    asked: list[str] = []

    def noted(prompt: str) -> str:
        asked.append(prompt)
        return " eh."

    few, most = changes.FRESH, max(changes.PRACTISED)
    assert changes.fresh(Known(noted), 5, stepwise=False)[::3] == (0, few)
    assert len({*asked}) == few
    kept = {one.at_once_prompt for one in marbles.held_out(changes.QUESTIONS, most)}
    assert not kept & {*asked}
