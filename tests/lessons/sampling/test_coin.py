"""Flips against the loop's own, and chi-square against tables and other formulas."""

import numpy as np
import pytest
from jax.scipy.stats import chi2

from llm_lessons.lessons.sampling import coin
from tests import tiny

PROMPT = "The fox found a"


def odds(prompt: str) -> np.ndarray:
    scores = np.exp(tiny.model().logits(prompt).astype(float))
    return scores / scores.sum()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, -3, 2**32 - 20])
def test_the_flips_are_the_first_ones_of_the_loop(seed):
    lm = tiny.model()
    for prompt in (PROMPT, PROMPT + " red boat by the river, and the"):
        found = coin.flips(lm, prompt, 40, seed)
        drawn = [lm.tokenizer.decode([token]) for token in found.tokens]
        assert drawn == lm.batch([prompt] * 40, 1, seed=seed)
        for i in (0, 39):
            assert drawn[i] == lm.generate(prompt, 1, seed=seed + i)
        assert len(set(found.tokens)) > 5


def test_they_are_counted_and_told_over_the_whole_vocabulary():
    n, expected = 3000, odds(PROMPT)
    found = coin.flips(tiny.model(), PROMPT, n)
    counts = [found.tokens.count(token) for token in range(len(expected))]
    first, *_ = order = np.argsort(-expected)[: coin.SIDES]
    assert found.favourite == tiny.tokenizer().pieces[first]
    assert found.counted == counts[first]
    assert found.probability == pytest.approx(expected[first], rel=1e-4)
    gaps = [counts[token] / n - expected[token] for token in order]
    assert found.widest == pytest.approx(max(*map(abs, gaps), abs(sum(gaps))), abs=1e-6)
    # they fit their own odds, and not those of another temperature
    assert found.p_value == pytest.approx(coin.chi_square(counts, expected), rel=1e-3)
    assert found.p_value > 0.001
    colder = expected**1.3 / (expected**1.3).sum()
    assert coin.chi_square(counts, colder) < 1e-6


def test_rare_cells_are_pooled_whatever_their_order():
    # 100 flips: 50, 30 and 10 are expected, and 4, 3, 2 and 1 of the rare ones
    odds = [0.04, 0.5, 0.03, 0.1, 0.02, 0.3, 0.01]
    counts = [9, 45, 4, 8, 1, 33, 0]
    found = coin.chi_square(counts, odds)
    each = [(45 - 50) ** 2 / 50, (33 - 30) ** 2 / 30, (8 - 10) ** 2 / 10]
    statistic = sum(each) + (14 - 10) ** 2 / 10
    assert found == pytest.approx(float(chi2.sf(statistic, 3)))
    # which rare cell the flips fell on makes no difference
    assert coin.chi_square([0, 45, 0, 8, 0, 33, 14], odds) == found
    # 60, 30 and 6 are expected, and 4 of the rare ones together: 6 and 4 are one cell
    found = coin.chi_square([50, 40, 7, 1, 2], [0.6, 0.3, 0.06, 0.02, 0.02])
    assert found == pytest.approx(float(chi2.sf(100 / 60 + 100 / 30 + 0, 2)))
    assert coin.chi_square([90, 2], [0.97, 0.03]) == 1  # one cell tells nothing
