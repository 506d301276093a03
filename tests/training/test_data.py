"""Every token is read once, and no document is cut in two."""

from collections import Counter
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.training import TokenStream, data, encode, pack, prepare
from tests import tiny


@given(st.integers(1, 5), st.integers(0, 23))
def test_batches_cover_the_rows_once(rows: int, count: int):
    tokens = np.arange(count * 4, dtype=np.uint16).reshape(count, 4)
    tokens[:, 2:][tokens[:, 2:] % 3 == 0] = data.PADDING
    stream = TokenStream(tokens, rows)
    assert stream.steps * rows <= count < (stream.steps + 1) * rows
    for step in range(stream.steps):
        batch = stream.batch(step)
        assert batch.dtype == np.int32
        mine = tokens[step * rows :][:rows]
        np.testing.assert_array_equal(batch == -1, mine == data.PADDING)
        np.testing.assert_array_equal(batch[batch >= 0], mine[mine != data.PADDING])
        predicted = (tokens[: step * rows, 1:] != data.PADDING).sum()
        assert stream.tokens_read(step) == predicted


def numbered(lengths: list[int]) -> list[np.ndarray]:
    """Documents of these lengths, each made of its own number."""
    return [np.full(n, i, np.uint16) for i, n in enumerate(lengths)]


@given(st.lists(st.integers(1, 11), max_size=60), st.integers(1, 9), st.integers(1, 9))
def test_packing_keeps_every_document_whole(lengths: list[int], few: int, row: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "TOGETHER", few)
        patch.setattr(data, "OPEN_ROWS", few)
        packed = pack(numbered(lengths), row)
    assert packed.shape[1] == row + 1 and packed.dtype == np.uint16
    runs = Counter()
    for tokens in packed.tolist():
        kept = [token for token in tokens if token != data.PADDING]
        assert tokens[len(kept) :] == [data.PADDING] * (row + 1 - len(kept))
        assert kept
        runs.update((token, len(list(run))) for token, run in groupby(kept))
    expected = Counter()
    for i, length in enumerate(lengths):
        whole, rest = divmod(length, row + 1)
        expected.update({(i, row + 1): whole, (i, rest): int(rest > 0)})
    # two pieces of one long document may stand side by side in no row: each but the
    # last fills its row alone
    assert +runs == +expected


def test_what_comes_early_is_read_early(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(data, "SHUFFLED", 50)
    monkeypatch.setattr(data, "TOGETHER", 100)
    monkeypatch.setattr(data, "OPEN_ROWS", 10)
    lengths = np.random.default_rng(0).integers(20, 200, 3000).tolist()
    first = pack(numbered(lengths), 256)[:, 0].astype(int)
    late = first - np.arange(len(first)) * len(lengths) / len(first)
    assert np.abs(late).max() < 400
    assert (np.diff(first) < 0).mean() > 0.3  # though not one after the other


def test_packing_leaves_hardly_any_room_and_no_order_of_length():
    lengths = np.random.default_rng(0).integers(20, 200, 3000).tolist()
    packed = pack(numbered(lengths), 256)
    assert np.mean(packed == data.PADDING) < 0.02
    np.testing.assert_array_equal(packed, pack(numbered(lengths), 256))
    first = [lengths[row[0]] for row in packed]
    assert 60 < np.mean(first) < 160
    assert abs(np.corrcoef(first, np.arange(len(first)))[0, 1]) < 0.1


def test_a_corpus_is_prepared_once_and_anew_where_it_changed_or_was_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    tokens, tokenizer = prepare(tiny.TEXTS, tiny.TEXTS, 350, 40, tmp_path)
    assert "tokens:" in capsys.readouterr().err
    documents = encode(tiny.TEXTS, tokenizer, show=False)
    np.testing.assert_array_equal(tokens, pack(documents, 40))
    for document, text in zip(documents, tiny.TEXTS, strict=True):
        first, *ids = document.tolist()
        assert [first] == tokenizer.prefix and tokenizer.decode(ids) == text
    (cached,) = tmp_path.iterdir()
    whole = cached.read_bytes()
    for spoiled in (b"", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        cached.write_bytes(spoiled)
        again, _ = prepare(tiny.TEXTS, tiny.TEXTS, 350, 40, tmp_path)
        assert (again == tokens).all()
        assert "is damaged, and made anew" in capsys.readouterr().out

    def train(texts, vocab_size):
        raise AssertionError("trained again")

    monkeypatch.setattr(data, "train_sentencepiece", train)
    again, same = prepare(tiny.TEXTS, tiny.TEXTS, 350, 40, tmp_path)
    assert (again == tokens).all() and same.pieces == tokenizer.pieces
    for texts, size, row in (
        (tiny.TEXTS, 340, 40),
        (tiny.TEXTS, 350, 41),
        (tiny.TEXTS[::-1], 350, 40),
    ):
        with pytest.raises(AssertionError, match="trained again"):
            prepare(texts, texts, size, row, tmp_path)
