"""Dots against steps, by writers that are known and by Fjord."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.chain_of_thought import dots
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.measuring.intervals import share
from tests.each import each_of
from tests.known import Known
from tests.titled import plain

QUESTIONS = 20
PROBLEMS = {
    problem.question: problem
    for k in changes.PRACTISED
    for problem in marbles.held_out(QUESTIONS, k)
}


def measured(at_once: bool, after_dots: bool, steps: bool) -> dots.Dots:
    """What is found where each way is right or wrong whenever the bag changes twice."""

    def points(right: bool) -> tuple[changes.Point, ...]:
        return tuple(
            changes.Point(k, share([right or k == 1] * QUESTIONS), 3.0, 6e6, ())
            for k in (*changes.PRACTISED, *changes.BEYOND)
        )

    def write(prompt: str) -> str:
        problem = PROBLEMS[prompt.partition("\n")[0]]
        assert prompt.startswith(f"{problem.dots_prompt} . .")
        known = after_dots or len(problem.steps) == 1
        return f" {problem.answer if known else 100}."

    found = changes.BothWays(points(at_once), points(steps))
    return dots.measure(Known(write), found)


@each_of("right", [(0, 0, 1), (0, 1, 1), (1, 0, 0)])
def test_each_way_is_measured_as_it_is_and_told(right):
    found = measured(*map(bool, right))
    shares = [[one.share for one in found.right[name]] for name in dots.WAYS]
    assert shares == [[1] + 5 * [way] for way in right]
    for way, name in zip(right, dots.WAYS, strict=True):
        assert found.pooled(name)[::3] == (way, 5 * QUESTIONS)
    one, dotted, stepped = right
    told = f"{one:.0%} of the answers at once are right, {dotted:.0%} after dots, and"
    assert told.replace("%", " %") in plain(found.sentence())
    conclusion = found.conclusion()
    assert ("help Fjord clearly" in conclusion) == (dotted > one)
    assert ("Results that stand in the text help" in conclusion) == (stepped > dotted)


def test_as_many_dots_are_written_as_the_steps_have_tokens():
    tokenizer = load("fjord").tokenizer
    problems = marbles.held_out(QUESTIONS, 6)
    steps = [len(tokenizer.encode(" " + " ".join(p.steps))) for p in problems]
    found = measured(True, True, True)
    assert found.dots == pytest.approx(sum(steps) / len(steps), rel=0.05)
