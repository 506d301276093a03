"""The longest match, against a slow search, and writers that remix or recite."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import Document
from llm_lessons.lessons.lossy_zip import remix as mix
from llm_lessons.measuring.reading import PIECE, Reading
from tests import tiny

pytestmark = pytest.mark.slow

WORDS = ("the fox", "a boat", "\n", "12", "Anna", "ø", "river sea", "old")
some = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
TEXT = "abcdefgh " * 10


def letters(row: Sequence[int]) -> int:
    return len(tiny.tokenizer().decode(row))


@given(st.lists(some, min_size=1, max_size=4), st.lists(some, max_size=2))
def test_the_longest_match_is_that_of_a_slow_search(documents, texts):
    encode = tiny.tokenizer().encode
    read = Reading([Document("x", one) for one in documents], tiny.tokenizer())
    rows = [encode(one) for one in documents]
    for text, match in zip(texts, mix.longest_matches(read, texts), strict=True):
        own, best = encode(text), (0, 0)
        for first, end in combinations(range(len(own) + 1), 2):
            stretch = own[first:end]
            stands = any(
                stretch == row[at : at + len(stretch)]
                for row in rows
                for at in range(len(row))
            )
            if stands and len(stretch) >= max(PIECE, best[1] - best[0] + 1):
                best = first, end
        assert match == (text, *(letters(own[:end]) for end in best))


def test_a_match_and_a_remix_say_what_was_found():
    match = mix.Match("Then the old grey mule went home.", 5, 31)
    assert match.marked.head == "79\u00a0% of this story in one piece: 5 words"
    matches = tuple(mix.Match(TEXT, 0, end) for end in (90, 9, 36, 45))
    found = mix.Remix(matches, matches)
    assert found.middle == matches[3]
    sentence = found.sentence().replace("\u00a0", " ")
    assert sentence.startswith("Of 4 new stories, 1 stands in Fjordby from the first")
    assert "makes up 45 % of a story, or 4.5 words (" in sentence
    little, much = ((mix.Match(TEXT, 0, end),) * 20 for end in (27, 81))
    more = mix.Remix(much, little).control()
    assert "up 30\u00a0%. So Fjord repeats more than" in more
    for own, fresh in ((much, much), (little, much)):
        assert "no sign of copying" in mix.Remix(own, fresh).control()
