"""Sentences of a lesson whose numbers were computed a moment ago."""

from IPython.display import Markdown, display

from llm_lessons.foundation.checks import text
from llm_lessons.foundation.languages import translated


def say(markdown: str) -> None:
    """Show a text in Markdown as a lesson's own prose.

    A lesson folds the cell that calls it, for there is nothing to learn from it.

    Raises:
        ValueError: there is nothing to say, or it is no text.
    """
    if not text("markdown", markdown).strip():
        raise ValueError("There is nothing to say: give a text.")
    display(Markdown("\n\n".join(map(_told, markdown.strip().split("\n\n")))))


def _told(paragraph: str) -> str:
    """A paragraph in the language of this kernel; one that has no other stays."""
    line = " ".join(paragraph.split())
    told = translated(line)
    return paragraph if told == line else told
