"""Texts that end at a word, against what the model writes by its own call."""

import re

import pytest

from llm_lessons.decoding.sampling import Settings
from llm_lessons.lessons.temperature.drafts import drafts, to_whole_words
from tests import tiny
from tests.each import each_of

PROMPT, COUNT = "The fox found a", 8


@each_of(
    ("text", "whole"),
    [
        (" a red boat by the riv", " a red boat by the"),
        (" a red boat.", " a red boat."),
        (" a red boat, ", " a red boat,"),
        (" boat.\nHow", " boat.\n"),
        (" a red boat\n", " a red boat\n"),
        ("cottage", "cottage"),
        (" don't", " don't"),
        (" one don't", " one"),
        (" one tw\ufffd", " one"),
        (" costs $1", " costs"),
        ("", ""),
    ],
)
def test_a_text_that_was_cut_ends_at_a_word(text, whole):
    assert to_whole_words(text) == whole


@pytest.mark.parametrize("length", [1, 12, 200])
def test_they_are_the_beginnings_of_what_the_model_writes(length):
    lm = tiny.model()
    told = drafts(lm, PROMPT, COUNT, length, Settings(temperature=1.5, seed=3))
    whole = lm.batch([PROMPT] * COUNT, length, temperature=1.5, seed=3)
    for draft, text in zip(told, whole, strict=True):
        assert text.startswith(draft.text)
        if not draft.is_cut:
            assert draft.text == text
        rest = text.removeprefix(draft.text)
        assert not re.search(r"\w\W*\s\w", rest)  # one word at the most


def test_a_text_that_the_model_ends_is_not_cut():
    lm = tiny.model()
    told = drafts(lm, PROMPT, 40, 60, Settings(temperature=3.0))
    longer = drafts(lm, PROMPT, 40, 70, Settings(temperature=3.0))
    ended = [draft for draft in told if not draft.is_cut]
    assert ended and len(ended) < len(told)
    for one, other in zip(told, longer, strict=True):
        if not one.is_cut:
            assert one == other
