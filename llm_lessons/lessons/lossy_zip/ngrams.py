"""Counting instead of learning: the odds of a token from the four before it.

A 5-gram model over the class model's own tokens is what language models were before
neural networks: a list of all that was read, five tokens at a time. Here it is the bar
that a small transformer has to clear in claim C10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from jaxtyping import Float, Int
from sentencepiece import SentencePieceProcessor

from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.waiting import Waiting

ORDER = 5  # tokens looked at together: four before, and the next
LARGEST = 6_208  # pieces of a vocabulary: so that five fit into one 64-bit number
TOGETHER = 5_000  # documents cut into tokens between two moves of the progress bar


@dataclass(frozen=True)
class NGrams:
    """All that was counted; five tokens are one number in the base of the vocabulary.

    A field holds one array for each length of n-gram, from 1 to 5 tokens.

    Attributes:
        vocab_size: number of different tokens.
        keys: the n-grams that were met, sorted.
        counts: how often each of the longest was met; for shorter ones, which stand in
            only where longer ones say little, behind how many different tokens.
        discount: what is taken off each count, for all that was not met.
    """

    vocab_size: int
    keys: tuple[Int[np.ndarray, " n"], ...]
    counts: tuple[Int[np.ndarray, " n"], ...]
    discount: tuple[float, ...]

    def probability(self, grams: Int[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """How likely the last token of each 5-gram is behind the four others.

        Over all last tokens it adds up to one, and none is impossible: interpolated
        Kneser-Ney smoothing (Chen and Goodman, Computer Speech and Language 13, 1999),
        down to even odds.
        """
        odds = np.full(len(grams), 1 / self.vocab_size)
        fields = zip(self.keys, self.counts, self.discount, strict=True)
        for order, (keys, counts, discount) in enumerate(fields, 1):
            own = grams % self.vocab_size**order
            context = own - own % self.vocab_size
            # All n-grams with the same tokens before the last stand side by side.
            first = np.searchsorted(keys, context)
            after = np.searchsorted(keys, context + self.vocab_size)
            sums = np.append(0, np.cumsum(counts))
            total = sums[after] - sums[first]
            at = np.minimum(np.searchsorted(keys, own), len(keys) - 1)
            kept = np.where(keys[at] == own, counts[at] - discount, 0)
            spread = discount * (after - first) * odds
            odds = np.where(total > 0, (kept + spread) / np.maximum(total, 1), odds)
        return odds


def learn(grams: Int[np.ndarray, " n"], vocab_size: int) -> NGrams:
    """Count the 5-grams of a corpus."""
    keys, counts = np.unique(grams, return_counts=True)
    levels = [(keys, counts)]
    for order in range(ORDER - 1, 0, -1):
        keys, counts = np.unique(keys % vocab_size**order, return_counts=True)
        levels.append((keys, counts))
    levels.reverse()
    return NGrams(
        vocab_size,
        tuple(keys for keys, _ in levels),
        tuple(counts for _, counts in levels),
        tuple(_discount(counts) for _, counts in levels),
    )


def _discount(counts: Int[np.ndarray, " n"]) -> float:
    """Ney's estimate n1 / (n1 + 2 n2), kept between 0 and 1 where none was met once."""
    once, twice = np.count_nonzero(counts == 1), np.count_nonzero(counts == 2)
    return (once + 0.5) / (once + 2 * twice + 1)


def count_in_base(
    documents: Sequence[Sequence[int]], start: int, vocab_size: int
) -> Int[np.ndarray, " n"]:
    """All 5-grams of some documents, whose last tokens are all that is predicted.

    Documents begin behind start tokens, as many as a 5-gram looks back, and end with
    one; so a document of n tokens has n + 1 of them, in their order.

    Raises:
        ValueError: five tokens of this vocabulary don't fit into one number.
    """
    if vocab_size > LARGEST:
        raise ValueError(
            f"5-grams are counted for vocabularies of up to {LARGEST:,} tokens, and "
            f"this one has {vocab_size:,}; take the class model's."
        )
    begin = [start] * (ORDER - 1)
    rows = chain.from_iterable(chain(begin, document) for document in documents)
    stream = np.fromiter(chain(rows, [start]), np.int64)
    grams = np.zeros(len(stream) - ORDER + 1, np.int64)
    for place in range(ORDER):
        grams = grams * vocab_size + stream[place : place + len(grams)]
    # Of the start tokens only the first is predicted: it ends the document before.
    lengths = np.array([len(document) for document in documents])
    ends = np.cumsum(lengths + ORDER - 1)[:-1] - ORDER + 1
    others = ends[:, None] + np.arange(1, ORDER - 1)
    return np.delete(grams, others)


def read(
    texts: Sequence[str], tokenizer: SentencePieceTokenizer
) -> Int[np.ndarray, " n"]:
    """The 5-grams of many texts, as the tokenizer cuts them on all cores.

    A bar in the notebook shows how far it is.

    Args:
        texts: plain ASCII, as all of Fjordby is.
    """
    processor = SentencePieceProcessor(model_proto=tokenizer.model)
    parts = []
    with Waiting("counting pieces of five tokens", len(texts)) as bar:
        for i in range(0, len(texts), TOGETHER):
            chunk = list(texts[i : i + TOGETHER])
            documents = processor.encode(chunk)
            parts.append(
                count_in_base(documents, tokenizer.start_id, tokenizer.vocab_size)
            )
            bar.done(len(chunk))
    return np.concatenate(parts)


def ngram_bits(
    texts: Sequence[str], documents: Sequence[str], tokenizer: SentencePieceTokenizer
) -> Float[np.ndarray, " texts"]:
    """Bits that a 5-gram model of the documents needs for each text, its end included.

    It reads all documents that it is given, cut into the same tokens as the class
    model's; a text costs -log2(p) bits a token, what an arithmetic coder would write.
    """
    known = learn(read(documents, tokenizer), tokenizer.vocab_size)
    rows = [tokenizer.encode(text) for text in texts]
    grams = count_in_base(rows, tokenizer.start_id, tokenizer.vocab_size)
    begins = np.cumsum([0, *(len(row) + 1 for row in rows[:-1])])
    return np.add.reduceat(-np.log2(known.probability(grams)), begins)
