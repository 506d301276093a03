"""A deck as slides, for when all else fails: no server, no phones, a PDF.

Each step is a slide of what the room's screen shows, and behind it what comes out: for
a guess the right answer, for a prompt the model's own odds or texts.
"""

from collections.abc import Callable, Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities import brought
from llm_lessons_room.parts.plan import OPTIONAL
from llm_lessons_room.parts.slide import Content, p, title


def slides(deck: Content, lm: LanguageModel, words: Words) -> list[str]:
    """The slides of a deck as HTML.

    Args:
        deck: of `content.content`, in the language of the words.
        lm: the class model, which plays what phones would; what a real one answers is
            for a room alone.
    """
    return [
        f'<div class="slide">{_marked(one, step.get("optional", False))}</div>'
        for step in deck["steps"]
        if "real" not in step["shown"]
        for one in _KINDS.get(step["kind"], _text)(step, lm, words)
    ]


def _text(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    yield f"{title(step)}{p(step['shown'].get('text', ''))}"


def _break(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    minutes = f"{step['minutes']:g}"
    yield f"<h1>{words('slides.break', minutes=minutes)}</h1>"


def _figure(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    shown = step["shown"]
    yield f"{title(step)}{shown['svg']}{p(shown['said'])}"


_KINDS: dict[str, Callable[[Content, LanguageModel, Words], Iterator[str]]] = {
    "break": _break,
    "figure": _figure,
    **brought("slides"),
}


def _marked(slide: str, is_optional: bool) -> str:
    """The same with the run sheet's mark, where the step can be left out."""
    return slide.replace("<h1>", f"<h1>{OPTIONAL} ", 1) if is_optional else slide
