"""Sampling against plain NumPy sorts, and drawn frequencies against probabilities."""

import math
from dataclasses import fields
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llm_lessons.decoding import sampling
from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.checks import SETTINGS

SIZE = 13  # one vocabulary size for all examples: one compilation

# A coarse grid makes ties likely, and keeps apart what does not tie.
ORDINARY = st.integers(-320, 320).map(lambda eighths: eighths / 8)
ODD = st.sampled_from([-math.inf, 0.0, -0.0, 1e-40, -1e-40, 3e38, -3e38])


def rows(*elements: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    """Scores for `SIZE` tokens, of which at least one is above minus infinity."""
    row = st.lists(st.one_of(*elements), min_size=SIZE, max_size=SIZE)
    whole = row.filter(lambda scores: max(scores) > -math.inf)
    return whole.map(lambda scores: np.array(scores, np.float32))


keep_top_k = jax.jit(sampling.keep_top_k)
keep_top_p = jax.jit(sampling.keep_top_p)
keep_min_p = jax.jit(sampling.keep_min_p)
flip = jax.jit(sampling.flip)
coin = jax.jit(sampling.coin)
sample = jax.jit(sampling.sample)


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Softmax in float64."""
    weights = np.exp(logits.astype(np.float64) - logits.max())
    return weights / weights.sum()


def cut_below_kth(logits: np.ndarray, k: int) -> np.ndarray:
    """Top-k as one would write it with a sort."""
    kth = np.sort(logits)[::-1][min(k, len(logits)) - 1]
    return np.where(logits >= kth, logits, -np.inf)


def cut_below_share(logits: np.ndarray, p: float) -> np.ndarray:
    """Top-p as one would write it with a sort."""
    chances = probabilities(logits)
    falling = np.sort(chances)[::-1]
    enough = np.argmax(np.cumsum(falling) >= p)
    return np.where(chances >= falling[enough], logits, -np.inf)


def cut_far_below(logits: np.ndarray, distance: float) -> np.ndarray:
    """Min-p in scores: probabilities are as their exponentials to each other."""
    return np.where(logits >= logits.max() - distance, logits, -np.inf)


@given(rows(ORDINARY, ODD, st.just(math.inf)), st.integers(1, 2 * SIZE))
@example(np.array([-0.0, 0.0, -1.0] + [-2.0] * (SIZE - 3), np.float32), 1)
@example(np.full(SIZE, -0.0, np.float32), SIZE + 1)
@example(np.array([1 + 2**-23] + [1] * (SIZE - 1), np.float32), 1)
def test_top_k_keeps_what_a_sort_keeps(logits: np.ndarray, k: int):
    kept = keep_top_k(jnp.asarray(logits), jnp.int32(k))
    np.testing.assert_array_equal(kept, cut_below_kth(logits, k))


@given(
    rows(ORDINARY, st.just(-math.inf)),
    st.integers(0, SIZE - 1),
    st.sampled_from([-2e-5, 2e-5, -0.01, 0.01]),
)
def test_top_p_keeps_what_a_sort_keeps(logits: np.ndarray, count: int, more: float):
    """Shares a little below, and above, what a number of tokens have together."""
    sums = np.cumsum(np.sort(probabilities(logits))[::-1])
    p = sums[count] + more
    if 0 < p < sums[-1] and np.abs(sums - p).min() > 1e-5:  # else rounding decides
        kept = keep_top_p(jnp.asarray(logits), jnp.float32(p))
        np.testing.assert_array_equal(kept, cut_below_share(logits, p))


@given(rows(ORDINARY, st.just(-math.inf)), st.integers(0, 330))
def test_min_p_keeps_scores_near_the_highest(logits: np.ndarray, sixteenths: int):
    distance = (2 * sixteenths + 1) / 16  # scores lie eighths apart: never on a border
    kept = keep_min_p(jnp.asarray(logits), jnp.float32(math.exp(-distance)))
    np.testing.assert_array_equal(kept, cut_far_below(logits, distance))


@given(rows(ORDINARY, ODD), st.floats(0, 1, exclude_min=True))
@example(np.zeros(SIZE, np.float32), 1e-300)
def test_top_p_reaches_its_share_and_keeps_the_likeliest(logits: np.ndarray, p: float):
    kept = np.asarray(keep_top_p(jnp.asarray(logits), jnp.float32(p)))
    chances = probabilities(logits)
    assert chances[kept > -np.inf].sum() >= p - 1e-6
    assert kept[np.argmax(logits)] == logits.max()
    assert ((kept == logits) | (kept == -np.inf)).all()


def test_cuts_work_on_each_row_of_a_batch():
    logits = jnp.array([[0.0, 2.0, 1.0], [5.0, 4.0, 9.0]])
    cut = -math.inf
    np.testing.assert_array_equal(
        sampling.keep_top_k(logits, 2), [[cut, 2, 1], [5, cut, 9]]
    )
    np.testing.assert_array_equal(
        sampling.keep_top_p(logits, 0.7), [[cut, 2, 1], [cut, cut, 9]]
    )
    np.testing.assert_array_equal(
        sampling.keep_min_p(logits, 0.3), [[cut, 2, 1], [cut, cut, 9]]
    )
    level = jnp.array([[3.0, 1.0, 3.0]])
    np.testing.assert_array_equal(sampling.keep_min_p(level, 1.0), [[3, cut, 3]])


@given(rows(ORDINARY, ODD), st.lists(st.floats(0, 1, width=32, exclude_max=True)))
@example(np.array([0.0] + [-math.inf] * (SIZE - 1), np.float32), [0.0, 1 - 2**-24])
@example(np.array([-math.inf] * (SIZE - 1) + [0.0], np.float32), [0.0, 1 - 2**-24])
def test_the_coin_lands_on_possible_tokens_and_in_order(
    logits: np.ndarray, coins: list[float]
):
    coins = [0.0, *sorted(coins), 1 - 2**-24]
    drawn = [int(flip(jnp.asarray(logits), jnp.float32(u))) for u in coins]
    assert drawn == sorted(drawn)
    chances, own = probabilities(logits), sampling.softmax(jnp.asarray(logits))
    np.testing.assert_allclose(own, chances, rtol=1e-5, atol=1e-30)
    possible = np.asarray(own) > 0
    assert possible[drawn].all()
    # The two ends of the line of probabilities.
    assert drawn[0] == np.argmax(possible)
    for u, token in zip(coins, drawn, strict=True):
        below = chances[:token].sum()
        assert below - 1e-6 <= u <= below + chances[token] + 1e-6


def test_the_coin_lands_in_order_over_a_large_vocabulary():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, 49_152).astype(np.float32)
    u = np.sort(rng.uniform(size=500)).astype(np.float32)
    u[-1] = 1 - 2**-24
    drawn = np.asarray(jax.vmap(flip, (None, 0))(logits, u))
    assert (np.diff(drawn) >= 0).all()
    ends = np.cumsum(probabilities(logits))
    assert (ends[drawn] > u - 1e-5).all()
    assert (ends[drawn - 1][drawn > 0] <= u[drawn > 0] + 1e-5).all()
    # on the edge of two tokens, it falls to the second
    edges = sampling.flip(jnp.zeros((5, 4)), jnp.array([0.0, 0.25, 0.5, 0.75, 0.74]))
    assert edges.tolist() == [0, 1, 2, 3, 2]


DRAWS = 20_000
SCORES = np.random.default_rng(3).normal(0, 1.5, 30).astype(np.float32)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(temperature=0.5),
        Settings(top_k=8),
        Settings(temperature=1.5, top_p=0.7),
        Settings(temperature=0.8, top_k=12, top_p=0.9),
        Settings(temperature=1.5, min_p=0.2),
    ],
)
def test_frequencies_are_the_probabilities(settings: Settings):
    u = coin(jnp.arange(DRAWS), jnp.full(DRAWS, 7))
    logits = jnp.broadcast_to(jnp.asarray(SCORES), (DRAWS, len(SCORES)))
    drawn = sample(logits, u, settings.arrays())
    counts = np.bincount(drawn, minlength=len(SCORES))

    scores = SCORES.astype(np.float64) / settings.temperature
    if settings.top_k is not None:
        scores = cut_below_kth(scores, int(settings.top_k))
    if settings.top_p is not None:
        scores = cut_below_share(scores, float(settings.top_p))
    if settings.min_p is not None:
        scores = cut_far_below(scores, -math.log(settings.min_p))
    expected = DRAWS * probabilities(scores)
    odds = sampling.odds(jnp.asarray(SCORES), settings)
    np.testing.assert_allclose(DRAWS * odds, expected, rtol=1e-4)
    assert (counts[expected == 0] == 0).all()
    # Tokens too rare for a chi-square test are counted together.
    rare = expected < 5
    seen = np.append(counts[~rare], counts[rare].sum())
    wanted = np.append(expected[~rare], expected[rare].sum())
    seen, wanted = seen[wanted > 0], wanted[wanted > 0]
    distance = np.sum((seen - wanted) ** 2 / wanted)
    assert jax.scipy.stats.chi2.sf(distance, len(seen) - 1) > 1e-3


def test_cuts_come_in_the_order_of_the_lessons():
    logits = jnp.log(jnp.array([0.5, 0.3, 0.2]))

    def kept(**settings) -> int:
        return int((sampling.odds(logits, Settings(**settings)) > 0).sum())

    # After top-k, 0.5 of 0.8 is enough for p = 0.6; before it, it would not be.
    assert [kept(top_p=0.6), kept(top_k=2, top_p=0.6)] == [2, 1]
    # The temperature comes first: cold, the first token alone reaches p.
    assert [kept(top_p=0.9), kept(temperature=0.2, top_p=0.9)] == [3, 1]
    assert [kept(min_p=0.5), kept(temperature=0.2, min_p=0.5)] == [2, 1]
    # Min-p comes last: before top-p, it would make 0.5 of 0.8 enough for p = 0.6.
    assert kept(top_p=0.6, min_p=0.5) == 2
    assert [one.name for one in fields(Settings)] == [*SETTINGS, "seed"]  # each checked


COLD = np.array([[40, 50, -math.inf, 1], [-3e38, -90, -70, -80]], np.float32)


def test_without_temperature_the_likeliest_is_drawn_and_nothing_divided_by_zero():
    for temperature, u in product((0.0, 1e-45, 2e-38, 1e-6), (0.0, 0.5, 1 - 2**-24)):
        settings = Settings(temperature=temperature, top_k=4, top_p=0.9, min_p=0.1)
        drawn = sample(jnp.asarray(COLD), jnp.full(2, u), settings.arrays())
        assert drawn.tolist() == [1, 2]
    settings = Settings(temperature=0.0, top_k=3, top_p=0.9, min_p=0.1)
    with jax.debug_nans(True), jax.disable_jit():
        drawn = sampling.sample(jnp.asarray(COLD), jnp.full(2, 0.5), settings)
        odds = sampling.odds(jnp.asarray(COLD), settings)
    assert drawn.tolist() == [1, 2]
    assert odds.tolist() == [[0, 1, 0, 0], [0, 0, 1, 0]]


def test_a_coin_depends_on_seed_and_position_alone_and_is_even():
    seeds = jnp.array([0, 1, 0, 1, -1, 2**31 - 1, 41])
    positions = jnp.array([0, 0, 1, 1, 5, 255, 5])
    together = np.asarray(coin(seeds, positions)).tolist()
    assert len(set(together)) == 7
    assert np.asarray(coin(seeds[::-1], positions[::-1])).tolist() == together[::-1]
    for seed, position, u in zip(seeds, positions, together, strict=True):
        at = sampling.coin_at(int(seed), int(position))
        assert type(at) is float and at == u
        # only 32 bits of a seed reach the coin
        assert at == sampling.coin_at(int(seed) + 2**32, int(position))
    count, one = jnp.arange(10_000), jnp.full(10_000, 3)
    for u in (coin(count, one), coin(one, count)):
        assert float(u.min()) >= 0 and float(u.max()) < 1
        counts = np.histogram(u, bins=20, range=(0, 1))[0]
        distance = np.sum((counts - 500) ** 2 / 500)
        assert jax.scipy.stats.chi2.sf(distance, 19) > 1e-3
