"""Problems of apples, behind worked examples, on a writer that is known."""

import re
from typing import Any

from llm_lessons.lessons.chain_of_thought import worked
from llm_lessons.lessons.per_token_compute import few_shot
from llm_lessons.measuring.intervals import share


class Writer:
    """Works a problem out where the examples do, and else says 1."""

    def batch(self, prompts, max_tokens, temperature, stop):
        assert temperature == 0 and stop == "\n"
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        assert prompt.count("Question:") == few_shot.EXAMPLES + 1
        have, bought, eaten = map(int, re.findall(r"\d+", prompt.split("\n\n")[-1]))
        left = have + bought - eaten if " = " in prompt else 1
        return f" So. The answer is {left}."


def test_right_answers_are_counted_in_both_ways():
    examples, asked = worked.drawn(5)
    writer: Any = Writer()
    ones = [problem.answer == "1" for problem in asked]
    right = few_shot.right.__wrapped__  # the writer is no model
    assert right(writer, examples, asked, True) == share([1] * 5)
    assert right(writer, examples, asked, False) == share(ones) != share([1] * 5)


def test_steps_come_to_the_answer_and_some_are_left():
    examples, asked = worked.drawn(40)
    for problem in (*examples, *asked):
        assert few_shot.number(problem) > 0
        for a, sign, b, c in re.findall(r"(\d+) ([+-]) (\d+) = (\d+)", str(problem)):
            assert int(a) + int(f"{sign}{b}") == int(c)
        assert problem.steps[-1].endswith(f" = {problem.answer}.")
