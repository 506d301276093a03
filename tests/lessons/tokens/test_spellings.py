"""Spellings of a word, in a table whose rows lie side by side, or anywhere."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from llm_lessons.lessons.tokens import spellings

PIECES = [" boat", " Boat", "boat", " fox", " Fox", " kite", *"abcdef"]
ASKED = ["boat", "fox", "kite", "absent"]


@pytest.fixture
def lm() -> Any:
    """Rows at right angles, but " Boat" is like " boat", and " Fox" is its opposite."""
    rows = np.eye(len(PIECES), dtype=np.float32)
    rows[PIECES.index(" Boat")] = 3 * rows[PIECES.index(" boat")]
    rows[PIECES.index(" Fox")] = -rows[PIECES.index(" fox")]
    rows[PIECES.index("f")] = 0
    tokenizer = SimpleNamespace(pieces=PIECES)
    return SimpleNamespace(tokenizer=tokenizer, params=SimpleNamespace(embedding=rows))


def test_only_words_in_several_spellings_are_asked_for(lm):
    found = spellings.compare(lm, ASKED)
    assert [*found.nearest] == ["boat", "fox"]
    assert found.nearest["boat"][0] == " Boat"
    for word, pieces in found.nearest.items():
        assert len(pieces) == spellings.NEAREST and f" {word}" not in pieces


def test_a_spelling_is_near_where_its_row_is(lm):
    found = spellings.compare(lm, ASKED)
    assert found.near == ["boat"]
    # of 11 other rows, 2 are spellings of "boat" and 1 is of "fox"; 5 are near
    assert found.by_chance == pytest.approx((1 - 126 / 462) + (1 - 252 / 462))
    assert found.sentence() == (
        "For 1 of 2 words, the same word in another spelling is among the 5 rows most "
        "like its own. By chance, that would be so for about 1."
    )


def test_words_without_a_second_spelling_leave_nothing_to_compare(lm):
    assert spellings.compare(lm, ["kite"]).nearest == {}
