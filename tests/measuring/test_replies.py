"""A reply is one sentence with its chance."""

import pytest

from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from tests import tiny

PROMPTS = ["The fox found", "Anna paid $12", "A story of a bear.\nStep by step:"]


class Writer:
    """The tiny model's odds, and texts that were written beforehand."""

    def __init__(self, *texts: str):
        lm = tiny.model()
        self.config, self.params, self.tokenizer = lm.config, lm.params, lm.tokenizer
        self.encode, self.texts = lm.encode, texts

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert temperature == 0
        return list(self.texts)


def test_a_reply_is_the_first_sentence():
    writer = Writer(" the sea. And more.", " a boat\nStep: 2.", "")
    found = replies(writer, PROMPTS)  # type: ignore[arg-type]
    assert [reply.text for reply in found] == ["the sea", "a boat", ""]
    expected = chances(tiny.model(), PROMPTS, [" the sea.", " a boat", ""])
    assert [reply.chance for reply in found] == pytest.approx(expected)
