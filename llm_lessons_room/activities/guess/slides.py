"""Slides of a guess: the question, and what is right."""

from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.slide import Content, asked, result


def _guess(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    question = asked(step["shown"])
    yield f"<h1>{words('slides.guess')}</h1>{question}"
    if step.get("part") != "first":  # asked again later: nothing is said yet
        yield result(words, step["shown"], step["hidden"])


KINDS = {"guess": _guess}
