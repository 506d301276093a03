"""Whether a continuation begins with a text: read at once, against what is drawn."""

import warnings

import numpy as np
import pytest

from llm_lessons.measuring.begins import begins
from llm_lessons.text.window import SlidingWindowWarning
from tests import tiny

PROMPTS = ["The fox", "Anna paid $12", "Step by step: 20 -", "8", "The old man é"]


def test_it_says_what_drawing_shows():
    """Of beginnings of what comes, whole, cut anywhere, and altered."""
    lm, rng = tiny.model(), np.random.default_rng(0)
    prompts, texts, expected = [], [], []
    for prompt, drawn in zip(
        PROMPTS, lm.batch(PROMPTS, 12, temperature=0), strict=True
    ):
        for end in range(1, len(drawn) + 1):
            at, other = int(rng.integers(end)), chr(int(rng.integers(97, 123)))
            both = drawn[:end], drawn[:at] + other + drawn[at + 1 : end]
            prompts += [prompt] * 2
            texts += both
            expected += map(drawn.startswith, both)
    assert expected.count(True) > 50 < expected.count(False)
    assert begins(lm, prompts, texts) == expected


def test_a_text_for_which_the_window_has_no_room_is_drawn_as_it_slides():
    lm = tiny.model()
    prompts = ["8" * (lm.config.max_seq_len - n) for n in (2, 4, 60)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SlidingWindowWarning)
        drawn = lm.batch(prompts, 8, temperature=0, window="slide")
        assert begins(lm, prompts, drawn, "slide") == [True] * 3
    assert begins(lm, prompts[:1], drawn[:1]) == [False]


@pytest.mark.parametrize("texts", [[], ["a", "b"], [""]])
def test_each_prompt_has_a_text(texts):
    with pytest.raises(ValueError, match="Each prompt needs a text"):
        begins(tiny.model(), ["The fox"], texts)
