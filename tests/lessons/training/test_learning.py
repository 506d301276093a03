"""What training bought: on the same tokens for everybody, and told in numbers."""

import math

import numpy as np
import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.training import fit, learning, rivals
from llm_lessons.measuring import kept
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
    monkeypatch.setattr(rivals, "unseen", lambda: tiny.TEXTS)
    lm = tiny.model()
    found = learning.measure(lm, lm)  # of which nothing is kept
    assert found.even.value == pytest.approx(math.log2(350))
    assert found.pairs.value == pytest.approx(2)
    ids = [lm.encode(text)[:12] for text in tiny.TEXTS]
    bits = fit.surprise(lm.params, ids, lm.config)
    assert found.after.value == pytest.approx(bits.sum() / (4 * 11), rel=1e-4)
    assert found.twin == found.after  # for it is the same model here
    assert found.before.value == pytest.approx(found.even.value, abs=0.3)
    numbers = [found.even, found.before, found.pairs, found.after, found.twin]
    for number in numbers:
        assert f"{number.value:.2f}" in found.alt()
    for number in numbers[2:]:
        assert f"{number.value:.2f}" in found.sentence()
    widths = [bar.get_width() for bar in bars(found.figure().axes[0])]
    assert widths == pytest.approx([number.value for number in numbers])
    title_of(found)


def test_what_is_kept_is_not_measured_again():
    lm = load("fjord")
    found = rivals.known(lm)
    assert found == kept.find(rivals.RIVALS, [lm]).result  # to its last rounded digit
    assert 0.5 < found.model.value < found.pairs.value < 6
