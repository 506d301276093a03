"""Every token is read once, and each row's answers are its questions moved by one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.training import TokenStream, data, encode, prepare
from tests import tiny


@given(st.integers(1, 5), st.integers(1, 7), st.integers(0, 120))
def test_batches_cover_the_stream_once(rows: int, row_length: int, spare: int):
    tokens = np.arange(1 + spare, dtype=np.uint16) * 3
    stream = TokenStream(tokens, rows, row_length)
    used = stream.steps * rows * row_length
    assert used <= spare < used + rows * row_length
    batches = [stream.batch(step) for step in range(stream.steps)]
    for batch in batches:
        assert batch.shape == (rows, row_length + 1) and batch.dtype == np.int32
    read = [row[:-1] for batch in batches for row in batch]
    asked = [row[1:] for batch in batches for row in batch]
    np.testing.assert_array_equal(np.ravel(read), tokens[:used])
    np.testing.assert_array_equal(np.ravel(asked), tokens[1 : used + 1])


@pytest.mark.parametrize("show", [True, False])
def test_documents_stand_head_to_tail_behind_their_start_tokens(
    show: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(data, "CHUNK", 3)  # the last of two chunks is not full
    tokenizer = tiny.tokenizer()
    tokens = encode(tiny.TEXTS, tokenizer, show)
    assert tokens.dtype == np.uint16
    starts = np.flatnonzero(tokens == tokenizer.start_id)
    documents = np.split(tokens.astype(int), starts[1:])
    assert [tokenizer.decode(ids) for ids in documents] == tiny.TEXTS
    assert len(tokens) == sum(1 + len(tokenizer.encode(text)) for text in tiny.TEXTS)
    assert ("tokens:" in capsys.readouterr().err) == show


def test_a_prepared_corpus_is_not_prepared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tokens, tokenizer = prepare(tiny.TEXTS, tiny.TEXTS, 350, tmp_path / "cache")
    np.testing.assert_array_equal(tokens, encode(tiny.TEXTS, tokenizer, show=False))

    def train(texts, vocab_size):
        raise AssertionError("trained again")

    monkeypatch.setattr(data, "train_sentencepiece", train)
    again, same = prepare(tiny.TEXTS, tiny.TEXTS, 350, tmp_path / "cache")
    np.testing.assert_array_equal(again, tokens)
    assert same.pieces == tokenizer.pieces
    for texts, size in (
        (tiny.TEXTS, 340),
        (tiny.TEXTS[::-1], 350),
        ([*tiny.TEXTS, "new"], 350),
    ):
        with pytest.raises(AssertionError, match="trained again"):
            prepare(texts, texts, size, tmp_path / "cache")
