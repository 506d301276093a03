"""The likeliest token at each place, against one reading of each text alone."""

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.model.transformer import forward
from llm_lessons.serving.likeliest import ROWS, likeliest
from tests import tiny

jitted_forward = jax.jit(forward, static_argnames="config")


def by_hand(text: list[int], start: int) -> list[int]:
    # Padding behind changes nothing before it, and keeps to one compiled size.
    padded = jnp.array([text + [0] * (tiny.CONFIG.max_seq_len - len(text))])
    scores = jitted_forward(tiny.model().params, padded, tiny.CONFIG)[0]
    return np.asarray(scores.argmax(axis=-1))[start - 1 : len(text) - 1].tolist()


def test_each_place_is_the_one_of_a_text_read_alone():
    count = ROWS + 1
    rng = np.random.default_rng(count)
    lengths = rng.integers(2, tiny.CONFIG.max_seq_len + 1, size=count)
    texts = [[1, *rng.integers(20, 300, size=n - 1).tolist()] for n in lengths]
    starts = [int(rng.integers(1, len(text) + 1)) for text in texts]
    found = likeliest(tiny.model().params, texts, starts, tiny.CONFIG)
    for text, start, row in zip(texts, starts, found, strict=True):
        assert row == by_hand(text, start)
    assert likeliest(tiny.model().params, [], [], tiny.CONFIG) == []
