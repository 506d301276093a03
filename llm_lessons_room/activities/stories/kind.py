"""A stories step: a deck gives `prompt`; and `temperatures`, if stories are not written
once, at 1; or `real = true`, if a real model answers in Fjord's place.
"""

import html
from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.plan import (
    Kind,
    Planned,
    Shown,
    Translate,
    is_text,
    show_prompt,
)
from llm_lessons_room.parts.slide import StepData, prompt_html, title

MIN_TOKENS, MAX_TOKENS = 40, 60  # a story ends with a sentence between the two
REAL_TOKENS = 24  # of a real model's answer, at most
HOTTEST = 2  # temperature of a room
STORIES_ON_A_SLIDE = 3
TOKENS_ON_A_SLIDE = 24  # of each


def _show(step: Planned, translate: Translate) -> Shown:
    limits = {
        "least": MIN_TOKENS,
        "tokens": REAL_TOKENS if "real" in step.own else MAX_TOKENS,
        "temperatures": step.own.get("temperatures", [1]),
    }
    return Shown(show_prompt(step, translate).shown | limits)


def _check(step: Planned) -> None:
    if {"real", "temperatures"} <= step.own.keys():
        raise ValueError("a real model answers at temperature 1 alone.")


def _are_temperatures(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(type(n) in (int, float) and 0 <= n <= HOTTEST for n in value)
    )


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The prompt, and stories of the model at each temperature."""
    prompt, temperatures = step["shown"]["prompt"], step["shown"]["temperatures"]
    yield f"{title(step)}{prompt_html(step)}"
    for t in temperatures:
        prompts = [prompt] * STORIES_ON_A_SLIDE
        stories = lm.batch(prompts, TOKENS_ON_A_SLIDE, temperature=t)
        quotes = "".join(
            f"<blockquote><b>{html.escape(prompt)}</b>"
            f"{html.escape(_whole_words(story))} …</blockquote>"
            for story in stories
        )
        key = "slides.at" if len(temperatures) > 1 else "slides.each"
        head = words(key, t=words.number(t, digits=int(t % 1 > 0)))
        yield f"<h1>{head}</h1>{quotes}"


def _whole_words(text: str) -> str:
    """Up to the end of a word, without bytes that are no letter."""
    text = text.replace("\ufffd", "")
    return text.rsplit(" ", 1)[0] if " " in text.strip() else text


KINDS = {
    "stories": Kind(
        _show,
        _slides,
        needs={"prompt": is_text},
        may={"temperatures": _are_temperatures, "real": lambda value: value is True},
        check=_check,
    )
}
