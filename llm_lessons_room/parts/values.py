"""What a phone may send: checked, and no more than that.

Text is cleaned of what would hide, turn, pile up or break lines on a screen; it stays
text. Unicode's own properties tell what a letter is, so that every script is served
alike.
"""

import unicodedata
from typing import Any

WORD = 40  # letters of a word
# Cc, Cf, Cs, Co, Cn: no letters; but U+200D joins emoji and U+200C Persian letters
KEPT = "\u200c\u200d"
# A word of the name of each letter that has no ink, as of U+3164, HANGUL FILLER, and
# U+2800, BRAILLE PATTERN BLANK: no property in Python's tables tells them.
NO_INK = {"BLANK", "FILLER", "NULL"}
MARKS = 4  # on one letter: Burmese has as many
LOOSE = 2  # of these, such as fit any letter: Vietnamese has as many
ANYWHERE = 200  # from this combining class on, a mark belongs to no script


class Bad(ValueError):
    """No answer to this step."""


def clean(text: Any, most: int, breaks: bool = False) -> str:
    """Text that a screen shows as it is; `breaks`: it may have lines.

    Raises:
        Bad: it is no text, or has more than so many letters.
    """
    if not isinstance(text, str) or len(text) > most:
        raise Bad("That is no text, or too long.")
    return plain(text, breaks)


def whole(value: Any, least: int, most: int) -> int:
    """A whole number in a range; Bad for all else, such as true or 1.0."""
    if type(value) is not int or not least <= value <= most:
        raise Bad("That is no such number.")
    return value


def word(text: Any) -> str:
    """A word or two, without spaces around."""
    found = " ".join(clean(text, 4 * WORD).split())
    if len(found) > WORD or not has_ink(found):
        raise Bad("That is no word.")
    return found


def field(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise Bad(f"There is no {name}.")
    return value[name]


def plain(text: str, breaks: bool) -> str:
    """The text with letters alone, each with the marks that it may need."""
    shown = "".join(
        one if _is_shown(one) or (breaks and one == "\n") else _gap(one) for one in text
    )
    return unpiled(unicodedata.normalize("NFC", shown))


def unpiled(text: str) -> str:
    """The text without marks that pile up: none stands twice on a letter, nor many."""
    kept: list[str] = []
    pile: list[str] = []
    for one in text:
        kind = unicodedata.category(one)
        if kind in ("Mn", "Me"):
            if not _fits(one, pile):
                continue
            pile.append(one)
        elif kind != "Mc" and one not in KEPT:  # these are no new letter
            pile.clear()
        kept.append(one)
    return "".join(kept)


def has_ink(text: str) -> bool:
    """Whether there is anything to see: marks alone, and blanks, are nothing."""
    return any(
        unicodedata.category(one)[0] in "LNPS" and not _is_blank(one) for one in text
    )


def is_whole(text: str) -> bool:
    """Whether a text can be sent and kept: JSON may hold half a letter, U+D800."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_shown(letter: str) -> bool:
    if letter in KEPT:
        return True
    return unicodedata.category(letter)[0] != "C" and not _is_blank(letter)


def _gap(letter: str) -> str:
    """What stands in the place of a letter that isn't shown."""
    return " " * (letter in "\n\t\r" or _is_blank(letter))


def _is_blank(letter: str) -> bool:
    return not NO_INK.isdisjoint(unicodedata.name(letter, "").split())


def _fits(mark: str, pile: list[str]) -> bool:
    if mark in pile or len(pile) >= MARKS:
        return False
    return not _is_loose(mark) or sum(map(_is_loose, pile)) < LOOSE


def _is_loose(mark: str) -> bool:
    is_around = unicodedata.category(mark) == "Me"
    return is_around or unicodedata.combining(mark) >= ANYWHERE
