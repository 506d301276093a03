"""The coder alone and with a model, xz and what it has read, and all sizes."""

import math
from types import SimpleNamespace

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons import checkpoints
from llm_lessons.experiments import compression, lossless
from llm_lessons.experiments.arithmetic_coding import (
    MOST_PARTS,
    ArithmeticDecoder,
    ArithmeticEncoder,
)
from llm_lessons.language_model import LanguageModel
from llm_lessons.model import forward
from tests import tiny

TEXTS = [
    tiny.TEXTS[1],
    "",
    "The fox, the bear and the boat.\n\n  12 = 20 - 8.",
    "<s>café \N{FOX FACE} ▁\0",
    tiny.TEXTS[3] + tiny.TEXTS[2],
]
HEADER = lossless._HEADER.size


@st.composite
def choices(draw: st.DrawFn, largest: int) -> list[tuple[int, int, int]]:
    """Ranges of parts, from all but certain to all but impossible."""
    drawn = []
    for _ in range(draw(st.integers(0, 60))):
        total = draw(st.integers(1, largest) | st.integers(1, 4))
        start = draw(st.integers(0, total - 1) | st.just(0))
        stop = draw(st.integers(start + 1, total) | st.sampled_from([start + 1, total]))
        drawn.append((start, stop, total))
    return drawn


def coded(made: list[tuple[int, int, int]]) -> bytes:
    encoder = ArithmeticEncoder()
    for choice in made:
        encoder.write(*choice)
    return encoder.finish()


@given(choices(MOST_PARTS))
def test_every_choice_comes_back(made):
    decoder = ArithmeticDecoder(coded(made))
    for start, stop, total in made:
        assert start <= decoder.peek(total) < stop
        decoder.skip(start, stop, total)


@given(choices(2**32))
def test_a_message_is_as_long_as_its_choices_are_unlikely(made):
    bits = sum(math.log2(total / (stop - start)) for start, stop, total in made)
    # At most two bits to end it, and seven to fill the last byte.
    assert bits - 0.01 <= 8 * len(coded(made)) <= bits + 2 + 7 + 0.01


@given(st.binary(max_size=40), st.lists(st.integers(1, MOST_PARTS), max_size=40))
def test_bytes_that_nobody_wrote_give_choices_too(data, totals):
    decoder = ArithmeticDecoder(data)
    for total in totals:
        place = decoder.peek(total)
        assert 0 <= place < total
        decoder.skip(place, place + 1, total)


def test_texts_of_all_lengths_come_back_bit_for_bit():
    lm = tiny.model()
    assert lossless.decompress(lm, lossless.compress(lm, TEXTS)) == TEXTS


def test_one_text_that_fills_the_window_comes_back():
    lm = tiny.model()
    ids = lm.tokenizer.encode("".join(tiny.TEXTS * 5))[: tiny.CONFIG.max_seq_len - 1]
    text = lm.tokenizer.decode(ids)
    assert len(lm.tokenizer.encode(text)) == tiny.CONFIG.max_seq_len - 1
    assert lossless.decompress(lm, lossless.compress(lm, [text])) == [text]
    with pytest.raises(ValueError, match=r"Text 2 is too long: 100 tokens.*at most 99"):
        lossless.compress(lm, ["a", text + "a"])


def test_a_text_costs_what_the_model_finds_it_unlikely():
    lm = tiny.model()
    file, bits = lossless.write(lm, TEXTS)
    stop = lm.tokenizer.start_id
    rows = [[stop, *lm.tokenizer.encode(text), stop] for text in TEXTS]
    padded = np.array([(row + [0] * 100)[:100] for row in rows])
    logits = jax.jit(forward, static_argnames="config")(lm.params, padded, lm.config)
    odds = np.asarray(jax.nn.log_softmax(logits), np.float64)
    for own, row, cost in zip(odds, rows, bits, strict=True):
        said = own[np.arange(len(row) - 1), row[1:]]
        assert cost == pytest.approx(-said.sum() / math.log(2), rel=1e-3)
    assert -0.1 <= 8 * (len(file) - HEADER) - bits.sum() <= 9.1


def test_a_damaged_file_is_never_read_as_other_texts():
    lm = tiny.model()
    file = lossless.compress(lm, TEXTS)
    for place in [*range(HEADER), *range(HEADER, len(file) - 1, 9)]:
        flipped = bytearray(file)
        flipped[place] ^= 0x10
        with pytest.raises(ValueError, match=r"damaged.*Compress the texts again"):
            lossless.decompress(lm, bytes(flipped))
    for cut in (b"", file[:HEADER], file[: HEADER + 9], bytes(300), b"\xff" * 300):
        with pytest.raises(ValueError, match="does not open"):
            lossless.decompress(lm, cut)


def test_another_model_cannot_open_the_file():
    lm = tiny.model()
    file = lossless.compress(lm, TEXTS)
    other = lm.with_params(jax.tree.map(lambda x: x * 1.5, lm.params))
    with pytest.raises(ValueError, match="made by another model"):
        lossless.decompress(other, file)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([], "at least one text"),
        ("one text", r"list of texts.*\[ \]"),
        (["a"] * 256, "at most 255 texts, and these are 256; make several"),
        (["a", "half a fox: \ud83e"], "Text 2 holds half a character"),
    ],
)
def test_what_cannot_be_compressed_is_refused(texts, message):
    with pytest.raises(ValueError, match=message):
        lossless.compress(tiny.model(), texts)


def test_xz_gains_from_what_it_has_read_however_long_ago():
    noise = np.random.default_rng(0).integers(33, 127, 300_000, np.uint8)
    texts = [text * 2 for text in tiny.TEXTS]
    alone = compression.xz_bits(texts, [])
    near = compression.xz_bits(texts, texts)
    far = compression.xz_bits(texts, [*texts, noise.tobytes().decode()])
    # the second half of each text is a copy of the first
    assert 8 * len("".join(tiny.TEXTS)) * 0.4 < alone < 8 * len("".join(texts))
    assert near < alone / 4 and far < alone / 2


@pytest.fixture
def little_fjordby(monkeypatch: pytest.MonkeyPatch):
    sections = ["stories", "fruit", "people", "stories", "chat"]
    texts = [*tiny.TEXTS, tiny.TEXTS[0]]
    documents = [
        SimpleNamespace(section=section, text=text)
        for section, text in zip(sections, texts, strict=True)
    ]
    corpus = SimpleNamespace(documents=documents)
    monkeypatch.setattr(compression.fjordby, "build", lambda: corpus)
    unseen = ("The old fox paid $20.\n", "Anna told the children.\n", "8 are left.\n")
    monkeypatch.setattr(compression.fjordby, "unseen", lambda n: unseen[:n])
    return texts, unseen


def test_all_three_compress_the_same_texts(little_fjordby, tmp_path):
    texts, unseen = little_fjordby
    lm, letters = tiny.model(), sum(map(len, unseen))
    found = compression.measure(lm, 3)
    assert (found.texts, found.characters) == (3, letters)
    assert found.corpus == sum(map(len, texts)) + len(texts)
    assert found.corpus_xz is None
    tiny.save(tmp_path)
    assert found.weights == (tmp_path / checkpoints.WEIGHTS).stat().st_size
    # Other sections are no help, and nothing is read twice.
    read = [texts[0], texts[1], texts[3]]
    file = compression.compress(lm, unseen)
    xz = compression.xz_bits(unseen, read)
    ngram = compression.ngram_bits(unseen, read, tiny.tokenizer()).sum()
    assert found.model.value == pytest.approx(8 * len(file) / letters)
    assert found.xz.value == pytest.approx(xz / letters)
    assert found.ngram.value == pytest.approx(ngram / letters)
    assert found.model_by_xz.value == pytest.approx(8 * len(file) / xz)
    assert found.model_by_ngram.value == pytest.approx(8 * len(file) / ngram)
    for number in (found.model, found.ngram, found.model_by_ngram):
        assert number.low is not None and number.high is not None
        assert number.low <= number.value <= number.high
    assert found.xz.low is None is found.model_by_xz.low


def test_the_whole_corpus_is_read_if_asked_for(little_fjordby):
    texts, unseen = little_fjordby
    found = compression.measure(tiny.model(), 3, whole_corpus=True)
    letters = sum(map(len, unseen))
    # A file of nothing is one byte.
    assert found.corpus_xz == compression.xz_bits(texts, []) // 8 + 1
    xz = compression.xz_bits(unseen, texts)
    ngram = compression.ngram_bits(unseen, texts, tiny.tokenizer()).sum()
    assert found.xz.value == pytest.approx(xz / letters)
    assert found.ngram.value == pytest.approx(ngram / letters)


def test_only_a_model_of_fjordby_is_measured():
    lm = tiny.model()

    class Letters:
        pieces, start_id, vocab_size = lm.tokenizer.pieces, 1, lm.tokenizer.vocab_size
        encode, decode = lm.tokenizer.encode, lm.tokenizer.decode
        decode_stream = lm.tokenizer.decode_stream

    other = LanguageModel("other", lm.config, lm.params, Letters())
    with pytest.raises(ValueError, match="other has not read Fjordby"):
        compression.measure(other)
