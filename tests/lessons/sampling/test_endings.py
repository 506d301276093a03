"""How a piece of a word goes on, against the model's own greedy texts."""

import re

import numpy as np

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.sampling.endings import LIKELY, likely_endings
from llm_lessons.measuring.surprise import chances
from tests import tiny

TEXT = "Once upon a time there was a girl called Ida who lived in a"


def test_it_is_what_the_model_would_write_where_that_is_likely():
    fjord = load("fjord")
    ids, pieces = fjord.encode(TEXT), fjord.tokenizer.pieces
    top = np.argsort(-fjord.logits(TEXT))[:60].tolist()
    (found,) = likely_endings(fjord, ids, [(len(ids), top)])
    begun = [token for token in top if pieces[token][-1:].isalpha()]
    assert 0 < len(found) < len(begun)
    for token in top[:12]:
        text = TEXT + pieces[token]
        if fjord.encode(text) == [*ids, token]:
            greedy = fjord.generate(text, 12, temperature=0)
            own = re.match(r"[^\W\d_]*", greedy)[0]  # type: ignore[index]
            odds = chances(fjord, [text], [own]) if own else [0.0]
            said = own if odds[0] >= LIKELY else ""
            assert found.get(token, "").rstrip("…") == said, (pieces[token], own, odds)
    # places of one text are answered as if asked alone
    asked = [(len(ids) - back, top[:20]) for back in range(6)]
    together = likely_endings(fjord, ids, asked)
    alone = [likely_endings(fjord, ids[:n], [(n, some)])[0] for n, some in asked]
    assert together == alone


def test_only_words_are_ended_and_none_where_the_window_ends():
    lm = tiny.model()
    every, longest = list(range(lm.config.vocab_size)), lm.config.max_seq_len
    ids = [*lm.encode("The fox"), *[300] * longest][:longest]
    asked = [(len(lm.encode("The fox")), every)]
    asked += [(longest - back, every) for back in (0, 1, 2)]
    found, *ends = likely_endings(lm, ids, asked)
    assert found and not any(ends[:2])
    for token, ending in found.items():
        piece = lm.tokenizer.pieces[token]
        assert piece == " " or piece[-1].isalpha()
        assert ending.rstrip("…").replace("'", "").isalpha()
