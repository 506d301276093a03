"""Slides of the stories: some that the model writes, at each temperature."""

import html
from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.slide import Content, quoted, title

STORIES = 3
ON_A_SLIDE = 24  # tokens of a story


def _stories(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    prompt = step["shown"]["prompt"]
    yield f"{title(step)}{quoted(step)}"
    heats = step["shown"]["temperatures"]
    for heat in heats:
        told = lm.batch([prompt] * STORIES, ON_A_SLIDE, temperature=heat)
        quotes = "".join(
            f"<blockquote><b>{html.escape(prompt)}</b>{html.escape(one)} …</blockquote>"
            for one in map(_whole_words, told)
        )
        at = words.number(heat, digits=int(heat % 1 > 0))
        several = len(heats) > 1
        head = words("slides.at" if several else "slides.each", t=at)
        yield f"<h1>{head}</h1>{quotes}"


def _whole_words(text: str) -> str:
    """Up to the end of a word, without bytes that are no letter."""
    whole = text.replace("\ufffd", "")
    return whole.rsplit(" ", 1)[0] if " " in whole.strip() else whole


KINDS = {"stories": _stories}
