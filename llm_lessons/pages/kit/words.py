"""What the kit says: sentences of a file that a leader edits, told in a language."""

import html
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from llm_lessons.languages import ENGLISH, Tell, english
from llm_lessons.paths import TEXTS

KIT = TEXTS / "kit.toml"
RULES = TEXTS / "cards.md"
VERSES = "verses"  # which no catalog translates: each language has one of its own
_ITEM = re.compile(r"^- ")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(KIT.read_text(encoding="utf-8"))


class Words:
    """The sentences of the kit in a language, as HTML.

    Attributes:
        language: its code.
    """

    def __init__(self, tell: Tell = english, language: str = ENGLISH):
        """Take what tells an English sentence in that language."""
        self._tell = tell
        self.language = language

    def __call__(self, place: str, **values: Any) -> str:
        """The sentence at "table.key", with its braces filled in."""
        return self.escaped(self.plain(place, **values))

    def plain(self, place: str, **values: Any) -> str:
        """The same as it is, for an attribute or a title."""
        table, key = place.split(".")
        return self._tell(_tables()[table][key]).format(**values)

    def rules(self) -> list[str]:
        """The rules of the games as Markdown, one text for each heading."""
        blocks = RULES.read_text(encoding="utf-8").strip().split("\n\n")
        told = "\n\n".join(map(self._block, blocks))
        return re.split(r"(?m)^(?=## )", told)

    def told(self, sentence: str) -> str:
        """A sentence that stands elsewhere, such as in a deck, as HTML."""
        return self.escaped(self.plain_told(sentence))

    def plain_told(self, sentence: str) -> str:
        """The same as it is."""
        return self._tell(sentence) if sentence else ""

    @staticmethod
    def escaped(text: str) -> str:
        """A text as HTML."""
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

    def _block(self, block: str) -> str:
        mark, text = _parts(block)
        if mark == "- ":
            items = re.split(r"(?m)^- ", block)[1:]
            return "\n".join(f"- {self._tell(' '.join(one.split()))}" for one in items)
        return mark + self._tell(text)


def _parts(block: str) -> tuple[str, str]:
    """The mark that a block begins with, and its text on one line."""
    found = re.match(r"#+ |- |", block)
    mark = found[0] if found else ""
    return mark, " ".join(block.removeprefix(mark).split())


def sentences() -> list[tuple[str, str]]:
    """All English sentences of the kit, each with the place where it stands."""
    found = [
        (sentence, f"{KIT.name}: {table}.{key}")
        for table, rows in _tables().items()
        if table != VERSES
        for key, sentence in rows.items()
    ]

    def keep(block: str) -> str:
        found.append((block, RULES.name))
        return block

    Words(keep).rules()
    return found
