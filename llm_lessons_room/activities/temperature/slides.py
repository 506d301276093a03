"""Slides of the slider: what becomes of the odds."""

import html
from collections.abc import Iterator

import jax.numpy as jnp
import numpy as np

from llm_lessons.decoding.sampling import scale, softmax
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities.coin.slides import odds
from llm_lessons_room.parts.slide import Content, quoted, title

TEMPERATURES = (0, 0.5, 1, 2)
TOKENS = 5  # in the table


def _temperature(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    prompt = step["shown"]["prompt"]
    yield f"{title(step)}{quoted(step)}"
    scores = lm.logits(prompt)
    order = np.argsort(-scores, kind="stable")[:TOKENS]
    columns = [_shares(scores, t)[order] for t in TEMPERATURES]
    text = lm.encode(prompt)
    ids = [int(token) for token in order]
    (endings,) = likely_endings(lm, text, [(len(text), ids)])
    rows = [
        [
            html.escape(lm.tokenizer.pieces[token].strip())
            + f"<small>{html.escape(endings.get(token, ''))}</small>",
            *(f"{100 * column[place]:.0f} %" for column in columns),
        ]
        for place, token in enumerate(ids)
    ]
    told = [words.number(t, digits=int(t % 1 > 0)) for t in TEMPERATURES]
    heads = ["", *(words("slides.at", t=t) for t in told)]
    yield odds(words, prompt, heads, rows)


def _shares(scores: np.ndarray, temperature: float) -> np.ndarray:
    """The chances of all tokens at a temperature; at 0 the favourite has all."""
    if temperature == 0:
        return np.eye(len(scores))[scores.argmax()]
    return np.asarray(softmax(scale(jnp.asarray(scores), temperature)))


KINDS = {"temperature": _temperature}
