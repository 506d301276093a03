"""Scored and recited: against the definition, and on a writer that is known."""

from statistics import fmean

import numpy as np
import pytest

from llm_lessons.lessons.lossy_zip import famous
from llm_lessons.measuring import surprise
from tests import tiny
from tests.titled import title_of

LONG = "The old man told the children a story of a fox, a bear and a boat by the sea. "
TEXTS = [LONG, "Anna paid $12 for 3 apples and 4 pears. How much is left of 20? "]


class Writer:
    """The tiny model's odds; writes the first text on for some tokens, then leaves."""

    def __init__(self, keeps: int):
        lm = tiny.model()
        self.config, self.params, self.tokenizer = lm.config, lm.params, lm.tokenizer
        self.encode, self.keeps = lm.encode, keeps

    def batch(self, prompts, max_tokens, temperature):
        ids = self.tokenizer.encode(TEXTS[0])
        assert prompts[0] == self.tokenizer.decode(ids[: famous.BEGUN])
        end = famous.BEGUN + (0 if temperature else self.keeps)
        begun = self.tokenizer.decode(ids[:end]).removeprefix(prompts[0])
        return [begun + " zzz"] * len(prompts)


def test_what_is_recited_is_counted_up_to_the_first_other_token():
    found = famous.measure(Writer(5), TEXTS[:1], TEXTS[1:])  # type: ignore[arg-type]
    (one,) = found.famous
    assert one.recited == (5, 0) and found.obscure[0].recited == (0, 0)
    assert TEXTS[0].startswith(one.begun + one.right)
    assert "recites none of the 1 famous texts over 20 tokens at" in found.sentence()
    assert "temperature 0 (at most 5 tokens)" in found.sentence()
    assert "and none at temperature 1 (at most 0)" in found.sentence()
    _, right = found.figure().axes
    assert [np.array(line.get_xdata()).tolist() for line in right.lines] == [[5], [0]]


def test_it_is_scored_as_token_by_token():
    """The same bits as a reading of the whole text tells, one token after the other."""
    lm = tiny.model()
    found = famous.measure(lm, TEXTS[:1], TEXTS[1:])
    for text, one in zip(TEXTS, (*found.famous, *found.obscure), strict=True):
        bits = surprise.of(lm, text).bits[famous.BEGUN : famous.BEGUN + famous.REST]
        assert one.bits == pytest.approx(float(np.mean(bits)), rel=1e-4)
    bits = fmean(one.bits for one in found.obscure)
    assert f"one that was made up by {bits:.1f}." in found.sentence()
    assert title_of(found).endswith(f" bits a token, a made-up one {bits:.1f}")
