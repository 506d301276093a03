"""The ten questions: one a claim, fair to who guesses by length or by place."""

import re
from collections import Counter

import pytest

from llm_lessons.foundation.languages import languages, tells
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities.ten.content import TEN
from llm_lessons_room.content.content import content
from llm_lessons_room.content.ten_sheet import ten_key, ten_sheet
from tests.room.cells import rows_of, steps_of, text_of


def test_neither_length_nor_place_gives_the_one_right_answer_of_ten_away():
    assert len({one.name for one in TEN}) == len(TEN) == 10
    assert not {one.text for one in TEN} & {one.text for one in QUESTIONS}
    places, longest, shortest = Counter(), 0, 0
    for one in TEN:
        assert len(one.choices) in (3, 4)
        lengths = [len(choice.text) for choice in one.choices]
        (right,) = (n for n, choice in enumerate(one.choices) if choice.right)
        places[right] += 1
        longest += lengths[right] == max(lengths)
        shortest += lengths[right] == min(lengths)
        assert max(lengths) < 4 * min(lengths), one.name
    assert longest <= 4 and shortest <= 4  # by chance about three of ten
    assert {0, 1, 2, 3} == set(places) and max(places.values()) <= 4


def as_played(code: str) -> dict:
    """The step before the evening, as phones of a language get it."""
    return next(one for one in steps_of(content(code)) if one["id"] == "ten-before")


@pytest.mark.parametrize("code", languages())
def test_the_sheet_asks_what_phones_ask_and_the_key_has_what_they_are_told(code: str):
    sides = ten_sheet(Words(tells(code), code))
    tables = [part for side in sides for part in side.split("<table")[1:]]
    asked, hidden = (as_played(code)[name] for name in ("shown", "hidden"))
    asked = asked["questions"]
    for number, (made, one) in enumerate(zip(tables, asked, strict=True), 1):
        assert f"{number}. {one['question']}" in text_of(f"<table{made}")
        rows = rows_of(made)
        letters = [
            f"{a} {text}" for a, text in zip("ABCD", one["choices"], strict=False)
        ]
        assert [row[2] for row in rows] == letters
        assert made.count('class="box"') == 2 * len(letters)
    told = text_of(" ".join(sides))
    assert not [why for why in hidden["why"] if why in told]
    assert "{" not in told
    answers, strokes = ten_key(Words(tells(code), code)).split("<table")[1:]
    for number, row in enumerate(rows_of(answers)):
        right = hidden["right"][number]
        choice = f"{'ABCD'[right]} {asked[number]['choices'][right]}"
        assert row == [str(number + 1), choice, hidden["why"][number]]
    heads = re.findall(r'<th scope="col">(.*?)</th>', strokes)[1:]
    assert heads == [str(score) for score in range(len(TEN) + 1)]
