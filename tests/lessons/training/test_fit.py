"""Surprise is -log2 of the probability of what came, however it is computed."""

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.fjordby.corpus import Document, Documents
from llm_lessons.lessons.training import fit
from llm_lessons.model.transformer import forward
from tests import tiny

IDS = [[1, 5, 300, 7], [1, 9], [1, *range(40, 70)]]


def test_surprise_is_that_of_one_token_after_another_whatever_the_company():
    lm = tiny.model()
    found = fit.surprise(lm.params, IDS * 20, lm.config)
    expected = []
    for row in IDS:
        logits = np.asarray(forward(lm.params, jnp.array([row]), lm.config))[0]
        odds = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        costs = (-math.log2(odds[i, row[i + 1]]) for i in range(len(row) - 1))
        expected.append(sum(costs))
    np.testing.assert_allclose(found, expected * 20, rtol=1e-4)


def test_pairs_are_counted_and_mixed_with_single_tokens(
    monkeypatch: pytest.MonkeyPatch,
):
    lm = tiny.model()
    texts = [*tiny.TEXTS, tiny.TEXTS[0]]
    documents = Documents.of([Document("stories", text) for text in texts])
    corpus = SimpleNamespace(documents=documents)
    monkeypatch.setattr(fit.fjordby, "build", lambda: corpus)
    rows = [lm.encode(text) for text in texts]
    pairs = Counter(pair for row in rows for pair in pairwise(row))
    single, firsts = Counter(), Counter()
    for (a, b), count in pairs.items():
        single[b] += count
        firsts[a] += count
    total, size = sum(single.values()), lm.config.vocab_size

    def chance(a: int, b: int) -> float:
        kinds = max(1, sum(first == a for first, _ in pairs))
        alone = (single[b] + 1) / (total + size)
        return (pairs[a, b] + kinds * alone) / (firsts[a] + kinds)

    for a in (lm.tokenizer.prefix[0], rows[0][3], 2):
        assert sum(chance(a, b) for b in range(size)) == pytest.approx(1)
    asked = [rows[1], [rows[0][0], 2, 7]]
    expected = [
        sum(-math.log2(chance(a, b)) for a, b in pairwise(row)) for row in asked
    ]
    assert fit.pair_surprise(lm, asked) == pytest.approx(expected)


def test_a_fingerprint_sees_one_altered_weight_and_generating_alters_none():
    lm = tiny.model()
    before, after = fit.frozen(lm, 100)
    assert before == after == fit.fingerprint(jax.tree.map(jnp.copy, lm.params))
    norm = lm.params.final_norm.at[3].multiply(1.0001)
    assert fit.fingerprint(replace(lm.params, final_norm=norm)) != before
