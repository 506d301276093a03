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

READ = 100_000  # tokens


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
        return learning.measure(small, READ, tiny.model(), tiny.TEXTS)


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


def test_it_is_said_how_much_more_fjord_has_read(found: learning.Learning):
    with learning.CURVE.open() as file:
        *_, last = csv.DictReader(file)
    assert found.times == pytest.approx(int(last["tokens"]) / READ)
    assert "which read 12 times as much" in replace(found, times=12.3).sentence()


def test_it_is_told_and_drawn_in_the_numbers_that_were_measured(
    found: learning.Learning,
):
    for number in (found.before, found.pairs, found.small, found.large):
        assert f"{number.value:.2f}" in found.alt()
    assert f"{found.small.value:.2f}" in found.sentence()
    figure = found.figure()
    assert 'role="img"' in figures.to_svg(figure, alt=found.alt())
    bars = figure.axes[0].patches
    widths = [bar.get_window_extent().width for bar in bars]
    names = (found.even, found.before, found.pairs, found.small, found.large)
    values = np.array([number.value for number in names])
    assert np.array(widths) / widths[0] == pytest.approx(values / values[0])
    figures.plt.close(figure)


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
