"""What training bought: on the same tokens for everybody, and told in numbers."""

import math

import numpy as np
import pytest

from llm_lessons.lessons.training import fit, rivals
from tests import tiny
from tests.drawn import bars
from tests.titled import title_of


def test_all_are_measured_on_the_same_tokens_told_and_drawn(
    monkeypatch: pytest.MonkeyPatch,
):
    def two_bits(lm, ids: list[list[int]]) -> np.ndarray:
        return np.array([2.0 * (len(row) - 1) for row in ids])

    monkeypatch.setattr(fit, "pair_surprise", two_bits)
    monkeypatch.setattr(rivals, "WINDOW", 12)
    monkeypatch.setattr(rivals, "unseen", lambda *_: tiny.TEXTS)
    lm = tiny.model()
    found = rivals.compare(lm)  # of which nothing is kept
    even, before, pairs, after = found.of.values()
    assert even.value == pytest.approx(math.log2(350)) and even.low is None
    # small random weights hold everything for about equally likely
    assert before.value == pytest.approx(even.value, abs=0.3)
    assert pairs.value == pytest.approx(2)
    ids = [lm.encode(text)[:12] for text in tiny.TEXTS]
    bits = fit.surprise(lm.params, ids, lm.config)
    assert after.value == pytest.approx(bits.sum() / (4 * 11), rel=1e-4)
    assert after.low is not None and after.high is not None
    assert after.low <= after.value <= after.high
    for number in (pairs, after):
        assert f"{number.value:.2f}" in found.sentence()
        assert f"{number.value:.2f}" in found.alt()
    widths = [bar.get_width() for bar in bars(found.figure().axes[0])]
    assert widths == pytest.approx([one.value for one in found.of.values()])
    title_of(found)
