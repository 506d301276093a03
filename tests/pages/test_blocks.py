"""A Markdown text in another language keeps its marks and what has no words."""

from llm_lessons.pages.blocks import sentences, told

TEXT = """# A title

A paragraph
of two lines, {{ count "a" }}.

- one
- two
  and a half

2. {{ person }}

> ____ Said {{ writes "x" 1 }} …
>
> {{ person }}

| c | d |

____

{{ lines 2 }}"""


def test_each_piece_is_told_on_one_line_and_marks_stay():
    assert sentences(TEXT) == [
        "A title",
        'A paragraph of two lines, {{ count "a" }}.',
        "one",
        "two and a half",
        '____ Said {{ writes "x" 1 }} …',
    ]
    made = told(TEXT, lambda one: one.replace("two", "to"))
    assert "of to lines" in made and "- to and a half" in made
    assert made.startswith("# A title\n\nA paragraph of to")
    assert made.endswith("| c | d |\n\n____\n\n{{ lines 2 }}")
    assert "2. {{ person }}" in made and ">\n> {{ person }}" in made
