"""The glossary's words as the quiz brings them to a page."""

import re

from llm_lessons.foundation import paths
from llm_lessons.lessons import glossary
from llm_lessons.lessons.glossary import words

SOURCE = """# Glossary

What it is. The number says which lesson introduces a word.

## Top-k

Keeping only the k likeliest
tokens (at most). (4)

## Chain of thought

Written *steps*.
"""


def test_a_word_has_its_sentences_and_no_number():
    assert words(SOURCE) == (
        ("Top-k", "Keeping only the k likeliest tokens (at most)."),
        ("Chain of thought", "Written *steps*."),
    )


def test_every_heading_of_the_glossary_is_a_word():
    source = (paths.NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    assert [word for word, _ in words()] == re.findall(r"^## (.+)$", source, re.M)
    for word, text in words():
        assert text.endswith("."), word
        assert not set("`[]#") & set(text), word  # which a page would show as they are


def test_without_a_glossary_there_are_no_words(monkeypatch, tmp_path):
    monkeypatch.setattr(glossary, "NOTEBOOKS", tmp_path)
    assert words() == ()
    (tmp_path / "glossary.md").write_bytes(b"## A\n\n\xff\xfe")
    assert words() == ()
    assert words("") == words("## \n\n") == ()
