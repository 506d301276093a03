"""Flips against the loop's own, and chi-square against tables and other formulas."""

import math
import re

import numpy as np
import pytest
from jax.scipy.stats import chi2

from llm_lessons.lessons.sampling import coin
from llm_lessons.measuring.intervals import Share, share
from tests import tiny
from tests.each import each_of

PROMPT = "The fox found a"


def odds(prompt: str) -> np.ndarray:
    scores = np.exp(tiny.model().logits(prompt).astype(float))
    return scores / scores.sum()


@pytest.mark.slow
@each_of("seed", [0, 7, -3, 2**32 - 20])
def test_the_flips_are_the_first_ones_of_the_loop(seed):
    lm = tiny.model()
    found = coin.flips(lm, PROMPT, 40, seed)
    drawn = [lm.tokenizer.decode([token]) for token in found.tokens]
    assert drawn == lm.batch([PROMPT] * 40, 1, seed=seed)
    for i in (0, 1, 39):
        assert drawn[i] == lm.generate(PROMPT, 1, seed=seed + i)
    assert len(set(found.tokens)) > 5


def test_a_longer_prompt_flips_at_its_own_place():
    lm, prompt = tiny.model(), PROMPT + " red boat by the river, and the"
    drawn = coin.flips(lm, prompt, 8).tokens
    assert [lm.tokenizer.decode([token]) for token in drawn] == lm.batch(
        [prompt] * 8, 1
    )


def test_outcomes_are_counted_over_the_whole_vocabulary():
    lm, n, top = tiny.model(), 3000, 6
    found, expected = coin.flips(lm, PROMPT, n, top=top), odds(PROMPT)
    order = sorted(range(len(expected)), key=lambda token: -expected[token])[:top]
    assert [x.piece for x in found.likeliest] == [lm.tokenizer.pieces[i] for i in order]
    for token, outcome in zip(order, found.likeliest, strict=True):
        assert outcome.probability == pytest.approx(expected[token], rel=1e-4)
        assert outcome.counted.share == found.tokens.count(token) / n
        assert outcome.counted.n == n
    rest = sum(token not in order for token in found.tokens)
    assert found.rest.piece == "" and found.rest.counted.share == rest / n
    assert found.rest.probability == pytest.approx(1 - expected[order].sum(), rel=1e-4)
    everything = (*found.likeliest, found.rest)
    assert sum(x.probability for x in everything) == pytest.approx(1)
    assert sum(x.counted.share for x in everything) == pytest.approx(1)
    gaps = [abs(x.counted.share - x.probability) for x in everything]
    assert found.widest == max(gaps)
    # five standard deviations of the widest cell
    assert 0 < found.widest < 5 * math.sqrt(0.25 / n)


def test_the_coin_passes_and_another_coin_fails():
    """The flips fit their own odds, and not those of another temperature."""
    found, expected = coin.flips(tiny.model(), PROMPT, 3000), odds(PROMPT)
    counts = [found.tokens.count(token) for token in range(len(expected))]
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


def test_a_pool_that_is_too_small_takes_in_the_next_cell():
    # 60, 30 and 6 are expected, and 4 of the rare ones together: 6 and 4 are one cell
    found = coin.chi_square([50, 40, 7, 1, 2], [0.6, 0.3, 0.06, 0.02, 0.02])
    assert found == pytest.approx(float(chi2.sf(100 / 60 + 100 / 30 + 0, 2)))


def test_one_cell_tells_nothing():
    for counts, odds in (([3, 1], [0.5, 0.5]), ([90, 2], [0.97, 0.03])):
        assert coin.chi_square(counts, odds) == 1


def counted(of: int, n: int = 1000) -> Share:
    return share([1] * of + [0] * (n - of))


KNOWN = coin.Flips(
    (0,) * 1000,
    (coin.Outcome(" house", 0.4, counted(421)), coin.Outcome("\n", 0.35, counted(340))),
    coin.Outcome("", 0.25, counted(239)),
    0.36,
)


def test_flips_in_words():
    assert [x.name for x in KNOWN.outcomes] == ["“␣house”", "“↵”", "everything else"]
    told = re.findall(r"[\d,.]+\d", KNOWN.sentence())
    assert told == ["1,000", "421", "40.0", "400", "2.1"]
