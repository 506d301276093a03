"""The words of a sheet: two sides, each of parts under headings, in any language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from llm_lessons.foundation.languages import Translate
from llm_lessons.foundation.paths import TEXTS
from llm_lessons.pages import blocks
from llm_lessons.pages.places import BadPlace

WORDS = TEXTS / "sheets"
SIDES = 2
TRY = "Try tonight"  # how the heading of what to try at home begins
_TURN = re.compile(r"(?m)^---+\s*$")
_PART = re.compile(r"(?m)^(?=## )")
_ANSWER = re.compile(r"(?m)^### Answer\s*$")


@dataclass(frozen=True)
class Part:
    """What stands under one heading, as Markdown in the sheet's language."""

    question: str  # the sheet's own heading, if it stands above this part
    heading: str  # without its mark
    text: str  # with its heading; of a task what comes before the answer
    answer: str  # of a task; else ""
    is_kept: bool  # whether it is the sentence to remember, or what to try at home


def parts(half: str, translate: Translate) -> Iterator[Part]:
    """The parts of a side, heading by heading."""
    for part in filter(str.strip, _PART.split(half)):
        text, *answer = _ANSWER.split(part)
        asks = re.search(r"(?m)^# (.+)$", text)
        heading = re.search(r"(?m)^## (.+)$", text)
        yield Part(
            translate(asks[1]) if asks else "",
            translate(heading[1]) if heading else "",
            blocks.told(text, translate),
            blocks.told(answer[0], translate) if answer else "",
            "{{ remember }}" in text or TRY in text,
        )


def has_words(name: str) -> bool:
    return (WORDS / f"{name}.md").is_file()


def turned(source: str) -> list[str]:
    """The words of both sides."""
    halves = _TURN.split(source)
    if len(halves) != SIDES:
        raise BadPlace(f"one line of dashes turns the page; {len(halves) - 1} do.")
    return halves


def sentences(name: str) -> list[str]:
    """What there is to tell of a sheet in another language, but for what it takes."""
    found = []
    for half in turned((WORDS / f"{name}.md").read_text(encoding="utf-8")):
        for part in filter(str.strip, _PART.split(half)):
            found += [
                sentence
                for text in _ANSWER.split(part)
                for sentence in blocks.sentences(text)
            ]
    return found
