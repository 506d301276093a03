"""Apples behind worked examples, and what becomes of a wrong step: known writers."""

import re
from typing import Any

from llm_lessons.lessons.chain_of_thought import slip, worked
from llm_lessons.lessons.per_token_compute import few_shot
from llm_lessons.measuring.intervals import share
from tests.each import each_of


class Writer:
    """Goes with the last step, works the problem out, or says nothing."""

    def __init__(self, habit: str):
        self.habit = habit

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        assert prompt.count("Question:") == few_shot.EXAMPLES + 1
        last = prompt.split("\n\n")[-1]
        have, bought, eaten, *steps = map(int, re.findall(r"\d+", last))
        right = have + bought - eaten
        if self.habit == "works":  # where the examples do
            return f" So. The answer is {right if ' = ' in prompt else 1}."
        assert prompt.endswith(". The answer is") and steps[-1] == right + slip.OFF
        found = {"follows": f" {steps[-1]}.", "mends": f" {right}.", "rambles": " no."}
        return found[self.habit]


def test_right_answers_behind_examples_are_counted_in_both_ways():
    examples, asked = worked.drawn(5)
    ones = [problem.answer == "1" for problem in asked]
    lm: Any = Writer("works")
    right = few_shot.right.__wrapped__  # the writer is no model
    assert right(lm, examples, asked, True) == share([1] * 5)
    assert right(lm, examples, asked, False) == share(ones) != share([1] * 5)


def test_steps_come_to_the_answer_and_some_are_left():
    examples, asked = worked.drawn(40)
    for problem in (*examples, *asked):
        assert few_shot.number(problem) > 0
        for a, sign, b, c in re.findall(r"(\d+) ([+-]) (\d+) = (\d+)", str(problem)):
            assert int(a) + int(f"{sign}{b}") == int(c)
        assert problem.steps[-1].endswith(f" = {problem.answer}.")


@each_of(
    ("habit", "numbers", "conclusion"),
    [
        ("follows", "in 8 of 8, and is right in 0.", "right or wrong."),
        ("mends", "in 0 of 8, and is right in 8.", "So few"),
        ("rambles", "in 0 of 8, and is right in 0.", "So few"),
    ],
)
def test_answers_behind_a_wrong_step_are_counted(habit, numbers, conclusion):
    writer: Any = Writer(habit)
    found = slip.measure(writer)
    assert found.sentence().endswith(numbers)
    assert conclusion in found.conclusion()
    five = slip.slipped(worked.apples(5, 3, 2))
    assert five == " 5 + 3 = 8. 8 - 2 = 8. The answer is"
