"""Pairs of one length: told in the same words, at one price, and asked both."""

import re
from dataclasses import replace

from llm_lessons.fjordby.varied import marbles, names
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import alike, budget
from llm_lessons.measuring.intervals import share
from tests.known import Known


def numbers(question: str) -> list[int]:
    return [*map(int, re.findall(r"\d+", question))]


def test_both_of_a_pair_are_the_same_words_and_as_many_tokens():
    lm, asked = load("fjord"), alike.pairs()
    assert len(asked) == alike.PAIRS == len({hard.question for _, hard in asked})
    assert alike.pairs(2) == asked[:2]
    for easy, hard in asked:
        one, other = (re.sub(r"\d+", "#", each.question) for each in (easy, hard))
        assert one == other and names.is_listed(one.split()[0])
        start, *changes = numbers(easy.question)
        assert not any(changes) and easy.answer == str(start)
        begun, *steps = numbers(hard.question)
        assert begun == start and len(steps) == alike.CHANGES and all(steps)
        lengths = {len(lm.encode(each.at_once_prompt)) for each in (easy, hard)}
        assert len(lengths) == 1
    known = {one.question for one in marbles.read_aloud(600, alike.CHANGES)}
    assert {hard.question for _, hard in asked} <= known


def test_what_is_counted_is_the_price_and_what_is_right():
    def begun(prompt: str) -> str:
        return f" {numbers(prompt)[0]}."  # right where nothing changes

    asked = alike.pairs(20)
    found = alike.compare(Known(begun), asked)
    assert (found.same, found.easy.share, found.easy.n) == (20, 1, 20)
    assert found.hard.share < 0.2
    tokens = len(load("fjord").encode(asked[0].easy.at_once_prompt))
    by_shape = budget.operations_by_shape(load("fjord").config, tokens)
    assert found.operations == by_shape.total
    for number in (found.same, found.easy.percent, found.hard.percent):
        assert f"{number} " in found.sentence()
    level = replace(found, hard=share([1] * 20))
    assert found.conclusion() != level.conclusion()


def test_a_pair_of_two_lengths_is_not_told_as_one_of_the_same_price():
    (easy, hard), *_ = alike.pairs(1)
    longer = replace(hard, question=f"Listen. {hard.question}")
    found = alike.compare(load("fjord"), [alike.Pair(easy, longer)])
    assert found.same == 0 and "0 of 1 " in found.sentence()
