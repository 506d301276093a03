"""The model as learners meet it: text in, text out, and a sentence for bad input."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import llm_lessons as ll
from llm_lessons.language_model import LanguageModel, NextTokenTable, loading
from llm_lessons.serving.prefill import prefill_prompts
from llm_lessons.text.tokenizers import SentencePieceTokenizer, train_sentencepiece
from llm_lessons.text.window import SlidingWindowWarning
from llm_lessons.weights import checkpoints
from tests import tiny

PROMPT = "The fox found"
LONGEST = tiny.CONFIG.max_seq_len - 1  # the start token takes one place

# "8" is one token wherever it stands.
PROMPTS = [PROMPT, "8", "8" * 62, "8" * 63, "8" * 64, "Step by step: 20 - 12"]


class Recording(SentencePieceTokenizer):
    """A tokenizer that remembers what it was asked to decode."""

    def __init__(self):
        super().__init__(tiny.tokenizer().model)
        self.decoded: list[list[int]] = []

    def decode(self, ids: Iterable[int]) -> str:
        self.decoded.append(list(ids))
        return super().decode(self.decoded[-1])


def recorded() -> tuple[LanguageModel, Recording]:
    """The tiny model, and a record of its tokens."""
    recording = Recording()
    lm = tiny.model()
    return LanguageModel("tiny", lm.config, lm.params, recording), recording


def test_the_table_lists_the_likeliest_and_the_rest():
    lm = tiny.model()
    logits = lm.logits(PROMPT)
    assert logits.dtype == np.float32 and logits.shape == (lm.config.vocab_size,)
    ids = jnp.array([[lm.tokenizer.stops[0], *lm.tokenizer.encode(PROMPT)]])
    expected = ll.forward(lm.params, ids, lm.config)[0, -1]
    np.testing.assert_allclose(logits, expected, rtol=1e-5, atol=1e-5)
    logits = logits.astype(np.float64)
    chances = np.exp(logits) / np.exp(logits).sum()
    table = lm.next_token(PROMPT, top=7)
    assert [i for _, i, _ in table.rows] == np.argsort(-chances)[:7].tolist()
    for piece, i, chance in table.rows:
        assert piece == lm.tokenizer.pieces[i]
        assert chance == pytest.approx(chances[i])
    assert table.others == lm.config.vocab_size - 7
    assert len(repr(table).splitlines()) == table._repr_html_().count("<td><code>") == 8
    assert table.rest == pytest.approx(1 - sum(chance for _, _, chance in table.rows))
    table = NextTokenTable([("<script>", 7, 0.75), (" a\n", 8, 0.125)], 348, 0.125)
    html = table._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "75.00 %" in html and "348 others" in html
    assert repr(table).splitlines()[1] == f"{'␣a↵':<20}      8   12.50 %"


@pytest.mark.parametrize(
    "settings",
    [
        {"temperature": 0},
        {"temperature": 1.5, "top_k": 40, "top_p": 0.9, "seed": 4},
        {"max_tokens": 7, "seed": -2},
    ],
)
def test_a_stream_and_a_batch_give_the_same_texts(settings: dict):
    lm = tiny.model()
    pieces = list(lm.stream(PROMPT, **settings))
    assert "".join(pieces) == lm.generate(PROMPT, **settings)
    assert len(pieces) > 2 and "" not in pieces
    texts = lm.batch(PROMPTS, **settings)
    seeds = [settings.get("seed", 0) + i for i in range(len(PROMPTS))]
    both = zip(PROMPTS, seeds, strict=True)
    assert texts == [lm.generate(p, **settings | {"seed": seed}) for p, seed in both]


def test_a_batch_ends_before_a_text_that_stops_it_and_goes_on_where_there_is_none():
    lm = tiny.model()
    settings = {"max_tokens": 20, "temperature": 1.2, "seed": 6}
    whole = lm.batch(PROMPTS, **settings)
    assert len(set(whole)) == len(whole)
    assert lm.batch(PROMPTS, stop="no piece has this", **settings) == whole
    pieces = set(filter(str.isalpha, lm.tokenizer.pieces))
    letter = max(pieces, key="".join(whole).count)[0]
    cut = lm.batch(PROMPTS, stop=letter, **settings)
    for text, full in zip(cut, whole, strict=True):
        assert letter not in text and full.startswith(text)
        assert text == full or letter in full[len(text) :]
    assert any(text != full for text, full in zip(cut, whole, strict=True))


@pytest.mark.parametrize("length", [10, LONGEST, LONGEST + 60])
def test_a_sliding_window_forgets_its_oldest_quarter_and_says_so(length: int):
    """Against the rule, followed by hand: take the likeliest token, drop a quarter."""
    lm, recording = recorded()
    window = lm.config.max_seq_len
    context = [lm.tokenizer.stops[0], *lm.tokenizer.encode("8" * length)]
    expected = []
    while len(expected) < 2 * window:
        if len(context) >= window:
            context = context[-(window - window // 4) :]
        scores, _ = prefill_prompts(lm.params, [context], lm.config, 0)
        expected.append(int(scores[0].argmax()))
        if expected[-1] == lm.tokenizer.stops[0]:
            break
        context.append(expected[-1])
    greedy: dict[str, Any] = {"max_tokens": 2 * window, "temperature": 0}
    with pytest.warns(SlidingWindowWarning, match="first 25 tokens|first 85 tokens"):
        text = lm.generate("8" * length, window="slide", **greedy)
    assert recording.decoded[-1] == expected
    with pytest.warns(SlidingWindowWarning):
        assert "".join(lm.stream("8" * length, window="slide", **greedy)) == text


def test_a_text_ends_at_the_edge_of_the_window_or_goes_on_there_with_other_coins():
    lm, recording = recorded()
    prompts = [PROMPT, "8" * 90, "8", "8" * LONGEST]
    lm.batch(prompts, max_tokens=1000, seed=5)
    stopped = recording.decoded[-4:]
    assert max(map(len, stopped)) < LONGEST and stopped[-1] == []
    with pytest.warns(SlidingWindowWarning):
        texts = lm.batch(prompts, max_tokens=250, window="slide", seed=5)
    slid = recording.decoded[-4:]
    for before, after in zip(stopped, slid, strict=True):
        assert after[: len(before)] == before
    assert max(map(len, slid)) > LONGEST
    with pytest.warns(SlidingWindowWarning):
        alone = lm.generate(prompts[1], max_tokens=250, seed=6, window="slide")
    assert alone == texts[1]


def test_other_weights_leave_the_model_as_it_was():
    lm = tiny.model()
    before, weights = lm.logits(PROMPT), jax.tree.map(np.array, lm.params)
    turned = lm.with_params(jax.tree.map(lambda leaf: leaf * 1.1, lm.params))
    assert not np.array_equal(turned.logits(PROMPT), before)
    np.testing.assert_array_equal(lm.logits(PROMPT), before)
    jax.tree.map(np.testing.assert_array_equal, lm.params, weights)
    assert (turned.name, turned.config) == (f"{lm.name}, changed", lm.config)
    assert turned.with_params(lm.params).name == turned.name


@pytest.mark.parametrize(
    "prompt, sentence",
    [
        ("", "empty"),
        ("8" * (LONGEST + 1), "100 tokens, and this model reads at most 99. "),
        ("8" * 100_000, "over 6,400 tokens, and this model reads at most 99. "),
    ],
)
def test_a_prompt_that_does_not_fit_is_refused_in_a_sentence(
    prompt: str, sentence: str
):
    lm = tiny.model()
    for call in (
        lm.generate,
        lm.stream,  # already before the first token
        lambda prompt: lm.batch([PROMPT, prompt]),
        lm.logits,
        lm.next_token,
        lm.encode,
    ):
        with pytest.raises(ValueError) as caught:
            call(prompt)
        assert sentence in str(caught.value)


def test_a_folder_without_a_model_or_a_fitting_tokenizer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loading, "DATA", tmp_path)
    with pytest.raises(ValueError, match=r"There is no config\.json in .*fjord\. "):
        ll.load("fjord")

    def save(vocabulary: bytes) -> None:
        checkpoints.save(tmp_path, tiny.model().params, tiny.CONFIG, vocabulary)

    save(b"damaged")
    with pytest.raises(ValueError, match=r"damaged; restore tokenizer\.model"):
        loading.load_folder(tmp_path)
    save(train_sentencepiece(tiny.TEXTS, 340).model)
    with pytest.raises(ValueError, match="has 340 pieces and the model 350; restore"):
        loading.load_folder(tmp_path)
