"""Rows to read, and counted pairs against a slow count."""

import math
import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.training import fit, material
from llm_lessons.training import Recipe
from llm_lessons.training.data import PADDING
from tests import tiny

RECIPE = Recipe(rows=4, row_length=16)
STEPS = 24


def pair_counts(rows: np.ndarray) -> np.ndarray:
    """How often each token follows each other one, counted one by one."""
    said = [[t for t in row if t != PADDING] for row in rows.tolist()]
    counted = np.zeros((350, 350))
    for pair, count in Counter(pair for row in said for pair in pairwise(row)).items():
        counted[pair] = count
    return counted


def test_enough_texts_are_read_once_and_their_pairs_are_counted():
    texts = 90 * tiny.TEXTS
    found = material.prepare(texts, tiny.tokenizer(), RECIPE, STEPS)
    assert found.held_out is None
    assert found.stream.steps == STEPS and found.stream.tokens.shape == (STEPS * 4, 17)
    counted = pair_counts(found.stream.tokens)
    cost = (counted * fit.pair_bits(counted)).sum() / counted.sum()
    assert found.pairs == pytest.approx(cost)
    assert found.pairs < found.even == math.log2(350)


def test_of_few_texts_every_row_is_another_window_and_the_end_is_never_read():
    tokenizer = tiny.tokenizer()
    dice, words = random.Random(0), " ".join(tiny.TEXTS).split()
    texts = [" ".join(dice.choices(words, k=25)) for _ in range(24)]
    found = material.prepare(texts, tokenizer, RECIPE, STEPS)
    ids = [t for text in texts for t in (*tokenizer.prefix, *tokenizer.encode(text))]
    rows, held_out = found.stream.tokens.tolist(), found.held_out
    assert len(rows) == STEPS * 4 and held_out is not None
    assert len({tuple(row) for row in rows}) > 0.95 * len(rows)
    kept = held_out[held_out != PADDING]
    assert 0.08 * len(ids) < len(kept) < 0.2 * len(ids)
    learned = ids[: -len(kept)]
    assert sorted(ids[-len(kept) :]) == sorted(kept.tolist())
    places = [learned[i : i + 17] for i in range(len(learned) - 16)]
    assert all(row in places for row in rows)
    # From every part of it.
    assert {10 * places.index(row) // len(places) for row in rows} == set(range(10))
    counted = pair_counts(material.pack([np.array(learned, np.uint16)], 10**6))
    cost = (pair_counts(held_out) * fit.pair_bits(counted)).sum()
    assert found.pairs == pytest.approx(cost / pair_counts(held_out).sum(), rel=0.05)


def test_no_window_comes_twice_before_all_have_come():
    tokens = [np.arange(30, dtype=np.uint16), np.arange(30, 60, dtype=np.uint16)]
    rows = material.windows(tokens, RECIPE, 100)
    firsts = rows[:, 0].tolist()
    assert sorted(firsts[:44]) == list(range(44)) == sorted(firsts[44:88])
    assert (np.diff(rows.astype(int)) == 1).all()


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_a_tenth_is_held_out_whatever_the_lengths(lengths):
    documents = [np.full(n, i, np.uint16) for i, n in enumerate(lengths)]
    learned, last = material.parted(documents)
    joined = np.concatenate([*learned, *last])
    np.testing.assert_array_equal(joined, np.concatenate(documents))
    held = sum(map(len, last))
    if sum(lengths) >= 20:
        assert 0.09 * sum(lengths) - 1 <= held <= 0.21 * sum(lengths) + 1


def test_too_little_text_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match=r"tokens, and a model needs 64 or more"):
        material.prepare(["A fox."], tiny.tokenizer(), RECIPE, STEPS)
