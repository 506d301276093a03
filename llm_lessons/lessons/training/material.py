"""What a small model reads while somebody watches, and what it has to beat."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt16

from llm_lessons import fjordby
from llm_lessons.checks import Refusal
from llm_lessons.lessons.training.fit import pair_bits
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, TokenStream, encode, pack
from llm_lessons.training.data import PADDING

DOCUMENTS = 22_000  # of Fjordby, enough for a minute without reading any twice
HELD_OUT = 0.1  # share of a short text that is never learned from
MOST_HELD_OUT = 32  # rows of it that are looked at
FEWEST_ROWS = 4  # of a text from which a tenth can be held out

type Tokens = UInt16[np.ndarray, "_length"]
type Rows = UInt16[np.ndarray, "n_rows row"]


@dataclass(frozen=True)
class Material:
    """What a run reads, and what it has to beat.

    Attributes:
        stream: rows of tokens.
        even: bits a token for somebody who holds every token for equally likely.
        pairs: for somebody who has counted pairs of tokens in what is learned from; on
            `held_out`, or on these very rows where nothing is held out.
        held_out: rows of the text that are never learned from, where the rest is read
            again and again; None where every row is read once, for then each of them
            is new when its loss is taken.
    """

    stream: TokenStream
    even: float
    pairs: float
    held_out: Rows | None


def some_of_fjordby() -> list[str]:
    """The first documents of Fjordby, in the order in which Fjord read them."""
    return [document.text for document in fjordby.build().documents[:DOCUMENTS]]


def prepare(
    texts: Sequence[str], tokenizer: Tokenizer, recipe: Recipe, steps: int
) -> Material:
    """Cut texts into tokens, and rows of them.

    Where they don't suffice, a row is a window that begins anywhere, and each step gets
    new ones. Then the last tenth of the texts is held out.

    Raises:
        Refusal: the texts are so short that they don't fill a few rows.
    """
    documents = encode(texts, tokenizer, show=False)
    rows, wanted = pack(documents, recipe.row_length), steps * recipe.rows
    size = tokenizer.vocab_size
    if len(rows) >= wanted:
        stream = TokenStream(rows[:wanted], recipe.rows)
        pairs = _count_pairs(stream.tokens, size)
        return Material(stream, math.log2(size), _cost(pairs, pair_bits(pairs)), None)
    if (length := sum(map(len, documents))) < FEWEST_ROWS * recipe.row_length:
        raise Refusal(
            f"read() gives {length:,} tokens, and a model needs "
            f"{FEWEST_ROWS * recipe.row_length:,} or more to learn from: give it a "
            "longer text."
        )
    learned, last = parted(documents)
    held_out = pack(last, recipe.row_length)[:MOST_HELD_OUT]
    stream = TokenStream(windows(learned, recipe, wanted), recipe.rows)
    counted = _count_pairs(pack(learned, recipe.row_length), size)
    pairs = _cost(_count_pairs(held_out, size), pair_bits(counted))
    return Material(stream, math.log2(size), pairs, held_out)


def parted(documents: Sequence[Tokens]) -> tuple[list[Tokens], list[Tokens]]:
    """What is learned from, and the last tenth.

    That tenth is whole documents as far as they go; one of more than twice the room
    that is left is cut in two.
    """
    learned, last = [*documents], []
    room = max(2, round(HELD_OUT * sum(map(len, documents))))
    while room > 0 and len(learned) > 1 and len(learned[-1]) <= 2 * room:
        last.insert(0, learned.pop())
        room -= len(last[0])
    if room > 0:
        document = learned.pop()
        cut = len(document) - room
        learned.append(document[:cut])
        last.insert(0, document[cut:])
    return learned, last


def windows(documents: Sequence[Tokens], recipe: Recipe, count: int) -> Rows:
    """So many pieces of the documents head to tail, each from a random place on.

    None begins where another one did before all places have had their turn.
    """
    tokens, size = np.concatenate(documents), recipe.row_length + 1
    dice, places = np.random.default_rng(recipe.seed), len(tokens) - size + 1
    turns = [dice.permutation(places) for _ in range(-(-count // places))]
    starts = np.concatenate(turns)[:count]
    return tokens[starts[:, None] + np.arange(size)]


def _cost(pairs: Float[np.ndarray, "V V"], bits: Float[np.ndarray, "V V"]) -> float:
    """Mean bits of the second token of these pairs."""
    return float((pairs * bits).sum() / pairs.sum())


def _count_pairs(rows: Rows, size: int) -> Float[np.ndarray, "V V"]:
    """How often each token came behind each other one, ends of documents included."""
    firsts, seconds = rows[:, :-1].astype(np.int64), rows[:, 1:]
    numbers = (firsts * size + seconds)[seconds != PADDING]
    return np.bincount(numbers, minlength=size * size).reshape(size, size).astype(float)
