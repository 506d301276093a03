"""Right answers beside the computation, by a writer that is known and by Fjord."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import with_room
from tests.known import Known

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


@pytest.fixture(scope="module")
def known() -> changes.BothWays:
    return changes.both_ways(Known(write), questions=4)


def test_a_known_writer_is_measured_as_it_is(known):
    assert [p.changes for p in known.at_once] == [*EVERY]
    assert [p.right.share for p in known.at_once] == [1] + 7 * [0]
    assert [p.right.share for p in known.stepwise] == 6 * [1] + [0, 0]
    assert {p.right.n for p in known.at_once} == {4}
    # a space, the digits, a full stop
    assert all(3 <= p.tokens <= 4 for p in known.at_once)
    steps = [p.tokens for p in known.stepwise[:6]]
    assert steps == sorted(steps) and steps[5] > 4 * steps[0]


def test_what_is_asked_has_room_for_its_steps():
    lm = load("fjord")
    for k in (6, 8):
        asked = with_room(lm, 12, k)
        sizes = [len(lm.encode(one.step_by_step)) for one in asked]  # or it is refused
        assert len({one.question for one in asked}) == 12 and min(sizes) > 100
    assert asked != marbles.held_out(12, 8)


def test_answers_with_too_few_steps_are_counted(known):
    steps = known.steps_beyond()
    assert steps.startswith("With 7 changes, 4 of 4 answers have too few steps, and 0")
    assert [set(point.steps) for point in known.stepwise[:6]] == [
        {k} for k in changes.PRACTISED
    ]
