"""Worked examples and what is read off the answers, on a writer that is known."""

import re

import pytest

from llm_lessons.lessons.chain_of_thought import worked
from tests import drawn
from tests.each import each_of


class Writer:
    """Works a problem out where the examples do, and else says 1."""

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        assert prompt.count("Question:") == worked.EXAMPLES + 1
        have, bought, eaten = map(int, re.findall(r"\d+", prompt.split("\n\n")[-1]))
        left = have + bought - eaten if " = " in prompt else 1
        return f" So. The answer is {left}.\n\nQuestion: The answer is 5."


def test_right_answers_are_counted_in_both_ways():
    found = worked.measure(Writer(), problems=5)  # type: ignore[arg-type]
    ones = sum(problem.left == 1 for problem in found.problems)
    assert found.rows["step by step"] == [worked.RIGHT] * 5
    assert found.rows["at once"].count(worked.RIGHT) == ones < 5
    assert "5 of 5 right step by step (95\u00a0% interval 57 to 100" in found.sentence()


def test_examples_are_right_and_never_asked():
    found = worked.measure(Writer(), problems=40)  # type: ignore[arg-type]
    for problem in found.problems:
        assert problem.left > 0
        steps = problem.answer(steps=True)
        for a, sign, b, c in re.findall(r"(\d+) ([+-]) (\d+) = (\d+)", steps):
            assert int(a) + int(f"{sign}{b}") == int(c)
        assert worked.said(steps) == worked.said(problem.answer(False)) == problem.left


@pytest.mark.parametrize(
    ("text", "number"), [(" The answer is 12. More", 12), (" 12", None), ("\n12", None)]
)
def test_the_number_that_an_answer_says(text: str, number: int | None):
    assert worked.said(text) == number


@each_of(
    ("at_once", "steps", "title"),
    [
        (1, 12, "With steps 12 of 16 are right, without 1"),
        (12, 1, "With steps 1 of 16 are right, without 12"),
        (3, 5, "With steps 5 of 16 are right, without 3 (may be chance)"),
        (2, 2, "With steps and without, 2 of 16 are right"),
    ],
)
def test_the_title_counts_right_answers_of_both_ways(at_once, steps, title):
    def answers(right: int) -> tuple[str, ...]:
        return tuple(f" The answer is {6 if i < right else 7}." for i in range(16))

    problems = (worked.Apples(5, 3, 2),) * 16
    found = worked.Worked(problems, answers(at_once), answers(steps))
    assert found.title() == title
    drawn.assert_titled(found.figure(), title, found.alt())
