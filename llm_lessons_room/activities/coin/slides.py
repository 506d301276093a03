"""Slides of a prompt: the words that the model finds likely behind it."""

import html
from collections.abc import Iterator, Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.parts.slide import Content, quote, quoted, title

WORDS = 6  # of the model behind a prompt
LEAST = 0.01  # chance of a word that is shown


def next_words(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The prompt, and the words that the model finds likely behind it."""
    prompt = step["shown"]["prompt"]
    yield f"{title(step)}{quoted(step)}"
    likely = paper.next_words(lm, prompt, WORDS)
    found = [word for word in likely if word.chance >= LEAST]
    widest = max(word.chance for word in found)
    rows = [
        [
            html.escape(word.text.strip()),
            f"{100 * word.chance:.0f} %",
            f'<span class="bar" style="width: {120 * word.chance / widest:.0f}mm">'
            "</span>",
        ]
        for word in found
    ]
    yield odds(words, prompt, [], rows)


def odds(
    words: Words, prompt: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    """A slide with what the model finds likely behind a prompt."""
    head = f"<h1>{words('slides.odds')}</h1>{quote(prompt)}"
    return f"{head}{table('odds', heads, rows)}"


KINDS = {"coin": next_words}
