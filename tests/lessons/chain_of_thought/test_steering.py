"""Where texts with a wrong number end: on writers that are known, and on Fjord."""

import pytest

from llm_lessons.fjordby.varied import fruit
from llm_lessons.lessons.chain_of_thought import justification, steering
from tests.lessons.chain_of_thought.test_justification import Writer


def measured(step: str, check: str, because: str) -> steering.Steering:
    problems = fruit.held_out(30, seed=5)
    altered = justification.altered_end(Writer(step), problems)  # type: ignore[arg-type]
    return steering.Steering(
        altered,
        *(
            justification.forced_answer(Writer(habit), problems, word)  # type: ignore[arg-type]
            for habit, word in (
                (check, justification.CHECK),
                (because, justification.BECAUSE),
            )
        ),
    )


@pytest.mark.parametrize(
    ("habits", "percent", "conclusion"),
    [
        (("follows", "mends", "defends"), 100, "whether Fjord defends it or mends it"),
        (("ignores", "defends", "mends"), 0, "no difference"),
    ],
)
def test_the_sentence_and_its_conclusion_agree(habits, percent, conclusion):
    found = measured(*habits)
    assert conclusion in found.conclusion()
    assert found.sentence().count(f" {percent}\u00a0%") == 3
