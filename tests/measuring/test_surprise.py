"""Each token's probability is the one that the model gave it where it came."""

import numpy as np
import pytest

from llm_lessons.measuring import surprise
from tests import tiny


@pytest.mark.parametrize("text", [tiny.TEXTS[1], tiny.TEXTS[1] * 2])
def test_each_token_is_as_likely_as_the_model_held_it_for(text):
    """Against the scores of every beginning of the text, one after another."""
    lm = tiny.model()
    found = surprise.of(lm, text)
    ids = lm.tokenizer.encode(text)
    assert "".join(found.pieces) == text
    for i in range(1, len(ids)):
        # What a beginning is cut into must be the beginning of what the text is.
        beginning = lm.tokenizer.decode(ids[:i])
        if lm.tokenizer.encode(beginning) == ids[:i]:
            logits = lm.logits(beginning).astype(float)
            odds = np.exp(logits - logits.max())
            expected = odds[ids[i]] / odds.sum()
            assert found.probabilities[i] == pytest.approx(expected, rel=1e-3)
    assert found.bits == pytest.approx(-np.log2(found.probabilities))
    assert found.mean == pytest.approx(found.bits.sum() / len(ids))


def test_without_a_start_token_the_first_one_is_given(monkeypatch):
    lm, text = tiny.model(), tiny.TEXTS[1]
    first, *ids = lm.tokenizer.encode(text)
    monkeypatch.setattr(lm.tokenizer, "prefix", [])
    found = surprise.of(lm, text)
    assert found.given == lm.tokenizer.pieces[first]
    assert found.given + "".join(found.pieces) == text
    row = np.array([[first, *ids]])
    alone = surprise.bits_of_rows(lm.params, row, lm.config)[0]
    np.testing.assert_allclose(found.bits, alone, rtol=1e-4, atol=1e-4)
    with pytest.raises(ValueError, match="write a longer text"):
        surprise.of(lm, lm.tokenizer.pieces[first])


def test_it_shows_every_piece_as_text():
    found = surprise.Surprise(("<b>", "\n", ""), np.array([0.0, 1.0, 20.0]))
    page = found._repr_html_()
    assert "&lt;b&gt;" in page and "↵" in page and "⟨nothing⟩" in page
    assert "100\u00a0%" in page and "50\u00a0%" in page and "&lt;0.01" in page
    assert repr(found).splitlines()[1].endswith("50\u00a0%     1.00")


PROMPTS = ["The fox found", "Anna paid $12", "A story of a bear.\nStep by step:"]


def step_by_step(prompt: str, ending: str) -> float:
    """An ending's chance by reading the text anew for every token."""
    lm, chance = tiny.model(), 1.0
    ids = lm.tokenizer.encode(ending) or list(lm.tokenizer.stops[:1])
    for i, token in enumerate(ids):
        logits = lm.logits(prompt + lm.tokenizer.decode(ids[:i])).astype(float)
        weights = np.exp(logits - logits.max())
        chance *= weights[token] / weights.sum()
    return chance


@pytest.mark.parametrize("ending", [" a", " the river", ""])
def test_an_ending_is_as_likely_as_its_tokens_one_after_the_other(ending):
    found = surprise.chances(tiny.model(), PROMPTS, [ending] * len(PROMPTS))
    expected = [step_by_step(prompt, ending) for prompt in PROMPTS]
    assert found == pytest.approx(expected, rel=1e-3)
    with pytest.raises(ValueError, match="too long"):
        surprise.chances(tiny.model(), ["a fox"], [" and a fox" * 200])


@pytest.mark.slow
def test_a_large_vocabulary_is_scored_for_fewer_texts_at_once(monkeypatch):
    lm, sizes, score = tiny.model(), [], surprise.bits_of_rows
    asked = PROMPTS * 4, [" boat"] * len(PROMPTS) * 4
    expected = surprise.chances(lm, *asked)

    def counted(params, rows, config):
        sizes.append(len(rows))
        return score(params, rows, config)

    monkeypatch.setattr(surprise, "bits_of_rows", counted)
    room = 3 * (surprise.TOGETHER + 1) * lm.config.vocab_size  # for two, and not four
    monkeypatch.setattr(surprise, "_SCORES", room)
    assert surprise.chances(lm, *asked) == pytest.approx(expected, rel=1e-3)
    assert set(sizes) == {2}
