"""The longest match, against a slow search, and writers that remix or recite."""

from collections.abc import Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import Document, stories
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


def test_stories_by_heart_are_told_from_woven_ones(monkeypatch: pytest.MonkeyPatch):
    told = [text for text in stories.texts(0) if text.startswith(mix.BEGINNING)][:300]
    read = Reading([Document("stories", text) for text in told], tiny.tokenizer())
    monkeypatch.setattr(mix, "reading", lambda tokenizer: read)
    known = told[:3]
    one, other = known[0], known[1]
    half = len(one) // 2
    woven = one[:half] + "~" + other[-half:]

    def batch(prompts, max_tokens, seed):
        assert (max_tokens, seed) == (tiny.CONFIG.max_seq_len, 7)
        pairs = zip(prompts, [*known, woven], strict=True)
        return [text.removeprefix(prompt) for prompt, text in pairs]

    lm: Any = SimpleNamespace(
        batch=batch, config=tiny.CONFIG, tokenizer=tiny.tokenizer()
    )
    found = mix.remix(lm, 4, seed=7)
    assert [match.text for match in found.matches] == [*known, woven]
    assert [match.share for match in found.matches[:3]] == [1, 1, 1]
    assert found.matches[3].share == pytest.approx(0.5, abs=0.01)
    assert found.whole[::3] == (0.75, 4)
    # Beside them stand fresh stories, which Fjordby has in pieces only.
    assert len(found.fresh) == 4
    assert all(match.text.startswith(mix.BEGINNING) for match in found.fresh)
    assert not {match.text for match in found.fresh} & {*told}
    assert 0 < found.by_chance.median < 1
