"""What is new in a story, and what goes in circles, against their definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.temperature.phrases import (
    LEAST,
    goes_in_circles,
    new_phrases,
    variety,
)

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join)
NEW = " ".join(map(str, range(60)))  # no word comes twice


@given(WORDS, WORDS)
def test_new_is_a_share_and_grows_when_the_first_story_is_forgotten(second, first):
    assert 0 <= new_phrases(second, first) <= new_phrases(second, "") <= 1
    assert new_phrases(first, first) == 0


def test_going_round_in_circles_is_not_new():
    assert new_phrases("a b c d e f g", "") == 1
    # 9 phrases, of which only the first 3 are not yet said
    assert new_phrases("a b c " * 4, "") == pytest.approx(3 / 9)
    assert new_phrases("too short here", "") == 0


def test_variety_holds_each_story_against_one_other():
    story, other = "a b c d e", "v w x y z"
    assert variety([story] * 8)[::3] == (0, 4)
    assert variety([story] * 4 + [other, other, story, story]).share == 0.5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{NEW[:60]} " + "round and round it goes, " * 12, True),
        ("and it said no. " * 5 + NEW, False),  # it found its way out
        ("a b c " * (LEAST // 3 - 1), False),  # too short to be told
    ],
)
def test_what_goes_in_circles_says_the_same_in_its_second_half(text, found):
    assert goes_in_circles(text) == found
