"""What training bought: on the same tokens for everybody, and told in numbers."""

import math
from dataclasses import replace

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.lessons.training import fit, learning, rivals
from llm_lessons.measuring.intervals import Number
from tests import tiny


@pytest.fixture(scope="module")
def found() -> learning.Learning:
    def two_bits(lm, ids: list[list[int]]) -> np.ndarray:
        return np.array([2.0 * (len(row) - 1) for row in ids])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "pair_surprise", two_bits)
        patch.setattr(rivals, "WINDOW", 12)
        return learning.measure(tiny.model(), tiny.model(), tiny.TEXTS)


def test_all_are_measured_on_the_same_tokens(found: learning.Learning):
    assert found.even.value == pytest.approx(math.log2(350))
    assert found.pairs.value == pytest.approx(2)
    lm = tiny.model()
    ids = [lm.encode(text)[:12] for text in tiny.TEXTS]
    bits = fit.surprise(lm.params, ids, lm.config)
    assert found.after.value == pytest.approx(bits.sum() / (4 * 11), rel=1e-4)
    assert found.twin == found.after  # for it is the same model here
    assert found.before.value == pytest.approx(found.even.value, abs=0.3)


def test_it_is_told_and_drawn_in_the_numbers_that_were_measured(
    found: learning.Learning,
):
    found = replace(found, twin=Number(1.2345, "bits a token"))
    for number in (found.before, found.pairs, found.after, found.twin):
        assert f"{number.value:.2f}" in found.alt()
    for number in (found.pairs, found.after, found.twin):
        assert f"{number.value:.2f}" in found.sentence()
    figure = found.figure()
    bars = figure.axes[0].patches
    widths = [bar.get_window_extent().width for bar in bars]
    names = (found.even, found.before, found.pairs, found.after, found.twin)
    values = np.array([number.value for number in names])
    assert np.array(widths) / widths[0] == pytest.approx(values / values[0])
    figures.plt.close(figure)
