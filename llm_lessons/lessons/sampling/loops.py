"""The loop over texts as a learner may write it: right, and with its usual mistakes."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count

import numpy as np

from llm_lessons.decoding.sampling import coin_at
from llm_lessons.language_model import LanguageModel
from llm_lessons.loading import load

START = "Once upon a time"
TOKENS = 12


def seeds() -> Iterator[int]:
    """Seeds whose text is cut into just the tokens that were drawn.

    A text can be spelled in several ways. Where the model drew another spelling than
    the one that its text is cut into, a loop over texts goes its own way from there.
    """
    return (seed for seed in count(1) if _loop(seed) == right(seed))


@cache
def right(seed: int) -> str:
    """`START` and the `TOKENS` that the packaged loop writes behind it."""
    return START + _fjord().generate(START, TOKENS, seed=seed)


def usual_mistakes(seed: int) -> Iterator[tuple[str, str]]:
    """What each of the usual mistakes writes, and what to say to it."""
    yield (
        _loop(seed, choose=lambda scores, coin: int(scores.argmax())),
        "Yours takes the likeliest token each time. Where is the coin?",
    )
    yield (
        _loop(seed, reads=lambda text: START),
        "Yours asks for the scores of the prompt each time. Feed the longer text back: "
        "`lm.logits(text)`.",
    )
    yield (
        _loop(seed, place=lambda text, step: len(_fjord().encode(START))),
        "Every flip of yours falls like the first. The coin's place moves on with the "
        "text: `len(lm.encode(text))`.",
    )
    yield (
        _loop(seed, place=lambda text, step: step),
        "The coin's place is not the number of the flip, but of the tokens that the "
        "model has read: `len(lm.encode(text))`.",
    )


@cache
def _fjord() -> LanguageModel:
    return load("fjord")


def _by_coin(scores: np.ndarray, coin: float) -> int:
    powers = np.exp(scores.astype(np.float64) - scores.max())
    ends = np.cumsum(powers / powers.sum())
    return min(int(np.searchsorted(ends, coin, side="right")), len(ends) - 1)


def _loop(
    seed: int,
    *,
    choose: Callable[[np.ndarray, float], int] = _by_coin,
    reads: Callable[[str], str] = lambda text: text,
    place: Callable[[str, int], int] = lambda text, step: len(_fjord().encode(text)),
) -> str:
    text = START
    for step in range(TOKENS):
        scores = _fjord().logits(reads(text))
        token = choose(scores, coin_at(seed, place(text, step)))
        text += _fjord().tokenizer.decode([token])
    return text
