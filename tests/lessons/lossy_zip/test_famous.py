"""Scored and recited: against the definition, and on a writer that is known."""

from typing import Any

import numpy as np
import pytest

from llm_lessons.lessons.lossy_zip import famous
from llm_lessons.measuring import surprise
from tests import tiny

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


def test_texts_are_scored_token_by_token_and_recited_up_to_the_first_other_one():
    lm: Any = Writer(5)
    found = famous.measure(lm, TEXTS[:1], TEXTS[1:])
    assert found.famous[0].recited == (5, 0) and found.obscure[0].recited == (0, 0)
    for text, one in zip(TEXTS, (*found.famous, *found.obscure), strict=True):
        assert text.startswith(one.begun + one.right)
        bits = surprise.of(lm, text).bits[famous.BEGUN : famous.BEGUN + famous.REST]
        assert one.bits == pytest.approx(float(np.mean(bits)), rel=1e-4)
        length = len(surprise.of(lm, text).bits[famous.BEGUN :])
        assert one.tokens == min(famous.REST, length)
        assert one.bits_a_letter == pytest.approx(
            one.bits * one.tokens / len(one.right)
        )
    told = found.sentence()
    assert f"made up by {found.obscure[0].bits:.1f}." in told
    assert "of the 1 famous texts over 20 tokens at temperature 0 (at most 5" in told
    assert "and none at temperature 1 (at most 0)" in told
    with pytest.raises(ValueError, match="longer than 12 tokens"):
        famous.measure(lm, ["The fox"], TEXTS)
