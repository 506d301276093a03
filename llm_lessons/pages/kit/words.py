"""What the kit says: sentences of a file that a leader edits, told in a language."""

import html
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from llm_lessons.foundation.languages import ENGLISH, Translate, english
from llm_lessons.foundation.paths import TEXTS
from llm_lessons.pages import blocks

KIT = TEXTS / "kit.toml"
RULES = TEXTS / "cards.md"
TONIGHT = TEXTS / "tonight.md"
ASKED = TEXTS / "asked.md"
VERSES = "verses"  # which no catalog translates: each language has one of its own


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(KIT.read_text(encoding="utf-8"))


class Words:
    """The sentences of the kit in a language, as HTML.

    Attributes:
        translate: translates an English sentence into it.
        language: its code.
    """

    def __init__(self, translate: Translate = english, language: str = ENGLISH):
        self.translate = translate
        self.language = language

    def __call__(self, place: str, **values: Any) -> str:
        """The sentence at "table.key", with its braces filled in."""
        return self.escaped(self.plain(place, **values))

    def plain(self, place: str, **values: Any) -> str:
        """The same as it is, for an attribute or a title."""
        table, key = place.split(".")
        return self.translate(_tables()[table][key]).format(**values)

    def rules(self) -> list[str]:
        """The rules of the games as Markdown, one text for each heading."""
        return re.split(r"(?m)^(?=## )", self.markdown(RULES))

    def markdown(self, path: Path) -> str:
        return blocks.told(path.read_text(encoding="utf-8"), self.translate)

    def told(self, sentence: str) -> str:
        """A sentence that stands elsewhere, such as in a deck, as HTML."""
        return self.escaped(self.translate(sentence))

    @staticmethod
    def escaped(text: str) -> str:
        return html.escape(text, quote=False)

    def verse(self) -> str:
        """The verse of this language; the English one where there is none."""
        verses = _tables()[VERSES]
        return verses.get(self.language, verses[ENGLISH]).strip()

    def number(self, value: float, digits: int = 0) -> str:
        """A number as this language writes it: 2,954,496 or 2 954 496; 9.3 or 9,3."""
        from babel.numbers import format_decimal  # of the handouts alone

        pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
        return format_decimal(value, pattern, locale=self.language)


def sentences() -> list[tuple[str, str]]:
    """All English sentences of the kit, each with the place where it stands."""
    found = [
        (sentence, f"{KIT.name}: {table}.{key}")
        for table, rows in _tables().items()
        if table != VERSES
        for key, sentence in rows.items()
    ]
    for path in (RULES, TONIGHT, ASKED):
        text = path.read_text(encoding="utf-8")
        found += [(sentence, path.name) for sentence in blocks.sentences(text)]
    return found
