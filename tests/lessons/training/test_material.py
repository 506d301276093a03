"""Rows to read, and counted pairs against a slow count."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from llm_lessons.lessons.training import fit, material
from llm_lessons.training import Recipe
from llm_lessons.training.data import PADDING
from tests import tiny

RECIPE = Recipe(rows=4, row_length=16)
STEPS = 24


def test_few_texts_are_read_again_and_again_and_pairs_are_counted():
    tokenizer = tiny.tokenizer()
    found = material.prepare(tiny.TEXTS, tokenizer, RECIPE, STEPS)
    rows = found.stream.tokens
    assert found.stream.steps == STEPS and rows.shape == (STEPS * 4, 17)
    assert len(np.unique(rows, axis=0)) < 30
    said = [[t for t in row if t != PADDING] for row in rows.tolist()]
    pairs = Counter(pair for row in said for pair in pairwise(row))
    counted = np.zeros((350, 350))
    for (a, b), count in pairs.items():
        counted[a, b] = count
    bits = fit.pair_bits(counted)
    cost = sum(count * bits[pair] for pair, count in pairs.items())
    assert found.pairs == pytest.approx(cost / pairs.total())
    assert found.pairs < found.even == math.log2(350)
