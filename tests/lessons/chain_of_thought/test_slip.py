"""What becomes of a wrong step, on writers that are known."""

import re

from llm_lessons.lessons.chain_of_thought import slip, worked
from llm_lessons.lessons.per_token_compute import few_shot
from tests.each import each_of


class Writer:
    """Goes with the last step, works the problem out, or says nothing."""

    def __init__(self, habit: str):
        self.habit = habit

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0 and max_tokens == slip.LONGEST
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        assert prompt.count("Question:") == few_shot.EXAMPLES + 1
        assert prompt.endswith(". The answer is")
        last = prompt.split("\n\n")[-1]
        have, bought, eaten, *_, written = map(int, re.findall(r"\d+", last))
        right = have + bought - eaten
        assert written == right + slip.OFF
        found = {"follows": f" {written}.", "mends": f" {right}.", "rambles": " not."}
        return found[self.habit]


@each_of(
    ("habit", "numbers", "conclusion"),
    [
        ("follows", "in 8 of 8, and is right in 0.", "right or wrong."),
        ("mends", "in 0 of 8, and is right in 8.", "So few"),
        ("rambles", "in 0 of 8, and is right in 0.", "So few"),
    ],
)
def test_answers_behind_a_wrong_step_are_counted(habit, numbers, conclusion):
    found = slip.measure(Writer(habit))  # type: ignore[arg-type]
    assert found.sentence().endswith(numbers)
    assert conclusion in found.conclusion()


def test_both_steps_stand_there_and_only_the_last_result_is_wrong():
    one = worked.apples(5, 3, 2)
    assert slip.slipped(one) == " 5 + 3 = 8. 8 - 2 = 8. The answer is"
