"""What the page works out, against the same in Python."""

from typing import Any

import numpy as np
import pytest

from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets.growing_vocabulary import FIRST, GrowingVocabulary
from llm_lessons.widgets.knob import FINENESS, packed
from llm_lessons.widgets.next_token import BARS
from tests import tiny
from tests.web.in_deno import evaluate

SETTINGS: list[dict[str, Any]] = [
    {},
    {"temperature": 0.2},
    {"temperature": 0.7, "top_k": 5},
    {"temperature": 1.3, "top_p": 0.9},
    {"temperature": 2.0, "top_k": 40, "top_p": 0.5},
    {"top_k": 10**6, "top_p": 1.0},
    {"temperature": 1.5, "min_p": 0.05},
    {"temperature": 2.0, "top_p": 0.9, "min_p": 0.2},
]
COINS = [0, 0.1, 0.5, 0.9, 0.999999]
MANY = 380  # tokens in the vocabulary
TEXTS = ["The fox found the red boat.\n 12 apples", "▁ Blåbær 🦊\t<s>", "aaaaaa", ""]


def reference(logits, temperature=1.0, top_k=None, top_p=None, min_p=None):
    """The same in float64, by a full sort: temperature, top-k, top-p, min-p."""
    order = np.argsort(-logits, kind="stable")
    weights = np.exp((logits[order].astype(float) - logits.max()) / temperature)
    if top_k is not None:
        weights = np.where(logits[order] >= logits[order][:top_k][-1], weights, 0)
    if top_p is not None:
        enough = np.searchsorted(
            np.cumsum(weights) / weights.sum(), top_p * (1 - 1e-12)
        )
        weights = np.where(logits[order] >= logits[order][enough], weights, 0)
    if min_p is not None:
        weights = np.where(weights >= min_p, weights, 0)  # the likeliest has 1
    probabilities = np.empty(len(logits))
    probabilities[order] = weights / weights.sum()
    return probabilities


@pytest.mark.parametrize("size", [7, 1024, 49_152])
def test_the_pages_odds_are_right(size):
    """Sums, cuts, entropy and draws against NumPy, over the whole vocabulary."""
    rng = np.random.default_rng(size)
    logits = (4 * rng.standard_normal(size)).astype(np.float32)
    logits[3] = logits[5] = np.sort(logits)[-5]  # a tie, which a cut may not split
    answers = evaluate(
        "lib/odds.js",
        """
        const sorted = web.sortScores(new Float32Array(data.scores));
        return data.settings.map((settings) => {
          const odds = web.oddsOf(sorted, settings);
          const [chances, shares] = [[], []];
          for (const [rank, id] of sorted.ids.entries()) {
            chances[id] = odds.chance(rank);
            shares[id] = odds.share(rank);
          }
          const drawn = data.coins.map((coin) => sorted.ids[web.rankDrawn(odds, coin)]);
          return { chances, shares, drawn, bits: odds.bits };
        });
        """,
        {"scores": logits.tolist(), "settings": SETTINGS, "coins": COINS},
    )
    for settings, got in zip(SETTINGS, answers, strict=True):
        expected = reference(logits, **settings)
        np.testing.assert_allclose(got["chances"], expected, rtol=1e-9, atol=1e-12)
        uncut = reference(logits, settings.get("temperature", 1.0))
        np.testing.assert_allclose(got["shares"], uncut, rtol=1e-9, atol=1e-12)
        kept = expected[expected > 0]
        assert got["bits"] == pytest.approx(-(kept * np.log2(kept)).sum())
        order = np.argsort(-logits, kind="stable")
        drawn = np.searchsorted(np.cumsum(expected[order]), COINS, side="right")
        assert got["drawn"] == order[drawn].tolist()


def test_the_page_joins_as_sentencepiece_does():
    grown = GrowingVocabulary(train_sentencepiece(tiny.TEXTS, MANY), "")
    texts = [*tiny.TEXTS, *TEXTS]
    for size in (grown.fewest, grown.fewest + 1, grown.fewest + 9, MANY):
        tokenizer = train_sentencepiece(tiny.TEXTS, size)
        cut = evaluate(
            "lib/joining.js",
            """
            const cut = web.joiner(...data.known);
            return data.texts.map((text) => cut(text, data.learned));
            """,
            {
                "known": [grown._pieces, grown._letters, FIRST],
                "learned": size - grown.fewest,
                "texts": texts,
            },
        )
        for text, tokens in zip(texts, cut, strict=True):
            ids = tokenizer.encode(text)
            assert [i for _, i, _ in tokens] == ids
            assert [piece for piece, _, _ in tokens] == [
                tokenizer.pieces[i] for i in ids
            ]


def test_the_page_unpacks_what_python_packed():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 6, (3, 500)).astype(np.float32)
    rows, leading, share = evaluate(
        "widgets/knob_odds.js",
        """
        const bytes = new DataView(Uint8Array.from(data.bytes).buffer);
        const rows = web.packedRows(bytes, 500)
          .map((row) => web.chancesOf(row, data.fineness));
        return [rows.map((row) => [...row]), web.leaders(rows, 9),
          web.moved(rows[0], rows[1])];
        """,
        {"bytes": list(packed(logits)), "fineness": FINENESS},
    )
    odds = np.exp(logits - logits.max(axis=1, keepdims=True), dtype=np.float64)
    odds /= odds.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(rows, odds, rtol=1e-3, atol=1e-7)
    best = np.argsort(-odds.max(axis=0))[:9]
    assert leading == sorted(best, key=lambda token: -odds[0, token])
    assert share == pytest.approx(np.abs(odds[0] - odds[1]).sum() / 2, abs=1e-3)


def test_python_looks_ahead_at_as_many_words_as_the_page_has_bars():
    assert evaluate("lib/bars.js", "return web.BARS;", None) == BARS


def test_every_number_of_float16_is_unpacked():
    bits = np.arange(2**16, dtype="<u2")
    bits = bits[np.isfinite(bits.view("<f2"))]
    found = evaluate(
        "engine/halves.js",
        """
        const numbers = new Float32Array(data.length);
        web.fromHalves(Uint16Array.from(data), numbers);
        return [...numbers];
        """,
        bits.tolist(),
    )
    np.testing.assert_array_equal(np.array(found, np.float32), bits.view("<f2"))
