"""The words that the lessons explain, as notebooks/glossary.md has them."""

import re

from llm_lessons.foundation.paths import NOTEBOOKS

_ENTRY = re.compile(r"^## (.+)\n+((?:(?!#).+\n?)+)", re.MULTILINE)
_LESSON = re.compile(r"\s*\(\d+\)$")  # the one that introduces a word


def words(source: str | None = None) -> tuple[tuple[str, str], ...]:
    """Each word and what it means, in a sentence or two; *emphasis* stands in stars.

    Args:
        source: of the glossary; its own file, if it is None. Without one there are no
            words.
    """
    if source is None:
        try:
            source = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # a learner may have moved or changed it
            return ()
    return tuple(
        (word.strip(), _LESSON.sub("", " ".join(text.split())))
        for word, text in _ENTRY.findall(source)
    )
