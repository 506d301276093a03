"""How a piece of a word goes on, against the model's own greedy texts."""

import re

import numpy as np
import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.sampling.endings import LIKELY, likely_endings
from llm_lessons.measuring.surprise import chances
from tests import tiny

TEXT = "Once upon a time there was a girl called Ida who lived in a"


def greedy(lm, text: str, token: int) -> str:
    """What the model writes behind a token, always taking the likeliest."""
    return lm.generate(text + lm.tokenizer.pieces[token], 12, temperature=0)


def rest_of_word(text: str) -> str:
    found = re.match(r"[^\W\d_]*", text)
    return found[0] if found else ""


@pytest.fixture(scope="module")
def fjord():
    return load("fjord")


def test_it_is_what_the_model_would_write(fjord):
    ids, pieces = fjord.encode(TEXT), fjord.tokenizer.pieces
    top = np.argsort(-fjord.logits(TEXT))[:12].tolist()
    (found,) = likely_endings(fjord, ids, [(len(ids), top)])
    assert 0 < len(found) < len(top)
    for token in top:
        if fjord.encode(TEXT + pieces[token]) == [*ids, token]:
            own = rest_of_word(greedy(fjord, TEXT, token))
            odds = chances(fjord, [TEXT + pieces[token]], [own]) if own else [0.0]
            said = own if odds[0] >= LIKELY else ""
            assert found.get(token, "").rstrip("…") == said, (pieces[token], own, odds)


def test_letters_of_which_none_is_likely_are_not_told(fjord):
    ids = fjord.encode(TEXT)
    order = np.argsort(-fjord.logits(TEXT)).tolist()
    (found,) = likely_endings(fjord, ids, [(len(ids), order[:200])])
    pieces = fjord.tokenizer.pieces
    told = [
        (TEXT + pieces[token], ending.rstrip("…"))
        for token, ending in found.items()
        if fjord.encode(TEXT + pieces[token] + ending)[len(ids)] == token
    ]
    odds = chances(fjord, *map(list, zip(*told, strict=True)))
    assert min(odds) > 0.99 * LIKELY
    begun = [token for token in order[:200] if pieces[token][-1:].isalpha()]
    assert len(found) < len(begun)


def test_places_of_one_text_are_answered_as_if_asked_alone(fjord):
    ids = fjord.encode(TEXT)
    asked = [
        (len(ids) - back, np.argsort(-fjord.logits(TEXT))[:20].tolist())
        for back in range(6)
    ]
    together = likely_endings(fjord, ids, asked)
    alone = [likely_endings(fjord, ids[:n], [(n, some)])[0] for n, some in asked]
    assert together == alone


def test_signs_digits_and_marks_are_no_pieces_of_words():
    lm = tiny.model()
    ids = lm.encode("The fox")
    every = list(range(lm.config.vocab_size))
    (found,) = likely_endings(lm, ids, [(len(ids), every)])
    for token, ending in found.items():
        piece = lm.tokenizer.pieces[token]
        assert piece == " " or piece[-1].isalpha()
        assert ending.rstrip("…").replace("'", "").isalpha()
    assert found


def test_nothing_is_said_where_the_window_ends():
    lm = tiny.model()
    ids = [*lm.tokenizer.prefix, *[300] * lm.config.max_seq_len][
        : lm.config.max_seq_len
    ]
    every = list(range(lm.config.vocab_size))
    for back in (0, 1, 2):
        (found,) = likely_endings(lm, ids, [(len(ids) - back, every)])
        assert back == 2 or not found
