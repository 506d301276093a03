"""Sentences with computed numbers: shown as prose, and folded away where written."""

import html
import re

import pytest
from IPython.display import Markdown

import llm_lessons as ll
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.page import lesson
from llm_lessons.widgets import prose
from tests.test_notebooks import code_cells, read


def test_a_sentence_is_shown_as_markdown_and_nothing_is_not_said(monkeypatch):
    shown = []
    monkeypatch.setattr(prose, "display", shown.append)
    ll.say("**2** of 3")
    [one] = shown
    assert isinstance(one, Markdown) and one.data == "**2** of 3"
    with pytest.raises(ValueError, match="nothing to say"):
        ll.say(" \n")


@pytest.mark.parametrize("path", lessons())
def test_a_lesson_says_its_numbers_in_folded_cells(path):
    body = lesson(path.stem, read(path)).body
    page = html.unescape(re.sub(r"<[^>]+>", "", body))
    for cell in code_cells(path):
        assert "Markdown(" not in cell.source, cell.id
        is_folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert is_folded or not cell.id.endswith("in-one-sentence"), cell.id
        is_shown = cell.source in page  # by its code, in a fold
        assert not (is_folded and is_shown), cell.id
