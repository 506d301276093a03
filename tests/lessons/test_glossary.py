"""The glossary's words as the quiz brings them to a page."""

import re

from llm_lessons.foundation import paths
from llm_lessons.lessons import glossary
from llm_lessons.lessons.glossary import words


def test_a_word_has_its_sentences_and_no_number(monkeypatch, tmp_path):
    source = (
        "# Glossary\n\nWhat it is.\n\n## Top-k\n\nKeeping only\nk. (4)\n\n## A\n\nB."
    )
    assert words(source) == (("Top-k", "Keeping only k."), ("A", "B."))
    monkeypatch.setattr(glossary, "NOTEBOOKS", tmp_path)
    assert words() == ()  # without a glossary, or with nothing in it
    (tmp_path / "glossary.md").write_bytes(b"## A\n\n\xff\xfe")
    assert words() == words("") == words("## \n\n") == ()


def test_every_heading_of_the_glossary_is_a_word():
    source = (paths.NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    assert [word for word, _ in words()] == re.findall(r"^## (.+)$", source, re.M)
    for word, text in words():
        assert text.endswith("."), word
        assert not set("`[]#") & set(text), word  # which a page would show as they are
