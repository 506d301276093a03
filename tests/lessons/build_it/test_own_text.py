"""Any plain text becomes paragraphs and a vocabulary, or says in a sentence why not."""

import random

import pytest

from llm_lessons.lessons.build_it.own_text import FEWEST, SIZES, OwnText, own_text
from tests.each import each_of

TALE = "the old ferry went out to sea and a red fox slept by its warm grey stove"


def written(letters: int, seed: int = 0) -> str:
    """A text of about so many letters, in paragraphs."""
    dice, parts = random.Random(seed), []
    while sum(map(len, parts)) < letters:
        parts.append(" ".join(dice.choices(TALE.split(), k=30)).capitalize() + ".")
    return "\n\n".join(parts) + "\n"


def test_a_file_becomes_paragraphs_that_its_tokens_spell(tmp_path):
    text = written(2 * FEWEST)
    path = tmp_path / "mine.txt"
    path.write_text(text.replace("\n\n", "\n \n\n"), encoding="utf-8-sig")
    own = own_text(path)
    assert "\n\n".join(own.paragraphs) + "\n" == text
    letters = sum(map(len, own.paragraphs))
    assert letters >= 2 * FEWEST
    assert own.name == "mine.txt"
    assert own.opening == " ".join(text.split()[:3])
    ids = [own.tokenizer.encode(part) for part in own.paragraphs]
    assert [own.tokenizer.decode(row) for row in ids] == list(own.paragraphs)
    assert sum(map(len, ids)) < letters / 2
    assert own.tokenizer.vocab_size in SIZES


def test_without_a_file_it_is_the_lessons_own_sentences():
    own = own_text()
    text = "\n".join(own.paragraphs)
    assert isinstance(own, OwnText) and sum(map(len, own.paragraphs)) > 20_000
    assert "Behind the chat box are a text, a fixed function and a coin." in text
    for mark in ("import", "**", "](", "&nbsp;", "\n#", "\n|"):
        assert mark not in text, mark


@each_of(
    ("content", "sentence"),
    [
        (None, "There is no file"),
        (b"", "has 0 letters, and a model needs 5,000"),
        (b"Too short.", "has 10 letters"),
        (b"\xff\xfe\x00bad", "is no plain text"),
        (b"PK\x00\x00" * 2000, "is no plain text"),
        (b"a" * 9000, "too much of the same"),
        (b"many letters. " * 200_000, "are more than a minute's training can read"),
    ],
)
def test_what_cannot_be_learned_from_is_told_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "mine.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=sentence) as told:
        own_text(path)
    assert "mine.txt" in str(told.value) and "\n" not in str(told.value)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ValueError, match="is a folder"):
        own_text(str(tmp_path))
