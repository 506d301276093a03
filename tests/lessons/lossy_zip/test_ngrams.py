"""Counted odds against slow ones from dictionaries, and the bits of a text."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm_lessons.lessons.lossy_zip import ngrams
from tests import tiny

SIZE = 6  # tokens of the made-up documents below; 0 starts them
DOCUMENTS = st.lists(
    st.lists(st.integers(1, SIZE - 1), max_size=9), min_size=1, max_size=12
)


def slow_grams(documents: list[list[int]]) -> list[tuple[int, ...]]:
    rows = [[0, 0, 0, 0, *document, 0] for document in documents]
    return [tuple(row[i : i + 5]) for row in rows for i in range(len(row) - 4)]


def slow_kneser_ney(documents: list[list[int]]):
    """The probability of a gram's last token, from dictionaries and by recursion."""
    levels = {5: Counter(slow_grams(documents))}
    for k in (4, 3, 2, 1):
        levels[k] = Counter(gram[1:] for gram in levels[k + 1])

    def probability(gram: tuple[int, ...]) -> float:
        if not gram:
            return 1 / SIZE
        level = levels[len(gram)]
        met = Counter(level.values())
        discount = (met[1] + 0.5) / (met[1] + 2 * met[2] + 1)
        beside = [n for other, n in level.items() if other[:-1] == gram[:-1]]
        if not beside:
            return probability(gram[1:])
        own = max(level[gram] - discount, 0)
        return (own + discount * len(beside) * probability(gram[1:])) / sum(beside)

    return probability


def as_number(gram: tuple[int, ...]) -> int:
    return sum(token * SIZE**place for place, token in enumerate(reversed(gram)))


@given(DOCUMENTS)
def test_5_grams_stop_at_the_ends_of_documents(documents):
    expected = [as_number(gram) for gram in slow_grams(documents)]
    assert ngrams.count_in_base(documents, 0, SIZE).tolist() == expected


@settings(max_examples=30)
@given(DOCUMENTS, st.integers(0, 10**6))
def test_the_5_gram_model_is_kneser_neys(documents, seed):
    known = ngrams.learn(ngrams.count_in_base(documents, 0, SIZE), SIZE)
    slow = slow_kneser_ney(documents)
    rng = np.random.default_rng(seed)
    never = [tuple(row) for row in rng.integers(0, SIZE, (5, 5)).tolist()]
    for gram in [*slow_grams(documents)[:5], *never]:
        all_next = [(*gram[:-1], token) for token in range(SIZE)]
        found = known.probability(np.array([as_number(each) for each in all_next]))
        assert found.sum() == pytest.approx(1) and found.min() > 0
        assert found == pytest.approx([slow(each) for each in all_next])


def test_5_gram_bits_are_a_texts_own_and_fall_with_reading():
    tokenizer = tiny.tokenizer()
    read = tiny.TEXTS[:3]
    found = ngrams.ngram_bits([*read, tiny.TEXTS[3]], read * 3, tokenizer)
    alone = [ngrams.ngram_bits([text], read * 3, tokenizer)[0] for text in read]
    assert found[:3] == pytest.approx(alone)
    lengths = [len(tokenizer.encode(text)) + 1 for text in tiny.TEXTS]
    met, new = found[:3].sum() / sum(lengths[:3]), found[3] / lengths[3]
    assert met < 1 < 5 < new < math.log2(tokenizer.vocab_size) + 2
    # The end of a text is paid for, and nothing else in an empty one.
    empty, ended = ngrams.ngram_bits(["", "x"], ["", "x"], tokenizer)
    assert 0 < empty <= ended
    with pytest.raises(ValueError, match=r"up to 6,208 tokens, and this one has 6,209"):
        ngrams.count_in_base([[1]], 0, 6209)
    assert ngrams.LARGEST**5 < 2**63 <= (ngrams.LARGEST + 1) ** 5
