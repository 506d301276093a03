"""How well predictions fit a text; and whether the knobs stay as they are.

Claim C3: training finds a setting of the knobs so that predictions fit the training
text; then they are frozen. The measure is surprise, in bits a token: -log2 of the
probability that the model gave to the token that really came. Who has counted pairs of
tokens guesses, too. (`rivals` holds one against the other.)
"""

import hashlib
from collections.abc import Sequence
from functools import cache

import jax
import numpy as np
from jaxtyping import Float

from llm_lessons import fjordby
from llm_lessons.fjordby.corpus import Documents
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Number, bootstrap
from llm_lessons.measuring.surprise import TOGETHER, bits_of_rows
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.text.tokenizers import Tokenizer

TEXTS = 256  # never read, over which surprise is averaged
ROWS = 8  # texts looked at together
COUNTED = 20_000  # documents of the corpus whose pairs are counted
GENERATED, LENGTH = 2_000, 40  # tokens altogether, and of one text
BEGINNING = "Once upon a time"
UNIT = "bits a token"


@checked()
def beginnings(lm: LanguageModel, texts: Sequence[str], window: int) -> list[list[int]]:
    """Token ids of texts, as far as a window reaches."""
    return [
        [*lm.tokenizer.prefix, *lm.tokenizer.encode(text)][:window] for text in texts
    ]


def mean(bits: Float[np.ndarray, " texts"], ids: Sequence[Sequence[int]]) -> Number:
    """Bits a token, of what whole texts cost; its interval is clustered by text."""
    lengths = np.array([len(row) - 1 for row in ids])

    def of(chosen: np.ndarray) -> float:
        return float(bits[chosen].sum() / lengths[chosen].sum())

    return bootstrap(of, len(bits), UNIT)


def surprise(
    params: Parameters, ids: Sequence[Sequence[int]], config: ModelConfig
) -> Float[np.ndarray, " texts"]:
    """Bits that each text costs behind its first token, summed over its tokens.

    Texts of like length are read together, for all are filled up to the longest.
    """
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    groups = [order[i : i + ROWS] for i in range(0, len(order), ROWS)]
    bits = np.zeros(len(ids))
    for group in waited(groups, "reading texts"):
        longest = max(len(ids[i]) for i in group)
        filled = -(-(longest - 1) // TOGETHER) * TOGETHER + 1
        width = max(longest, min(filled, config.max_seq_len))
        rows = np.full((ROWS, width), -1, np.int32)
        for row, i in zip(rows, group, strict=False):
            row[: len(ids[i])] = ids[i]
        found = np.asarray(bits_of_rows(params, rows, config)).sum(axis=1)
        bits[group] = found[: len(group)]
    return bits


@checked()
def pair_surprise(
    lm: LanguageModel, ids: Sequence[Sequence[int]]
) -> Float[np.ndarray, " texts"]:
    """The same for somebody who has counted pairs of tokens in the corpus."""
    bits = pair_bits(_pairs(lm.tokenizer, fjordby.build().documents))
    return np.array([bits[row[:-1], row[1:]].sum() for row in map(np.array, ids)])


@cache
def _pairs(tokenizer: Tokenizer, documents: Documents) -> Float[np.ndarray, "V V"]:
    """How often each token follows each other one; twins count once."""
    pairs = np.zeros((tokenizer.vocab_size, tokenizer.vocab_size))
    for document in documents.spread(COUNTED):
        row = np.array([*tokenizer.prefix, *tokenizer.encode(document.text)])
        np.add.at(pairs, (row[:-1], row[1:]), 1)
    return pairs


def pair_bits(pairs: Float[np.ndarray, "V V"]) -> Float[np.ndarray, "V V"]:
    """Surprise at each token behind each other one, from how often they were a pair.

    A pair that was never met gets what single tokens leave: the counts of what follows
    are mixed with how common each token is, as in Witten and Bell (IEEE Transactions on
    Information Theory 37, 1991): by n / (n + d), where n tokens of d kinds followed.
    """
    single = (pairs.sum(axis=0) + 1) / (pairs.sum() + len(pairs))
    followed = pairs.sum(axis=1, keepdims=True)
    kinds = np.maximum((pairs > 0).sum(axis=1, keepdims=True), 1)
    return -np.log2((pairs + kinds * single) / (followed + kinds))


def fingerprint(params: Parameters) -> str:
    """SHA-256 over every weight: it changes if a single one does."""
    digest = hashlib.sha256()
    for leaf in jax.tree.leaves(params):
        digest.update(np.asarray(leaf).tobytes())
    return digest.hexdigest()


@checked()
def frozen(lm: LanguageModel, tokens: int = GENERATED) -> tuple[str, str]:
    """The weights' fingerprints before and after so many tokens are generated."""
    before = fingerprint(lm.params)
    lm.batch([BEGINNING] * -(-tokens // LENGTH), LENGTH)
    return before, fingerprint(lm.params)
