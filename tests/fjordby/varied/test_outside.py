"""Sentences of an outsider: complete, and with right answers."""

import re

import pytest

from llm_lessons.fjordby.varied import fruit, marbles, outside
from llm_lessons.fjordby.varied.lists import blocks

LINES = blocks("outside.txt")


def test_marbles_are_counted_as_a_reader_would():
    assert len({*LINES["marbles"]}) == outside.wordings("marbles") == 30
    drawn = outside.marble_problems(60)
    assert len({one.question for one in drawn}) == 60
    for one, line in zip(drawn, LINES["marbles"] * 2, strict=True):
        signs, told = line.split(" ", 1)
        gaps = re.findall("{([a-z]+)}", told)
        found = dict(zip(gaps, map(int, re.findall(r"\d+", one.question)), strict=True))
        changes = [
            int(f"{s}{found[gap]}") for s, gap in zip(signs, "abcd", strict=True)
        ]
        assert int(one.answer) == found["start"] + sum(changes)
        assert marbles.is_held_out(found["start"], changes)


def test_what_is_bought_costs_what_is_paid():
    assert len({*LINES["shop"]}) == outside.wordings("shop") == 30
    for one, line in zip(outside.shop_problems(60), LINES["shop"] * 2, strict=True):
        gaps = re.findall("{([a-z]+)}", line)
        found = dict(zip(gaps, map(int, re.findall(r"\d+", one.question)), strict=True))
        price = int(one.answer.removeprefix("$"))
        known = found["oranges"] * found["each"]
        assert found["apples"] * price + known == found["all"]
        assert fruit.is_held_out(
            found["apples"], found["oranges"], price, found["each"]
        )


@pytest.mark.parametrize("shape", outside.SHAPES)
def test_a_note_says_what_is_asked_once(shape):
    count = outside.wordings(shape)
    assert count == (30 if " " in shape else 16)
    for page in outside.notes(2 * count, shape):
        note, sentence = page.asked, page.asked.sentence
        assert sentence.count(note.name) == sentence.count(note.value) == 1
        first = sentence.index(note.name) < sentence.index(note.value)
        assert first is (shape == "name first") or " " not in shape
        assert page.prompt.startswith(sentence) and note.name in page.prompt[-99:]
    for page in outside.notes(count, shape, absent=True):
        assert page.asked.name not in page.asked.sentence
        assert page.asked.value in page.asked.sentence
