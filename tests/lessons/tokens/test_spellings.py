"""Spellings of a word, in a table whose rows lie side by side, or anywhere."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from llm_lessons.lessons.tokens import spellings

PIECES = [" boat", " Boat", "boat", " fox", " Fox", " kite", *"abcdef"]


def test_a_spelling_is_near_where_its_row_is():
    """Rows at right angles, but " Boat" is like " boat", and " Fox" is its opposite."""
    rows = np.eye(len(PIECES), dtype=np.float32)
    rows[PIECES.index(" Boat")] = 3 * rows[PIECES.index(" boat")]
    rows[PIECES.index(" Fox")] = -rows[PIECES.index(" fox")]
    rows[PIECES.index("f")] = 0
    tokenizer, params = SimpleNamespace(pieces=PIECES), SimpleNamespace(embedding=rows)
    lm: Any = SimpleNamespace(tokenizer=tokenizer, params=params)
    found = spellings.compare(lm, ["boat", "fox", "kite", "absent"])
    assert [*found.nearest] == ["boat", "fox"]  # the others have no second spelling
    assert found.nearest["boat"][0] == " Boat"
    for word, pieces in found.nearest.items():
        assert len(pieces) == spellings.NEAREST and f" {word}" not in pieces
    assert found.near == ["boat"]
    # of 11 other rows, 2 are spellings of "boat" and 1 is of "fox"; 5 are near
    assert found.by_chance == pytest.approx((1 - 126 / 462) + (1 - 252 / 462))
    assert spellings.compare(lm, ["kite"]).nearest == {}
