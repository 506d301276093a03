"""Right answers beside the computation, by a writer that is known and by Fjord."""

import re

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.fjordby import marbles
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.loading import load
from tests import drawn
from tests.known import Known
from tests.titled import title_of

EVERY = (*changes.PRACTISED, *changes.BEYOND)
ANSWERS = {
    problem.question: problem for k in EVERY for problem in marbles.held_out(4, k)
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


def test_texts_say_the_numbers(known):
    sentence = known.sentence().replace("\u00a0", " ")
    assert "With 6 changes, 0 % of the answers at once are right, and 100 %" in sentence
    beyond = known.beyond().replace("\u00a0", " ")
    assert beyond.startswith("Fjord practised up to 6 changes. Now with 7 changes, 0 %")
    steps = known.steps_beyond()
    assert steps.startswith("With 7 changes, 4 of 4 answers have too few steps, and 0")
    assert [set(point.steps) for point in known.stepwise[:6]] == [
        {k} for k in changes.PRACTISED
    ]
    alt = known.alt().replace("\u00a0", " ")
    assert "1 change: 100 % and 100 %; 2 changes: 0 % and 100 %" in alt
    rows = known.table().splitlines()
    assert len(rows) == 2 + len(EVERY)
    point = known.stepwise[5]
    spent = point.tokens * point.operations / 1e6
    assert rows[7].startswith("| 6 |") and rows[7].endswith(f"| {spent:.0f} |")


def test_the_figure_names_its_curves_and_marks_what_was_never_practised(known):
    figure = known.figure()
    (axes,) = figure.axes
    texts = {text.get_text() for text in axes.texts}
    assert texts == {"at once", "step by step", "never\npractised"}
    assert axes.get_xlabel() == "number of changes"
    assert axes.get_ylabel() == "right answers"
    assert axes.get_legend() is None
    assert re.match("<svg", figures.to_svg(figure, alt=known.alt()))


def test_the_title_says_what_steps_bring(known):
    assert title_of(known) == "With 6 changes, steps are right in 100 %, jumps in 0 %"
    few = changes.both_ways(Known(write), questions=1)
    assert title_of(few) == "With 6 changes, no clear difference"


def test_computation_stays_while_answers_fall():
    found = changes.AtOnce(changes.measure(Known(write), False, questions=4))
    first, last = found.points[0], found.points[-1]
    assert (first.changes, last.changes) == (1, 6)
    assert last.operations == pytest.approx(first.operations, rel=0.03)
    sentence = found.sentence().replace("\u00a0", " ")
    assert "right answers go from 100 % to 0 %" in sentence
    upper, lower = found.figure().axes
    heights = [bar.get_height() for bar in drawn.bars(lower)]
    assert heights == [p.operations / 1e6 for p in found.points]
    assert lower.get_ylim()[0] == 0  # a flat line must not look steep
    assert upper.has_data() and "1 change: 100" in found.alt()


def test_what_somebody_said_stands_beside_what_was_found():
    found = changes.AtOnce(changes.measure(Known(write), False, questions=4))
    plain, _ = found.figure().axes
    assert plain.get_title("left") == "With 6 changes, 0\u00a0% are right at once"
    upper, lower = found.figure(50).axes
    assert upper.get_title("left") == f"{plain.get_title('left')}; you said 50\u00a0%"
    gap, mark = upper.lines[-2:]
    assert np.asarray(mark.get_xdata()).tolist() == [6]
    assert np.asarray(mark.get_ydata()).tolist() == [0.5]
    assert np.asarray(gap.get_ydata()).tolist() == [0.5, 0]
    assert len(drawn.bars(lower)) == 6
    assert found.alt(50).endswith("you said 50\u00a0%.")


@pytest.mark.slow
def test_fjord_needs_its_steps():
    found = changes.both_ways(load("fjord"), questions=32)
    at_once = [p.right.share for p in found.at_once]
    steps = [p.right.share for p in found.stepwise]
    assert at_once[0] > 0.85 and max(at_once[2:6]) < 0.4
    assert min(steps[:6]) > 0.85 and max(steps[6:]) < 0.3
