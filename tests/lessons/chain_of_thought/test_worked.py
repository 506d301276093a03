"""Worked examples and what is read off the answers, on a writer that is known."""

import re

import pytest

from llm_lessons.lessons.chain_of_thought import worked
from llm_lessons.measuring.intervals import share


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
    examples, asked = worked.drawn(5)
    found = worked.ask(Writer(), examples, asked)  # type: ignore[arg-type]
    ones = [problem.left == 1 for problem in asked]
    assert found == {"at once": share(ones), "step by step": share([1] * 5)}
    assert sum(ones) < 5


def test_examples_are_right_and_never_asked():
    examples, asked = worked.drawn(40)
    for problem in (*examples, *asked):
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
