"""The ten questions: one a claim, fair to who guesses by length or by place."""

from collections import Counter

from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons_room.activities.ten.content import TEN


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
