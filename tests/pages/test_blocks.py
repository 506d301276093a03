"""A Markdown text in another language keeps its marks and what has no words."""

import pytest

from llm_lessons.pages.blocks import sentences, told

TEXT = """# A title

A paragraph
of two lines, {{ count "a" }}.

- one
- two
  and a half

1. first
2. {{ person }}

> ____ Said {{ writes "x" 1 }} …
>
> {{ person }}

| a | b |
|---|---|
| c | d |

{{ lines 2 }}"""


def test_each_piece_is_told_on_one_line_and_marks_stay():
    assert sentences(TEXT) == [
        "A title",
        'A paragraph of two lines, {{ count "a" }}.',
        "one",
        "two and a half",
        "first",
        '____ Said {{ writes "x" 1 }} …',
    ]
    made = told(TEXT, lambda one: one.replace("two", "to"))
    assert "of to lines" in made and "- to and a half" in made
    assert made.startswith("# A title\n\nA paragraph of to")
    assert made.endswith("{{ lines 2 }}") and "| c | d |" in made
    assert "2. {{ person }}" in made and ">\n> {{ person }}" in made


@pytest.mark.parametrize("text", ["{{ figure figure }}", "____", "| a | b |", "1 2"])
def test_what_has_no_words_is_not_told(text: str):
    assert sentences(text) == [] and told(text, lambda one: 1 / 0) == text  # type: ignore
