"""Fruit against marbles, by answers that are known and by Fjord."""

import pytest

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.lessons.per_token_compute import bag_and_shop
from llm_lessons.loading import load
from tests.known import Known

ASKED = [fruit.held_out(40), marbles.held_out(40, 2), marbles.held_out(40, 3)]
RIGHT = {p.at_once_prompt: p.answer for problems in ASKED for p in problems}


@pytest.mark.parametrize(
    ("knows", "words"),
    [
        ((True, False, False), "doesn't decide"),
        ((False, True, True), "clearly fewer right"),
        ((True, True, True), "no difference shows"),
    ],
)
def test_what_is_known_decides_the_conclusion(knows, words):
    known = {
        problem.at_once_prompt
        for problems, known in zip(ASKED, knows, strict=True)
        for problem in problems
        if known
    }
    lm = Known(lambda prompt: f" {RIGHT[prompt] if prompt in known else 'eh'}.")
    found = bag_and_shop.compare(lm, 40)
    kinds = found.fruit, found.two, found.three
    assert [kind.right.share for kind in kinds] == [*map(float, knows)]
    assert [kind.operations for kind in kinds] == [3, 2, 3]
    for kind, problems in zip(kinds, ASKED, strict=True):
        answers = [problem.answer for problem in problems]
        assert kind.answers == len(set(answers))
        most = max(map(answers.count, answers))
        assert kind.commonest.share == pytest.approx(most / 40)
    assert words in found.conclusion()
    assert (
        f"{round(100 * found.two.right.share)}\u00a0% with 2 changes"
        in found.sentence()
    )


@pytest.mark.slow
def test_fjord_gets_no_fewer_of_the_fruit_right_than_of_two_changes():
    found = bag_and_shop.compare(load("fjord"), 100)
    assert found.fruit.right.high > found.two.right.low
