"""What slides are made of: a step without phones, as HTML."""

import html
from collections.abc import Callable, Mapping
from typing import Any

type Content = Mapping[str, Any]  # a step as `content.content` tells it
type Say = Callable[..., str]  # what says a sentence of the sheets, by its name

LETTERS = "ABCDEFGH"


def title(step: Content) -> str:
    return f"<h1>{html.escape(step['title'])}</h1>"


def p(text: str) -> str:
    return f"<p>{html.escape(text)}</p>" if text else ""


def quote(text: str, more: str = " …") -> str:
    return f"<blockquote>{html.escape(text)}{more}</blockquote>"


def quoted(step: Content) -> str:
    """The model's text that a step begins with, and below it what it means."""
    gloss = html.escape(step["shown"].get("gloss", ""))
    return f'{quote(step["shown"]["prompt"])}<p class="small">{gloss}</p>'


def asked(shown: Content) -> str:
    choices = "".join(f"<li>{html.escape(one)}</li>" for one in shown["choices"])
    return f'{p(shown["question"])}<ol class="choices">{choices}</ol>'


def result(words: Say, shown: Content, hidden: Content) -> str:
    """What is right, and why."""
    said = "".join(
        f"<p><b>{LETTERS[place]} · {html.escape(shown['choices'][place])}</b></p>"
        f"{p(hidden['why'][place])}"
        for place in hidden["right"]
    )
    return (
        f"<h1>{words('slides.result')}</h1>"
        f'<p class="small">{html.escape(shown["question"])}</p>{said}'
    )
