"""Forced words and the endings after them, told by a writer whose habits are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import stories
from llm_lessons.lessons.sampling.commitment import (
    Commitment,
    Fork,
    last_sentence,
    sentences,
)
from llm_lessons.measuring.intervals import share

STORIES = stories.texts(0)
FORK = Fork("There was a girl called", {" Ida": "Ida", " Hanna": "Hanna"})


def test_whole_words_of_the_ending_are_counted():
    """Hannah is not Hanna."""
    endings = ["Hanna ran.", "Hannah ran.", "So ran Ida.", "Hanna ran."]
    found = Commitment(FORK, {" Hanna": endings}, {})
    assert found.mentions(" Hanna", " Hanna")[::3] == (0.5, 4)
    assert found.mentions(" Hanna", " Ida")[::3] == (0.25, 4)
    assert found.distinct(" Hanna") == 3


def test_the_range_over_other_names_is_told():
    others = {"Ada": share([0, 1]), "Bea": share([1, 1]), "Cleo": share([0, 0])}
    told = Commitment(Fork("", {}), {}, others).sentence()
    assert told.index("0\u00a0% (Cleo)") < told.index("100\u00a0% (Bea)")
    assert "Ada" not in told


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("", ""),
        ("It was late. The fox ran. ", "The fox ran."),
        ("Was it late? Yes! And the fox", "And the fox"),
        ('He slept. "And now?" Ida asked the fox.', '"And now?" Ida asked the fox.'),
        ('"Keep it," said Ida. "It is yours."', '"It is yours."'),
        ('"Again," said a fox, "but slower." It was kind.', "It was kind."),
        ('"I ran. I fell." "Did you?" asked Ida.', '"Did you?" asked Ida.'),
        ('She saw it shine?" it said: "There!" "Yes," said Ida.', '"Yes," said Ida.'),
        ("It cost $3.50 or so. 12 were left.", "It cost $3.50 or so. 12 were left."),
    ],
)
def test_the_last_sentence_is_cut_off_outside_of_speech(text, last):
    assert last_sentence(text) == last


@given(st.integers(0, 999))
def test_sentences_of_a_story_are_whole_and_make_up_the_story(number):
    story = STORIES[number]
    parts = sentences(story)
    assert " ".join(parts) == story
    assert 4 <= len(parts) <= 11
    for part in parts:
        assert part.count('"') % 2 == 0
        assert part[0].isupper() or part[0] == '"'
        assert part[-1] in '.!?"'
