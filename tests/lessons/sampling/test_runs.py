"""Flips as they are told, against the loop that made them."""

from dataclasses import replace

import numpy as np
import pytest

from llm_lessons.decoding.sampling import coin_at
from llm_lessons.lessons.sampling import runs as told
from tests import tiny

PROMPT, LENGTH = "The fox found a", 30


def chances(text: str) -> np.ndarray:
    """Probabilities behind a text, in float64."""
    scores = tiny.model().logits(text).astype(float)
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


@pytest.fixture(scope="module")
def runs() -> list[told.Run]:
    return told.runs(tiny.model(), PROMPT, 11, LENGTH, seed=4, top=3)


def test_the_tokens_are_those_of_the_loop(runs):
    lm = tiny.model()
    texts = lm.batch([PROMPT] * 11, LENGTH, seed=4)
    assert [run.seed for run in runs] == list(range(4, 15))
    for run, text in zip(runs, texts, strict=True):
        assert lm.tokenizer.decode([flip.token for flip in run.flips]) == text
        assert len(run.flips) <= LENGTH
        ended = [flip.token in lm.tokenizer.stops for flip in run.flips]
        assert not any(ended[:-1])
        assert len(run.flips) == LENGTH or ended[-1]


def test_a_run_that_ends_ends_with_the_token_that_ends_a_text():
    """With odds that make it come, and as it is drawn by a loop of one's own."""
    lm = tiny.model()
    embedding = lm.params.embedding
    (end,) = lm.tokenizer.stops
    likeliest = int(lm.logits(PROMPT).argmax())
    fond = embedding.at[end].set(1.2 * embedding[likeliest])
    lm = lm.with_params(replace(lm.params, embedding=fond))
    found = told.runs(lm, PROMPT, 8, LENGTH)
    ends = [run.flips[-1].token == end for run in found]
    assert any(ends)
    assert all(
        len(run.flips) == LENGTH for run, at in zip(found, ends, strict=True) if not at
    )


def test_odds_and_places_are_those_behind_the_text_so_far(runs):
    lm = tiny.model()
    for run in runs[:3]:
        tokens = [flip.token for flip in run.flips]
        for step in (0, 1, 7):
            flip, before = run.flips[step], PROMPT + lm.tokenizer.decode(tokens[:step])
            if lm.encode(before) != [*lm.encode(PROMPT), *tokens[:step]]:
                continue  # the text is cut into other tokens than those drawn
            odds = chances(before)
            assert flip.start == pytest.approx(odds[: flip.token].sum(), abs=1e-5)
            assert flip.chance == pytest.approx(odds[flip.token], abs=1e-5)
            top = np.sort(odds)[::-1][:3]
            assert [x for _, x in flip.odds.likeliest] == pytest.approx(top, abs=1e-5)
            assert flip.odds.others == lm.config.vocab_size - 3
            assert flip.odds.rest == pytest.approx(1 - top.sum(), abs=1e-5)


def test_the_coin_falls_where_the_drawn_token_lies(runs):
    start = len(tiny.model().encode(PROMPT))
    for run in runs:
        for step, flip in enumerate(run.flips):
            assert flip.coin == coin_at(run.seed, start + step)
            assert flip.start - 1e-5 <= flip.coin < flip.end + 1e-5


def test_runs_are_as_long_as_said_and_stay_in_the_window():
    lm = tiny.model()
    long = "The fox found a red boat. " * 7
    left = lm.config.max_seq_len - len(lm.encode(long))
    assert 0 < left < LENGTH
    rows = told.drawn(lm, [PROMPT] * 11 + [long], LENGTH)
    assert max(map(len, rows[:11])) == LENGTH
    assert len(rows[11]) <= left
    (run,) = told.runs(lm, long, 1, LENGTH)
    assert len(run.flips) <= left


def test_odds_along_texts_of_any_length_and_number():
    lm = tiny.model()
    texts = [lm.encode("The fox found a red boat."[:n]) for n in range(3, 25, 2)]
    texts.append(lm.encode("The fox found a red boat. " * 7))
    found = list(told.odds_along(lm, texts))
    assert [len(odds) for odds in found] == [len(text) for text in texts]
    for text, odds in zip(texts, found, strict=True):
        np.testing.assert_allclose(odds.sum(axis=1), 1)
        expected = chances(lm.tokenizer.decode(text))
        np.testing.assert_allclose(odds[-1], expected, atol=1e-5)
