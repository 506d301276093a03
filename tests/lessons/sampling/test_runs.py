"""Flips as they are told, against the loop that made them."""

from dataclasses import replace

import numpy as np
import pytest

from llm_lessons.decoding.sampling import coin_at
from llm_lessons.lessons.sampling import runs as told
from tests import tiny

PROMPT, LENGTH = "The fox found a", 30
LONG = "The fox found a red boat. " * 7


def chances(text: str) -> np.ndarray:
    """Probabilities behind a text, in float64."""
    scores = tiny.model().logits(text).astype(float)
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def test_tokens_coins_and_odds_are_those_of_the_loop():
    lm = tiny.model()
    runs = told.runs(lm, PROMPT, 11, LENGTH, seed=4, top=3)
    texts = lm.batch([PROMPT] * 11, LENGTH, seed=4)
    begun = lm.encode(PROMPT)
    assert [run.seed for run in runs] == list(range(4, 15))
    for run, text in zip(runs, texts, strict=True):
        tokens = [flip.token for flip in run.flips]
        assert lm.tokenizer.decode(tokens) == text
        ended = [token in lm.tokenizer.stops for token in tokens]
        assert not any(ended[:-1])
        assert len(tokens) == LENGTH or (len(tokens) < LENGTH and ended[-1])
        for step, flip in enumerate(run.flips):
            assert flip.coin == coin_at(run.seed, len(begun) + step)
            assert flip.start - 1e-5 <= flip.coin < flip.end + 1e-5
        for step in (0, 1, 7):
            flip, before = run.flips[step], PROMPT + lm.tokenizer.decode(tokens[:step])
            if lm.encode(before) != [*begun, *tokens[:step]]:
                continue  # the text is cut into other tokens than those drawn
            odds = chances(before)
            assert flip.start == pytest.approx(odds[: flip.token].sum(), abs=1e-5)
            assert flip.chance == pytest.approx(odds[flip.token], abs=1e-5)
            top = np.sort(odds)[::-1][:3]
            assert [x for _, x in flip.odds.likeliest] == pytest.approx(top, abs=1e-5)
            assert flip.odds.others == lm.config.vocab_size - 3
            assert flip.odds.rest == pytest.approx(1 - top.sum(), abs=1e-5)


def test_a_run_that_ends_ends_with_the_token_that_ends_a_text():
    """With odds that make it come."""
    lm = tiny.model()
    embedding = lm.params.embedding
    (end,) = lm.tokenizer.stops
    likeliest = int(lm.logits(PROMPT).argmax())
    fond = embedding.at[end].set(1.2 * embedding[likeliest])
    lm = lm.with_params(replace(lm.params, embedding=fond))
    found = told.runs(lm, PROMPT, 8, LENGTH)
    ends = [run.flips[-1].token == end for run in found]
    assert any(ends)
    for run, at in zip(found, ends, strict=True):
        assert at or len(run.flips) == LENGTH


def test_a_run_stays_in_the_window():
    lm = tiny.model()
    left = lm.config.max_seq_len - len(lm.encode(LONG))
    assert 0 < left < LENGTH
    (run,) = told.runs(lm, LONG, 1, LENGTH)
    assert len(run.flips) <= left
