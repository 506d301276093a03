"""Whether a continuation begins with a text: read at once, against what is drawn."""

import warnings

import numpy as np
import pytest

from llm_lessons.measuring import begins as module
from llm_lessons.measuring.begins import begins
from llm_lessons.text.window import SlidingWindowWarning
from tests import tiny

PROMPTS = ["The fox", "Anna paid $12", "Step by step: 20 -", "8", "The old man é"]


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """What the model goes on with where nothing stops it."""
    texts = tiny.model().batch(PROMPTS, 12, temperature=0)
    return dict(zip(PROMPTS, texts, strict=True))


def cases(drawn: dict[str, str]) -> list[tuple[str, str]]:
    """Prompts with beginnings of what comes, whole, cut anywhere, and altered."""
    rng = np.random.default_rng(0)
    found = []
    for prompt, text in drawn.items():
        for end in range(1, len(text) + 1):
            found.append((prompt, text[:end]))
            at = int(rng.integers(end))
            other = chr(int(rng.integers(97, 123)))
            found.append((prompt, text[:at] + other + text[at + 1 : end]))
    return found


def test_it_says_what_drawing_shows(drawn):
    asked = cases(drawn)
    expected = [drawn[prompt].startswith(text) for prompt, text in asked]
    assert expected.count(True) > 50 < expected.count(False)
    prompts, texts = [prompt for prompt, _ in asked], [text for _, text in asked]
    assert begins(tiny.model(), prompts, texts) == expected


def test_what_is_plain_from_the_reading_is_not_drawn(monkeypatch):
    lm = tiny.model()
    starts = [lm.encode(prompt) for prompt in PROMPTS]
    first = module.likeliest(
        lm.params, [[*row, 0] for row in starts], [*map(len, starts)], lm.config
    )
    own = [lm.tokenizer.decode(token) for token in first]

    def refuse(*_, **__):
        raise AssertionError("this was to be read")

    monkeypatch.setattr(type(lm), "batch", refuse)
    assert begins(lm, PROMPTS, own) == [True] * len(PROMPTS)
    assert begins(lm, PROMPTS, ["zzzz"] * len(PROMPTS)) == [False] * len(PROMPTS)


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
