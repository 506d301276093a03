"""What of a text stands in some documents, against looking for it word by word."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm_lessons.fjordby import Document
from llm_lessons.measuring.origins import RUN, Origin, origins, traced
from llm_lessons.measuring.reading import (
    PIECE,
    Reading,
    kept_reading,
)
from tests import tiny

WORDS = ("the fox", "a boat", "\n", "12", "Anna", "ø", "🦊", "river sea", "old")
documents = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
TOKENIZER = tiny.tokenizer()


def stands(row: list[int], rows: list[list[int]]) -> bool:
    return any(
        row == one[i : i + len(row)] for one in rows for i in range(len(one) + 1)
    )


def marks(origin: Origin) -> list[bool]:
    return [part.page is not None for part in origin.parts for _ in range(part.tokens)]


@settings(deadline=None, max_examples=40)
@given(st.lists(documents, min_size=1, max_size=4), documents, documents)
def test_the_marks_are_those_of_a_slow_search(read, before, text):
    reading = Reading([Document("x", one) for one in read], TOKENIZER)
    rows = [TOKENIZER.encode(one) for one in read]
    row = TOKENIZER.encode(before + text)
    has = [stands(row[i : i + PIECE], rows) for i in range(len(row) - PIECE + 1)]
    expected = [False] * len(row)
    for i in range(len(row) - RUN + 1):
        if all(has[i : i + RUN - PIECE + 1]):
            expected[i : i + RUN] = [True] * RUN
    [whole], [origin] = (
        traced(reading, [("", before + text)]),
        traced(reading, [(before, text)]),
    )
    assert marks(whole) == expected
    assert "".join(part.text for part in whole.parts) == before + text
    assert "".join(part.text for part in origin.parts) == text
    assert marks(origin) == expected[len(row) - origin.tokens :]
    for part in whole.parts:
        if part.page:
            page = part.page
            piece = page.text[page.start : page.end]
            assert page.text in read and piece.endswith(part.text.rstrip("\ufffd"))
            assert piece in before + text


@pytest.mark.parametrize(
    "text", ["", "🦊", "<script>alert(1)</script>", "\ud83e", "\u2581" * 9, "a " * 9999]
)
def test_any_text_has_an_origin(text: str):
    reading = Reading([Document("x", tiny.TEXTS[0])], TOKENIZER)
    for before in ("", "Anna", "🦊"):
        [origin] = traced(reading, [(before, text)])
        told = "".join(part.text for part in origin.parts)
        assert told == text.replace("\ud83e", "\ufffd")
    assert traced(reading, []) == []
    with pytest.raises(ValueError, match="for each of the 1 texts; it had 2"):
        origins(tiny.model(), ["The"], ["a", "b"])


def test_what_was_read_once_is_read_no_more(tmp_path):
    pages = [Document("x", text) for text in tiny.TEXTS[:5]]
    place, other = tmp_path / "kept" / "tokens.npy", tmp_path / "nowhere" / "kept.npy"
    place.parent.mkdir()
    first, again = (kept_reading(pages, TOKENIZER, place) for _ in range(2))
    assert list(first.tokens) == list(again.tokens) == list(np.load(place))
    # neither half a file nor one of other documents is taken
    place.write_bytes(place.read_bytes()[:-8])
    assert len(kept_reading(pages, TOKENIZER, place).tokens) == len(first.tokens)
    fewer = kept_reading(pages[:-1], TOKENIZER, place)
    assert len(fewer.tokens) < len(first.tokens)
    assert list(kept_reading(pages, TOKENIZER, other).tokens) == list(first.tokens)
