"""The coder alone and with a model, xz and what it has read, and all sizes."""

import math
from dataclasses import replace

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from llm_lessons import figures
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import compression, lossless
from llm_lessons.lessons.lossy_zip.arithmetic_coding import (
    MOST_PARTS,
    ArithmeticDecoder,
    ArithmeticEncoder,
)
from llm_lessons.lessons.lossy_zip.rivals import STORED, Rivals, load
from llm_lessons.measuring.intervals import Number
from llm_lessons.model.transformer import forward
from llm_lessons.serving.compiled_sizes import CHUNK
from llm_lessons.waiting import Waiting
from llm_lessons.weights import checkpoints
from tests import tiny
from tests.each import each_of
from tests.titled import title_of

pytestmark = pytest.mark.slow

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


@pytest.mark.parametrize("together", [1, 3, lossless.TOGETHER])
def test_texts_of_all_lengths_come_back_bit_for_bit(monkeypatch, together):
    monkeypatch.setattr(lossless, "TOGETHER", together)
    lm = tiny.model()
    assert len(TEXTS) > 3
    assert lossless.decompress(lm, lossless.compress(lm, TEXTS)) == TEXTS


def test_both_ways_are_told_to_their_end(monkeypatch):
    told = []

    class Bar(Waiting):
        def __exit__(self, *why):
            told.append((self.what, self.parts, self.total))
            super().__exit__(*why)

    monkeypatch.setattr(lossless, "Waiting", Bar)
    lm, count = tiny.model(), len(TEXTS)
    lossless.decompress(lm, lossless.compress(lm, TEXTS))
    assert told == [("compressing", count, count), ("decompressing", count, count)]


def test_one_text_that_fills_the_window_comes_back():
    lm = tiny.model()
    ids = lm.tokenizer.encode("".join(tiny.TEXTS * 5))[: tiny.CONFIG.max_seq_len - 1]
    text = lm.tokenizer.decode(ids)
    assert len(lm.tokenizer.encode(text)) == tiny.CONFIG.max_seq_len - 1
    assert tiny.CONFIG.max_seq_len > CHUNK  # the cache grows on the way
    assert lossless.decompress(lm, lossless.compress(lm, [text])) == [text]
    with pytest.raises(ValueError, match=r"Text 2 is too long: 100 tokens.*at most 99"):
        lossless.compress(lm, ["a", text + "a"])


def test_a_text_costs_what_the_model_finds_it_unlikely():
    lm = tiny.model()
    file, bits = lossless.write(lm, TEXTS)
    (stop,) = lm.tokenizer.stops
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


@each_of(
    ("texts", "message"),
    [
        ([], "at least one text"),
        ("one text", r"list of texts.*in a list, \["),
        (["a"] * 256, "at most 255 texts, and these are 256; make several"),
        (["a", "half a fox: \ud83e"], "Text 2 holds half a character"),
    ],
)
def test_what_cannot_be_compressed_is_refused(texts, message):
    with pytest.raises(ValueError, match=message):
        lossless.compress(tiny.model(), texts)


OTHERS = Rivals("", "", 900, corpus_xz=300, xz=50, ngram=(90.0, 110.0, 60.0), ppmd=40)


def test_the_file_that_the_model_writes_is_held_against_the_others(
    monkeypatch, tmp_path
):
    unseen = ("The old fox paid $20.\n", "Anna told the children.\n", "8 are left.\n")
    monkeypatch.setattr(compression.fjordby, "unseen", lambda n: unseen[:n])
    monkeypatch.setattr(compression, "known_rivals", lambda tokenizer: OTHERS)
    lm, letters = tiny.model(), sum(map(len, unseen))
    found = compression.measure(lm)
    assert (found.texts, found.characters) == (3, letters)
    assert (found.corpus, found.corpus_xz) == (900, 300)
    tiny.save(tmp_path)
    assert found.weights == (tmp_path / checkpoints.WEIGHTS).stat().st_size
    file = compression.compress(lm, unseen)
    assert found.model.value == pytest.approx(8 * len(file) / letters)
    assert found.xz.value == pytest.approx(8 * 50 / letters)
    assert found.ngram.value == pytest.approx(260 / letters)
    assert found.ppmd and found.ppmd.value == pytest.approx(8 * 40 / letters)
    assert [name for name, _ in found.others] == ["xz", "PPMd", "counting five tokens"]
    assert found.model_by_xz.value == pytest.approx(len(file) / 50)
    assert found.model_by_ngram.value == pytest.approx(8 * len(file) / 260)
    for number in (found.model, found.ngram, found.model_by_ngram):
        assert number.low is not None and number.high is not None
        assert number.low <= number.value <= number.high
    assert found.xz.low is None is found.model_by_xz.low
    part = compression.measure(lm, 2)
    assert (part.texts, part.characters) == (2, letters - len(unseen[2]))
    assert part.xz == found.xz and part.ppmd == found.ppmd


def test_sentence_figure_and_alternative_text_say_the_bits():
    found = compression.Zip(
        corpus=900,
        corpus_xz=300,
        weights=400,
        texts=3,
        characters=1200,
        model=Number(0.25, compression.UNIT, 0.2, 0.3),
        xz=Number(1.0, compression.UNIT),
        ngram=Number(0.5, compression.UNIT, 0.4, 0.7),
        ppmd=Number(0.375, compression.UNIT),
        model_by_xz=Number(0.25, ""),
        model_by_ngram=Number(0.5, ""),
    )
    sentence = found.sentence().replace("\u00a0", " ")
    assert sentence.startswith(
        "3 texts that Fjord never read, 1,200 letters, take 0.25"
    )
    assert (
        "1.00 with xz, 0.50 with counting five tokens and 0.38 with PPMd." in sentence
    )
    assert "has 67 % of the size of the best other one, that of PPMd" in sentence
    assert "Fjord 0.25, xz 1.00," in found.alt() and "PPMd 0.38." in found.alt()
    figure = found.figure()
    (axes,) = figure.axes
    bars = [bar for bar in axes.patches if isinstance(bar, Rectangle)]
    assert [bar.get_width() for bar in bars] == [1.0, 0.5, 0.375, 0.25]
    labels = [text.get_text() for text in axes.texts]
    assert labels == ["1.00", "0.50", "0.38", "0.25"]
    assert figures.to_svg(figure, alt=found.alt()).startswith("<svg")
    assert title_of(found) == "With Fjord, a letter takes 0.25 bits, else 0.38 or more"
    unclear = replace(found, model=found.model._replace(high=0.4))
    assert title_of(unclear) == "No clear difference between Fjord and the best other"
    worse = replace(found, model=Number(0.8, compression.UNIT, 0.7, 0.9))
    assert title_of(worse) == "Without Fjord, 0.38 bits a letter do, with it 0.80"
    without = replace(found, ppmd=None)
    assert "PPMd" not in without.sentence() + without.alt()
    assert "1.00 with xz and 0.50 with counting five tokens." in without.sentence()


def test_xz_packs_all_of_fjordby_into_about_what_the_weights_take():
    """What the lesson on the lossy zip tells in words."""
    weights = (STORED.parent / checkpoints.WEIGHTS).stat().st_size
    assert 0.6 < weights / load().corpus_xz < 1.7
    assert weights < load().corpus / 5


def test_only_a_model_of_fjordby_is_measured():
    lm = tiny.model()

    class Letters:
        pieces, vocab_size = lm.tokenizer.pieces, lm.tokenizer.vocab_size
        prefix, lead, stops, special_ids = [1], "", (1,), lm.tokenizer.special_ids
        encode, decode = lm.tokenizer.encode, lm.tokenizer.decode
        decode_stream = lm.tokenizer.decode_stream

    other = LanguageModel("other", lm.config, lm.params, Letters())
    with pytest.raises(ValueError, match="other has not read Fjordby"):
        compression.measure(other)
