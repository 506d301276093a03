"""Parts of slides, as HTML: what a step shows without phones."""

import html
from collections.abc import Callable, Iterator, Mapping
from typing import Any

type StepData = Mapping[str, Any]  # a step in a language, as `content.export` writes it
type Say = Callable[..., str]  # a sentence of the kit by its key

LETTERS = "ABCDEFGH"


def title(step: StepData) -> str:
    return f"<h1>{html.escape(step['title'])}</h1>"


def paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>" if text else ""


def text_slide(step: StepData, lm: object, words: Say) -> Iterator[str]:
    yield f"{title(step)}{paragraph(step['shown'].get('text', ''))}"


def quote(text: str, more: str = " …") -> str:
    return f"<blockquote>{html.escape(text)}{more}</blockquote>"


def prompt_html(step: StepData) -> str:
    """The prompt that a step begins with, and below it what it means."""
    gloss = html.escape(step["shown"].get("gloss", ""))
    return f'{quote(step["shown"]["prompt"])}<p class="small">{gloss}</p>'


def question_html(shown: StepData) -> str:
    choices = "".join(f"<li>{html.escape(choice)}</li>" for choice in shown["choices"])
    return f'{paragraph(shown["question"])}<ol class="choices">{choices}</ol>'


def answer_html(words: Say, shown: StepData, hidden: StepData) -> str:
    right = "".join(
        f"<p><b>{LETTERS[index]} · {html.escape(shown['choices'][index])}</b></p>"
        f"{paragraph(hidden['why'][index])}"
        for index in hidden["right"]
    )
    return (
        f"<h1>{words('slides.result')}</h1>"
        f'<p class="small">{html.escape(shown["question"])}</p>{right}'
    )
