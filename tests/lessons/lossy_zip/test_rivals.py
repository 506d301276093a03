"""What xz gains from what it has read, and when rivals are measured anew."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pyppmd
import pytest

from llm_lessons.lessons.lossy_zip import rivals
from llm_lessons.lessons.lossy_zip.ngrams import ngram_bits
from tests import tiny

UNSEEN = ("The old fox paid $20.\n", "Anna told the children.\n", "8 are left.\n")


@pytest.fixture
def little_fjordby(monkeypatch: pytest.MonkeyPatch):
    documents = [SimpleNamespace(text=text) for text in (*tiny.TEXTS, tiny.TEXTS[0])]
    corpus = SimpleNamespace(documents=documents, sha256="of the little one")
    monkeypatch.setattr(rivals.fjordby, "build", lambda: corpus)
    monkeypatch.setattr(rivals.fjordby, "unseen", lambda n: UNSEEN[:n])
    return [document.text for document in documents]


def test_xz_gains_from_what_it_has_read_however_long_ago():
    noise = np.random.default_rng(0).integers(33, 127, 300_000, np.uint8)
    texts = [text * 2 for text in tiny.TEXTS]
    alone = rivals.xz_bits(texts, [])
    near = rivals.xz_bits(texts, texts)
    far = rivals.xz_bits(texts, [*texts, noise.tobytes().decode()])
    # the second half of each text is a copy of the first
    assert 8 * len("".join(tiny.TEXTS)) * 0.4 < alone < 8 * len("".join(texts))
    assert near < alone / 4 and far < alone / 2


def test_ppmd_gains_from_what_it_has_read_and_loses_nothing():
    texts = [text * 2 for text in tiny.TEXTS]
    alone, near = (rivals.ppmd_growth(texts, before) for before in ([], texts))
    assert near < alone / 4
    # What comes out is what went in: the size is that of a real file.
    data = rivals._joined(texts)
    encoder = pyppmd.Ppmd7Encoder(rivals.ORDER, rivals.MEMORY)
    packed = encoder.encode(data) + encoder.flush()
    assert len(packed) == rivals._ppmd_size(data)
    decoder = pyppmd.Ppmd7Decoder(rivals.ORDER, rivals.MEMORY)
    assert decoder.decode(packed, len(data)) == data


def test_without_ppmd_the_others_are_measured_alone(little_fjordby, monkeypatch):
    monkeypatch.setattr(rivals, "has_ppmd", lambda: False)
    assert rivals.measure(tiny.tokenizer(), 3).ppmd is None


def test_all_read_the_whole_corpus_and_then_the_same_texts(little_fjordby):
    found = rivals.measure(tiny.tokenizer(), 3)
    assert found.corpus == sum(map(len, little_fjordby)) + len(little_fjordby)
    # A file of nothing is one byte.
    assert found.corpus_xz == rivals.xz_bits(little_fjordby, []) // 8 + 1
    assert 8 * found.xz == rivals.xz_bits(UNSEEN, little_fjordby)
    assert found.ppmd == rivals.ppmd_growth(UNSEEN, little_fjordby)
    bits = ngram_bits(UNSEEN, little_fjordby, tiny.tokenizer())
    assert found.ngram == pytest.approx(tuple(bits))


def test_what_was_kept_counts_for_the_same_corpus_and_vocabulary_alone(
    little_fjordby, tmp_path
):
    path, tokenizer = tmp_path / "rivals.json", tiny.tokenizer()
    measured = rivals.measure(tokenizer)
    marked = replace(measured, xz=123, ngram=(1.25, 2.0))
    marked.save(path)
    assert rivals.load(path) == marked
    assert rivals.known_rivals.__wrapped__(tokenizer, path) == marked
    for other in ("corpus_sha256", "vocabulary_sha256"):
        replace(marked, **{other: "another"}).save(path)
        assert rivals.known_rivals.__wrapped__(tokenizer, path) == measured
    path.unlink()
    assert rivals.known_rivals.__wrapped__(tokenizer, path) == measured
