"""What a small model reads while somebody watches, and what it has to beat."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt16

from llm_lessons import fjordby
from llm_lessons.lessons.training.fit import pair_bits
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, TokenStream, encode, pack
from llm_lessons.training.data import PADDING

DOCUMENTS = 22_000  # of Fjordby, enough for a minute without reading any twice


@dataclass(frozen=True)
class Material:
    """What a run reads, and what it has to beat.

    Attributes:
        stream: rows of tokens.
        even: bits a token for somebody who holds every token for equally likely.
        pairs: for somebody who has counted pairs of tokens in these very rows.
    """

    stream: TokenStream
    even: float
    pairs: float


def some_of_fjordby() -> list[str]:
    """The first documents of Fjordby, in the order in which Fjord read them."""
    return [document.text for document in fjordby.build().documents[:DOCUMENTS]]


def prepare(
    texts: Sequence[str], tokenizer: Tokenizer, recipe: Recipe, steps: int
) -> Material:
    """Cut texts into tokens, and rows of them; few texts are read more than once."""
    rows = pack(encode(texts, tokenizer, show=False), recipe.row_length)
    wanted = steps * recipe.rows
    times = -(-wanted // len(rows))
    stream = TokenStream(np.tile(rows, (times, 1))[:wanted], recipe.rows)
    pairs = _count_pairs(stream.tokens, tokenizer.vocab_size)
    bits = float((pairs * pair_bits(pairs)).sum() / pairs.sum())
    return Material(stream, math.log2(tokenizer.vocab_size), bits)


def _count_pairs(
    rows: UInt16[np.ndarray, "n_rows row"], size: int
) -> Float[np.ndarray, "V V"]:
    """How often each token came behind each other one, ends of documents included."""
    firsts, seconds = rows[:, :-1].astype(np.int64), rows[:, 1:]
    numbers = (firsts * size + seconds)[seconds != PADDING]
    return np.bincount(numbers, minlength=size * size).reshape(size, size).astype(float)
