"""Texts that end at a word, against what the model writes by its own call."""

import re

import pytest

from llm_lessons.decoding.sampling import Settings
from llm_lessons.lessons.temperature.drafts import drafts, to_whole_words
from tests import tiny

PROMPT, COUNT = "The fox found a", 40


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (" a red boat by the riv", " a red boat by the"),
        (" a red boat.", " a red boat."),
        (" a red boat, ", " a red boat,"),
        (" boat.\nHow", " boat.\n"),
        ("cottage", "cottage"),
        (" one tw\ufffd", " one"),
        ("", ""),
    ],
)
def test_a_text_that_was_cut_ends_at_a_word(text, whole):
    assert to_whole_words(text) == whole


@pytest.mark.parametrize("length", [1, 12, 60])
def test_they_are_the_beginnings_of_what_the_model_writes(length):
    lm = tiny.model()
    told = drafts(lm, PROMPT, COUNT, length, Settings(temperature=3.0, seed=3))
    texts, longer = (
        lm.batch([PROMPT] * COUNT, most, temperature=3.0, seed=3)
        for most in (length, length + 1)
    )
    ended = [draft for draft in told if not draft.is_cut]
    assert len(ended) < COUNT and (ended or length < 60)
    for draft, text, more in zip(told, texts, longer, strict=True):
        if draft.is_cut:
            rest = text.removeprefix(draft.text)
            assert text.startswith(draft.text)
            assert not re.search(r"\w\W*\s\w", rest)  # one word at the most
        else:
            assert draft.text == text == more
