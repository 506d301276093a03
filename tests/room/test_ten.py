"""The ten questions: one a claim, fair to who guesses by length or by place."""

import re
from collections import Counter

from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.room.ten import TEN

CLAIMS = [
    "function",
    "coin",
    "temperature",
    "frozen",
    "memory",
    "budget",
    "steps",
    "context",
    "reason",
    "list",
]


def test_there_are_ten_one_for_each_claim():
    assert [one.name for one in TEN] == [f"ten.{claim}" for claim in CLAIMS]
    assert not {one.text for one in TEN} & {one.text for one in QUESTIONS}


def test_each_has_one_right_answer_among_three_or_four():
    for one in TEN:
        assert len(one.choices) in (3, 4)
        assert sum(choice.right for choice in one.choices) == 1


def test_neither_length_nor_place_gives_the_right_answer_away():
    places, longest, shortest = Counter(), 0, 0
    for one in TEN:
        lengths = [len(choice.text) for choice in one.choices]
        (right,) = (n for n, choice in enumerate(one.choices) if choice.right)
        places[right] += 1
        longest += lengths[right] == max(lengths)
        shortest += lengths[right] == min(lengths)
        assert max(lengths) < 4 * min(lengths), one.name
    assert longest <= 4 and shortest <= 4  # by chance about three of ten
    assert {0, 1, 2, 3} == set(places) and max(places.values()) <= 4


def test_each_choice_explains_itself_in_sentences_of_its_own():
    whys = [choice.why for one in TEN for choice in one.choices]
    assert len(set(whys)) == len(whys)
    for text in (*whys, *(one.text for one in TEN)):
        assert text == text.strip() and not re.search(r"\n|  ", text)
        assert text[-1] in ".?", text
    texts = [choice.text for one in TEN for choice in one.choices]
    assert all(text[-1] not in "." for text in texts)
    assert all(c.why_alone == c.why for one in TEN for c in one.choices)
