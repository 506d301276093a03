"""Values that a phone may send: checked, and cleaned.

Text is cleaned of what would hide, turn, pile up or break lines on a screen; it stays
text. Unicode's own properties tell what a letter is, so that every script is served
alike.
"""

import unicodedata
from typing import Any

MAX_WORD = 40  # letters of a word
# Cc, Cf, Cs, Co, Cn: no letters; but U+200D joins emoji and U+200C Persian letters
JOINERS = "\u200c\u200d"
# A word of the name of each letter that has no ink, as of U+3164, HANGUL FILLER, and
# U+2800, BRAILLE PATTERN BLANK: no property in Python's tables tells them.
BLANK_NAMES = {"BLANK", "FILLER", "NULL"}
MAX_MARKS = 4  # on one letter: Burmese has as many
MAX_GENERAL_MARKS = 2  # of these, such as fit any letter: Vietnamese has as many
GENERAL_CLASS = 200  # from this combining class on, a mark belongs to no script


class BadAnswer(ValueError):
    """No answer to this step."""


def clean(text: Any, most: int, breaks: bool = False) -> str:
    """Text that a screen shows as it is; `breaks`: it may have lines."""
    if not isinstance(text, str) or len(text) > most:
        raise BadAnswer("That is no text, or too long.")
    return printable(text, breaks)


def integer(value: Any, least: int, most: int) -> int:
    """A whole number in a range; BadAnswer for all else, such as true or 1.0."""
    if type(value) is not int or not least <= value <= most:
        raise BadAnswer("That is no such number.")
    return value


def clean_word(text: Any) -> str:
    """A word or two, without spaces around."""
    text = " ".join(clean(text, 4 * MAX_WORD).split())
    if len(text) > MAX_WORD or not is_visible(text):
        raise BadAnswer("That is no word.")
    return text


def field_of(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise BadAnswer(f"There is no {name}.")
    return value[name]


def printable(text: str, breaks: bool) -> str:
    """The text with visible letters alone, each with the marks that it may need."""
    shown = "".join(
        letter
        if _is_printable(letter) or (breaks and letter == "\n")
        else _replacement(letter)
        for letter in text
    )
    return limit_marks(unicodedata.normalize("NFC", shown))


def limit_marks(text: str) -> str:
    """The text with few marks on each letter, none of them twice."""
    clean_letters: list[str] = []
    marks: list[str] = []
    for letter in text:
        category = unicodedata.category(letter)
        if category in ("Mn", "Me"):
            if not _fits_on(letter, marks):
                continue
            marks.append(letter)
        elif category != "Mc" and letter not in JOINERS:  # these are no new letter
            marks.clear()
        clean_letters.append(letter)
    return "".join(clean_letters)


def is_visible(text: str) -> bool:
    """Whether there is anything to see: not marks alone, nor blanks."""
    return any(
        unicodedata.category(letter)[0] in "LNPS" and not _is_blank(letter)
        for letter in text
    )


def is_encodable(text: str) -> bool:
    """Whether a text can be sent and kept: JSON may hold half a letter, U+D800."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_printable(letter: str) -> bool:
    if letter in JOINERS:
        return True
    return unicodedata.category(letter)[0] != "C" and not _is_blank(letter)


def _replacement(letter: str) -> str:
    return " " * (letter in "\n\t\r" or _is_blank(letter))


def _is_blank(letter: str) -> bool:
    return not BLANK_NAMES.isdisjoint(unicodedata.name(letter, "").split())


def _fits_on(mark: str, marks: list[str]) -> bool:
    if mark in marks or len(marks) >= MAX_MARKS:
        return False
    return (
        not _is_general_mark(mark)
        or sum(map(_is_general_mark, marks)) < MAX_GENERAL_MARKS
    )


def _is_general_mark(mark: str) -> bool:
    is_around = unicodedata.category(mark) == "Me"
    return is_around or unicodedata.combining(mark) >= GENERAL_CLASS
