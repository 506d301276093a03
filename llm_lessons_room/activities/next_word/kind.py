"""A next-word step: a deck gives `prompt`, which the room continues."""

import html
from collections.abc import Iterator, Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.parts.plan import Kind, is_text, show_prompt
from llm_lessons_room.parts.slide import StepData, prompt_html, quote, title

WORDS = 6
LEAST = 0.01  # probability of a word on the slide


def next_word_slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The prompt, and the likeliest next words of the model."""
    prompt = step["shown"]["prompt"]
    yield f"{title(step)}{prompt_html(step)}"
    likely = [
        word for word in paper.next_words(lm, prompt, WORDS) if word.chance >= LEAST
    ]
    widest = max(word.chance for word in likely)
    rows = [
        [
            html.escape(word.text.strip()),
            f"{100 * word.chance:.0f} %",
            f'<span class="bar" style="width: {120 * word.chance / widest:.0f}mm">'
            "</span>",
        ]
        for word in likely
    ]
    yield odds_slide(words, prompt, [], rows)


def odds_slide(
    words: Words, prompt: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    head = f"<h1>{words('slides.odds')}</h1>{quote(prompt)}"
    return f"{head}{table('odds', heads, rows)}"


KINDS = {"next_word": Kind(show_prompt, next_word_slides, needs={"prompt": is_text})}
