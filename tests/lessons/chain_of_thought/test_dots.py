"""Dots against steps, by writers that are known and by Fjord."""

from itertools import product

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.chain_of_thought import dots
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.loading import load
from llm_lessons.measuring.intervals import share
from tests import drawn
from tests.each import each_of
from tests.known import Known

EVERY = (*changes.PRACTISED, *changes.BEYOND)
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
            for k in EVERY
        )

    def write(prompt: str) -> str:
        problem = PROBLEMS[prompt.partition("\n")[0]]
        assert prompt.startswith(f"{problem.dots_prompt} . .")
        known = after_dots or len(problem.steps) == 1
        return f" {problem.answer if known else 100}."

    found = changes.BothWays(points(at_once), points(steps))
    return dots.measure(Known(write), found)


@each_of("right", [*product((False, True), repeat=3)])
def test_each_way_is_measured_as_it_is_and_told(right):
    found = measured(*right)
    shares = [[one.share for one in found.right[name]] for name in dots.WAYS]
    assert shares == [[1.0] + 5 * [float(way)] for way in right]
    for way, name in zip(right, dots.WAYS, strict=True):
        pooled = found.pooled(name)
        assert (pooled.share, pooled.n) == (float(way), 5 * QUESTIONS)
    at_once, after, steps = (f"{100 * way:.0f}\u00a0%" for way in right)
    assert found.sentence() == (
        f"With 2 to 6 changes, {at_once} of the answers at once are right, {after} "
        f"after dots, and {steps} step by step."
    )
    expected = {
        (False, False, False): "no difference",
        (False, False, True): "What helps are the results",
        (False, True, False): "gains more from dots",
        (False, True, True): "help Fjord clearly.",
        (True, False, False): "clearly worse than at once.",
        (True, False, True): "clearly worse than at once. They help less",
        (True, True, False): "gains more from dots",
        (True, True, True): "no difference",
    }[right]
    assert expected in found.conclusion()
    assert ("What helps" in found.conclusion()) == (right == (False, False, True))


def test_as_many_dots_are_written_as_the_steps_have_tokens():
    tokenizer = load("fjord").tokenizer
    problems = marbles.held_out(QUESTIONS, 6)
    steps = [len(tokenizer.encode(" " + " ".join(p.steps))) for p in problems]
    found = measured(True, True, True)
    assert found.dots == pytest.approx(sum(steps) / len(steps), rel=0.05)


@each_of(
    ("shares", "title"),
    [
        ((0.2, 0.25, 0.98), "Dots bring no clear gain (25 % right), steps do (98 %)"),
        ((0.2, 0.25, 0.2), "Dots bring no clear gain (25 % right, at once 20 %)"),
        ((0.2, 0.6, 0.98), "Dots help (60 % right), steps more (98 %)"),
        ((0.2, 0.6, 0.62), "Dots help (60 % right), about like steps (62 %)"),
        ((0.2, 0.98, 0.6), "More are right after dots (98 %) than by steps (60 %)"),
        ((0.6, 0.2, 0.98), "Fewer are right after dots (20 %) than at once (60 %)"),
    ],
)
def test_the_title_says_what_dots_are_worth(shares: tuple[float, ...], title: str):
    ways = zip(dots.WAYS, shares, strict=True)
    right = {
        name: (share([i < 100 * part for i in range(100)]),) * len(changes.PRACTISED)
        for name, part in ways
    }
    found = dots.Dots(changes.PRACTISED, right, 60.0)
    assert found.title().replace("\u00a0", " ") == title
    drawn.assert_titled(found.figure(), found.title(), found.alt())
