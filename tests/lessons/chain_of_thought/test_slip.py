"""Apples behind worked examples, and what becomes of a wrong step: known writers."""

import re
from typing import Any

import pytest

from llm_lessons.lessons.chain_of_thought import slip, worked
from llm_lessons.lessons.per_token_compute import few_shot
from llm_lessons.measuring.intervals import share
from tests.lessons.writes import writes


def writer(habit: str) -> Any:
    """Goes with the last step, works the problem out, or says nothing."""

    def write(prompt: str) -> str:
        assert prompt.count("Question:") == few_shot.EXAMPLES + 1
        last = prompt.split("\n\n")[-1]
        have, bought, eaten, *steps = map(int, re.findall(r"\d+", last))
        right = have + bought - eaten
        if habit == "works":  # where the examples do
            return f" So. The answer is {right if ' = ' in prompt else 1}."
        assert prompt.endswith(". The answer is") and steps[-1] == right + slip.OFF
        found = {"follows": f" {steps[-1]}.", "mends": f" {right}.", "rambles": " no."}
        return found[habit]

    return writes(write)


def test_right_answers_behind_examples_are_counted_in_both_ways():
    examples, asked = worked.drawn(5)
    for problem in (*examples, *asked):
        *_, last = problem.steps
        assert few_shot.number(problem) > 0 and last.endswith(f" = {problem.answer}.")
        for a, sign, b, c in re.findall(r"(\d+) ([+-]) (\d+) = (\d+)", str(problem)):
            assert int(a) + int(f"{sign}{b}") == int(c)
    ones = [problem.answer == "1" for problem in asked]
    right = few_shot.right.__wrapped__  # the writer is no model
    assert right(writer("works"), examples, asked, True) == share([1] * 5)
    assert right(writer("works"), examples, asked, False) == share(ones)


@pytest.mark.parametrize(
    ("habit", "numbers", "conclusion"),
    [
        ("follows", "in 8 of 8, and is right in 0.", "right or wrong."),
        ("mends", "in 0 of 8, and is right in 8.", "So few"),
        ("rambles", "in 0 of 8, and is right in 0.", "So few"),
    ],
)
def test_answers_behind_a_wrong_step_are_counted(habit, numbers, conclusion):
    found = slip.measure(writer(habit))
    assert found.sentence().endswith(numbers)
    assert conclusion in found.conclusion()
    five = slip.slipped(worked.apples(5, 3, 2))
    assert five == " 5 + 3 = 8. 8 - 2 = 8. The answer is"
