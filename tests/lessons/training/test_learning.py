"""What training bought: on the same tokens for everybody, and told in numbers."""

import csv
import math
from dataclasses import replace

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit, learning
from llm_lessons.measuring.intervals import Number
from tests import drawn, tiny
from tests.each import each_of

CURVE = [(1_000, 8.0), (2_000, 4.0), (4_000, 2.5)]


@pytest.fixture(scope="module")
def small() -> LanguageModel:
    """A model with a narrower window than the other's."""
    config = replace(tiny.CONFIG, max_seq_len=12)
    lm = tiny.model()
    return LanguageModel("small", config, lm.params, lm.tokenizer)


@pytest.fixture(scope="module")
def found(small: LanguageModel) -> learning.Learning:
    def two_bits(lm: LanguageModel, ids: list[list[int]]) -> np.ndarray:
        return np.array([2.0 * (len(row) - 1) for row in ids])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "pair_surprise", two_bits)
        return learning.measure(small, CURVE, tiny.model(), tiny.TEXTS)


def test_all_are_measured_on_the_same_tokens(found: learning.Learning):
    assert found.even.value == pytest.approx(math.log2(350))
    assert found.pairs.value == pytest.approx(2)
    # The same weights read the same twelve tokens, in a window of 12 or of 100.
    assert found.small.value == pytest.approx(found.large.value, rel=1e-4)
    lm = tiny.model()
    ids = [lm.encode(text)[:12] for text in tiny.TEXTS]
    bits = fit.surprise(lm.params, ids, lm.config)
    assert found.small.value == pytest.approx(bits.sum() / (4 * 11), rel=1e-4)
    assert found.before.value == pytest.approx(found.even.value, abs=0.3)


def test_fjords_curve_is_read_in_bits():
    with learning.CURVE.open() as file:
        *_, last = csv.DictReader(file)
    tokens, bits = learning.read_curve()[-1]
    assert tokens == int(last["tokens"])
    assert bits == pytest.approx(float(last["loss"]) / 0.693147, rel=1e-5)


def test_the_large_curve_is_read_between_its_points(found: learning.Learning):
    curve = [(1_000, 9.0), (3_000, 5.0), *((1000 * n, 1.0) for n in range(16, 41))]
    found = replace(found, large_curve=curve)
    assert found.large_at(2_000) == pytest.approx(7)
    assert "10 times as much" in found.sentence()
    alt = found.curve_alt()
    assert "falls to 2.50 bits a token at 0.0 million" in alt and "to 1.00 at" in alt
    tokens, small, large = found.at_peak()
    assert tokens == 2_400  # where the small one's rate begins to fall: 60 % of 4,000
    assert small == pytest.approx(4.0 - 1.5 * 0.2)
    assert large == pytest.approx(found.large_at(2_400))


def test_it_is_told_and_drawn_in_the_numbers_that_were_measured(
    found: learning.Learning,
):
    for number in (found.before, found.pairs, found.small, found.large):
        assert f"{number.value:.2f}" in found.alt()
    assert f"{found.small.value:.2f}" in found.sentence()
    for fig, alt in (
        (found.figure(), found.alt()),
        (found.curves(), found.curve_alt()),
    ):
        assert 'role="img"' in figures.to_svg(fig, alt=alt)
        figures.plt.close(fig)
    bars = found.figure().axes[0].patches
    widths = [bar.get_window_extent().width for bar in bars]
    names = (found.even, found.before, found.pairs, found.small, found.large)
    values = np.array([number.value for number in names])
    assert np.array(widths) / widths[0] == pytest.approx(values / values[0])


def test_no_name_stands_on_a_curve(found: learning.Learning):
    """With Fjord's own curve, and a small model's that ends somewhere above it."""
    read = np.arange(1, 161) * 10_240
    for end in (1.7, 2.2, 2.6):
        bits = end + (10 - end) * np.exp(-read / 2e5)
        small = list(zip(read.tolist(), bits.tolist(), strict=True))
        curves = replace(found, small_curve=small, large_curve=learning.read_curve())
        fig = curves.curves()
        fig.draw_without_rendering()
        (axes,) = fig.axes
        for text in axes.texts:
            box = text.get_window_extent()
            for line in axes.lines:
                points = axes.transData.transform(np.column_stack(line.get_data()))
                assert not any(box.contains(*point) for point in points)
        figures.plt.close(fig)


@each_of(
    ("trained", "width", "title"),
    [
        (2.13, 0.1, "Training brings the small model from 10.0 to 2.1 bits"),
        (11.2, 0.1, "Training makes the small model worse, from 10.0 to 11.2 bits"),
        (9.9, 0.1, "No clear difference by training, from 10.0 to 9.9 bits"),
        (2.13, None, "Training brings the small model from 10.0 to 2.1 bits"),
    ],
)
def test_the_title_says_what_training_does(found, trained, width, title):
    def number(value: float) -> Number:
        ends = () if width is None else (value - width, value + width)
        return Number(value, "bits a token", *ends)

    found = replace(found, before=number(10), small=number(trained))
    assert found.title() == title
    drawn.assert_titled(found.figure(), title, found.alt())


@pytest.mark.parametrize(
    ("one", "other", "title"),
    [
        (
            (1_000, 2.0),
            (14_400, 0.8),
            "14 times as much, and ends at 0.8 bits, not 2.0",
        ),
        (
            (1_000, 2.0),
            (1_500, 2.5),
            "1.5 times as much, and ends at 2.5 bits, not 2.0",
        ),
        ((1_000, 2.0), (120_000, 2.01), "120 times as much, and both end at 2.0 bits"),
    ],
)
def test_the_curves_title_says_how_much_was_read_for_what(found, one, other, title):
    def curve(end: tuple[int, float]) -> list[tuple[int, float]]:
        return [(end[0] * i // 20, 10 - (10 - end[1]) * i / 20) for i in range(1, 21)]

    found = replace(found, small_curve=curve(one), large_curve=curve(other))
    assert found.curve_title() == f"Fjord read {title}"
    drawn.assert_titled(found.curves(), found.curve_title(), found.curve_alt())
