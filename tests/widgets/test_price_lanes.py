"""The Python side of the price of a wrong answer; the page is tested in a browser."""

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.bluffing import price
from llm_lessons.training.answers import Answer, Step
from llm_lessons.widgets import PriceLanes

PATIENCE = 300  # seconds, for a machine that compiles everything


@pytest.mark.slow
def test_a_price_that_is_changed_decides_the_next_rewards():
    lanes = PriceLanes(load("fjord"), steps=1)
    for i, cost in enumerate((0, 3)):
        lanes.price = cost  # after a run that is done: the old model begins anew
        assert lanes.status["phase"] == "ready"
        lanes._asked = [i + 1, "start"]
        assert lanes._run.wait(PATIENCE) and lanes.status["phase"] == "done"
        [[_, marks, reward, examples]] = lanes.moments
        right, wrong, silent = (
            sum(marks.count(sign) for sign in both) for both in ("rR", "wW", "sS")
        )
        assert right + wrong + silent == len(marks) and min(right, wrong, silent) > 0
        assert reward == pytest.approx((right - cost * wrong) / len(marks), abs=1e-3)
        assert len(examples) == 3
    with pytest.raises(ValueError, match="price is one of 0, 1, 3; it was 2"):
        lanes.price = 2


def test_a_letter_tells_the_outcome_and_a_capital_who_is_well_known():
    facts = price.to_learn_from()
    known = next(fact for fact in facts if fact.readings >= price.OFTEN)
    stranger = next(fact for fact in facts if not fact.readings)
    right = price.assistant.answer(known.kind, known.person, known.value)
    asked, other = map(price.prompt_of, (known, stranger))
    said = [
        Answer(asked, f" {right}", 1.0),
        Answer(asked, " I don't know.", 0.0),
        Answer(other, " In Hallvik.", 0.0),
        Answer(other, " I don't know.", 0.0),
    ]
    moment = price.looker()(Step(7, said, 1.0, True))
    assert (moment.steps, moment.marks) == (6, "RSws")
    assert [one.right for one in moment.examples] == [True, False, False]
    assert moment.examples[0].question.endswith("?")
    assert known.person in moment.examples[0].question
