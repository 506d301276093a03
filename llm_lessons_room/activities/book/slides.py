"""Slides of the book: the question, the note, and what is right."""

import html
from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.slide import Content, asked, quote, result


def _book(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    shown = step["shown"]
    yield f"<h1>{words('slides.closed')}</h1>{asked(shown)}"
    note = step["notes"]["half"]
    gloss = f'<p class="small">{html.escape(note.get("gloss", ""))}</p>'
    yield (
        f"<h1>{words('slides.opened')}</h1>{quote(note['note'], '')}{gloss}"
        f"{asked(shown)}"
    )
    yield result(words, shown, step["hidden"])


KINDS = {"book": _book}
