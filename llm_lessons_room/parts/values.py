"""What a phone or a leader may send: checked, and no more than that.

Text is cleaned of what would turn, hide or break lines on a screen; it stays text.
"""

from collections.abc import Callable
from typing import Any

from llm_lessons_room.parts.letters import has_ink, plain

WORD = 40  # letters of a word
MOST = 10_000  # of each that the leader may type in


class Bad(ValueError):
    """No answer to this step."""


def clean(text: Any, most: int, breaks: bool = False) -> str:
    """Text that a screen shows as it is.

    Args:
        text: of a phone.
        most: letters.
        breaks: whether it may have lines.

    Raises:
        Bad: it is no text, or too long.
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


def counts(value: Any, size: int) -> list[int]:
    """How many there were of each, as the leader typed it in."""
    if not isinstance(value, list) or len(value) != size:
        raise Bad("That is no number for each.")
    return [whole(one, 0, MOST) for one in value]


def pairs(value: Any, names: tuple[str, ...]) -> dict[str, list[int]]:
    """For each of the names that is there, how many were right of how many."""
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise Bad("There is no such half.")
    for pair in value.values():
        if not isinstance(pair, list) or len(pair) != 2:
            raise Bad("That is not how many were right of how many.")
        whole(pair[0], 0, whole(pair[1], 0, MOST))
    return value


def texts(value: Any, checked: Callable[[Any], str]) -> dict[str, int]:
    """How often each text came, as the leader typed it in."""
    if not isinstance(value, dict) or len(value) > 100:
        raise Bad("That is no number for each text.")
    return {checked(text): whole(number, 1, MOST) for text, number in value.items()}
