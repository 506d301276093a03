"""What is kept aside: names, nouns, verbs, frames and orders that no page ever uses.

A skill is shown beyond its practised words only in words that were never read. So a
tenth of each list that problems and notes are made of is left to the tests. A checksum
of the text decides, not its place in a list: what was read stays read, and what was
kept aside stays aside, when a list grows.
"""

import zlib
from collections.abc import Collection, Iterable
from typing import Literal, get_args

from llm_lessons.foundation.checks import shown

Part = Literal["name", "thing", "verb", "frame", "order"]

PARTS: tuple[Part, ...] = get_args(Part)
"""What of a text can be drawn from that which is kept aside."""


def is_aside(part: Part, text: str) -> bool:
    """Tells whether no page uses this text as such a part; about one in ten is so."""
    return zlib.crc32(f"{part} {text.lower()}".encode()) % 10 == 0


def parts(given: Collection[str]) -> tuple[Part, ...]:
    """Returns what was asked for of that which is kept aside."""
    if isinstance(given, str) or not set(given) <= set(PARTS):
        raise ValueError(
            f"aside is a list of what to draw from that which was kept aside, of "
            f"{', '.join(PARTS)}; it was {shown(given)}."
        )
    return tuple(part for part in PARTS if part in given)


def choices(part: Part, texts: Iterable[str], aside: bool) -> tuple[str, ...]:
    """Returns those of the texts that pages use, or those that are kept aside."""
    return tuple(text for text in texts if is_aside(part, text) == aside)
