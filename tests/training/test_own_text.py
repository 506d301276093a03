"""A text of one's own is learned from, but for its end, or refused in a sentence."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons import fjordby
from llm_lessons.language_model import loading
from llm_lessons.training import own_text
from llm_lessons.training.options import parse
from llm_lessons.training.recipe import TRIAL, train
from llm_lessons_starter.trouble import Trouble


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text that is long enough, with a paragraph for each document."""
    texts, letters = [], 0
    for document in fjordby.build().documents:
        texts.append(document.text.strip().replace("\n\n", "\n"))
        letters += len(texts[-1])
        if letters > own_text.FEWEST:
            break
    path = tmp_path_factory.mktemp("book") / "my_book.txt"
    path.write_text("\n \n".join(texts), encoding="utf-8-sig")
    return path


@given(st.lists(st.integers(1, 400), min_size=2, max_size=40))
def test_whole_paragraphs_are_kept_aside_whatever_their_lengths(lengths):
    paragraphs = [chr(97 + i % 26) * n for i, n in enumerate(lengths)]
    learned, aside = own_text.parted(paragraphs)
    assert learned and aside and learned + aside == paragraphs
    whole = sum(lengths)
    assert 10 * sum(map(len, aside[1:])) <= whole  # with one more it is a tenth
    assert 10 * sum(map(len, aside)) >= whole or len(learned) == 1


def test_each_reading_has_every_row_in_another_order():
    rows = np.arange(60, dtype=np.uint16).reshape(20, 3)
    readings = own_text.read_often(rows, 0).reshape(own_text.READINGS, 20, 3)
    for one in readings:
        assert sorted(one.tolist()) == rows.tolist()
    orders = {tuple(one[:, 0].tolist()) for one in readings}
    assert len(orders) == own_text.READINGS
    again = own_text.read_often(rows, 0)
    np.testing.assert_array_equal(again, readings.reshape(-1, 3))


NO_TEXT = "is no file of plain text"
REFUSED = [
    (b"", "has 0 letters, and this takes 100,000 to 5,000,000"),
    (b"\xff\xfe\x00bad" * 20_000, NO_TEXT),
    (b"word\0\n\n" * 20_000, NO_TEXT),
    (b"many words " * 20_000, "has fewer than 20 paragraphs"),
    (b"many words\n\n" * 500_000, "has 6,000,000 letters"),
    (b"many words\n\n" * 2_000_000, NO_TEXT),
]


def test_what_cannot_be_learned_from_is_told_in_a_sentence(tmp_path: Path):
    def refused(path: Path, sentence: str) -> None:
        with pytest.raises(Trouble) as told:
            own_text.own_paragraphs(path)
        assert path.name in str(told.value) and "\n" not in str(told.value)
        assert sentence in str(told.value)

    for content, sentence in REFUSED:
        (tmp_path / "mine.txt").write_bytes(content)
        refused(tmp_path / "mine.txt", sentence)
    refused(tmp_path, NO_TEXT)
    refused(tmp_path / "nothing", NO_TEXT)


@pytest.mark.skipif(os.name == "nt", reason="no pipes and links by everybody there")
def test_a_pipe_and_a_loop_are_no_texts(tmp_path: Path):
    loop, pipe = tmp_path / "loop", tmp_path / "pipe"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    for path in (loop, pipe, Path("/dev/zero")):
        with pytest.raises(Trouble, match=r"is no file|can't be read"):
            own_text.own_paragraphs(path)


def test_too_much_of_the_same_has_no_vocabulary(tmp_path: Path):
    path = tmp_path / "same.txt"
    path.write_text("one word more\n\n" * 10_000)
    words = ["--trial", "--text", str(path), "--out", str(tmp_path / "out")]
    with pytest.raises(Trouble, match="too few different words"):
        train(parse([*words, "--work", str(tmp_path / "work")], None))


@pytest.mark.slow
def test_the_command_writes_a_model_of_ones_own_text(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    learned, aside = own_text.own_paragraphs(book)
    assert "\n \n".join([*learned, *aside]) == book.read_text(encoding="utf-8-sig")
    monkeypatch.setattr(own_text, "READINGS", 3)
    out, work = tmp_path / "out", tmp_path / "work"
    words = ["--trial", "--text", str(book), "--out", str(out), "--work", str(work)]
    train(parse(words, None))
    said = capsys.readouterr().out
    assert "Loss: " in said and "which it never read" in said
    assert f'll.load(r"{out}")' in said and "check --card" not in said
    lm = loading.load_folder(out)
    assert lm.config == TRIAL and lm.generate("Once upon", 5, temperature=0)
    assert not (out / "ledger.json").exists()
    _, *rows = (out / "learning_curve.csv").read_text().splitlines()
    losses = [float(row.split(",")[1]) for row in rows]
    assert losses[-1] < losses[0] - 1
