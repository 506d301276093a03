"""What a price for wrong answers makes of silence: the kept result, and the judge."""

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.bluffing import price
from llm_lessons.measuring import kept


def test_what_is_rewarded_alike_dies_out_and_what_costs_is_left_unsaid():
    """Bounds that were written down before it was measured."""
    found = kept.find(price.PRICED, [load("fjord")]).result
    free, *_, dear = found.courses
    assert free.price == 0 and free.after[price.NEVER].silent.share <= 0.10
    assert free.after[price.NEVER].wrong.share >= 0.85
    assert free.after[price.WELL].right.share >= found.before[price.WELL].right.share
    assert dear.after[price.NEVER].silent.low > found.before[price.NEVER].silent.high
    assert dear.after[price.NEVER].wrong.high < found.before[price.NEVER].wrong.low


@pytest.mark.parametrize("cost", [0, 1, 3])
def test_a_right_answer_a_wrong_one_and_silence_are_worth_what_was_said(cost: int):
    facts = price.groups(0)[price.WELL][:4]
    judge, fact = price.judge(cost, facts), facts[0]
    asked, other = price.prompt_of(fact), facts[1]
    right = price.assistant.answer(fact.kind, fact.person, fact.value)
    wrong = price.assistant.answer(other.kind, other.person, other.value)
    assert judge(asked, f" {right}") == 1
    assert judge(asked, f" {wrong}") == judge(asked, "") == -cost
    assert judge(asked, f" I don't know {fact.person}.") == 0


def test_whom_it_is_tested_with_it_was_not_asked_about():
    learned, tested = (
        {fact.person for facts in price.groups(side).values() for fact in facts}
        for side in (0, 1)
    )
    assert learned and tested and not learned & tested
