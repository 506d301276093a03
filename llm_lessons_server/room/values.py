"""What a phone may answer to a step of each kind: checked, and no more than that.

Text is cleaned of what would turn, hide or break lines on a screen; it stays text.
"""

from collections.abc import Callable
from typing import Any

from llm_lessons_server.room.content import Step
from llm_lessons_server.room.letters import has_ink, plain, unpiled

WORD, TOKEN = 40, 24  # letters of a word, and of a token
UNREADABLE = "\ufffd"  # stands for a letter that was lost: no list to learn has it
PIECES, STORY = 64, 600  # tokens of a story, and its letters
WORKING = 300  # letters of what somebody wrote down on the way to an answer
LARGEST = 10**6  # marbles
GRAIN = 0.05  # of a temperature
HOTTEST = 2.0
SEED = 2**53


class Bad(ValueError):
    """No answer to this step."""


def answer(step: Step, value: Any) -> Any:
    """A phone's answer as it is counted and kept.

    Raises:
        Bad: it is none.
    """
    check = CHECKS.get(step.kind)
    if check is None:
        raise Bad("Nothing is asked.")
    return check(step, value)


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


def _choice(step: Step, value: Any) -> int:
    return whole(value, 0, len(step.shown["choices"]) - 1)


def token(text: Any) -> str:
    """A token as a tokenizer has it, spaces and all."""
    found = clean(text, TOKEN, breaks=True)
    if not found:
        raise Bad("There is no token.")
    return found


def word(text: Any) -> str:
    """A word or two, without spaces around."""
    found = " ".join(clean(text, 4 * WORD).split())
    if len(found) > WORD or not has_ink(found):
        raise Bad("That is no word.")
    return found


def name(text: Any) -> str:
    """A name that a model can learn: none with the sign for an unreadable letter."""
    found = word(text)
    if UNREADABLE in found:
        raise Bad("That can't be read.")
    return found


def _only(key: str, check: Callable[[Any], str]) -> Callable[[Step, Any], Any]:
    """What checks an answer that is one text, under this key."""
    return lambda _, value: {key: check(_field(value, key))}


def _story(_: Step, value: Any) -> dict[str, Any]:
    pieces = _field(value, "pieces")
    if not isinstance(pieces, list) or not 0 < len(pieces) <= PIECES:
        raise Bad("That is no story.")
    cleaned = [clean(one, STORY, breaks=True) for one in pieces]
    whole_story = "".join(cleaned)
    if len(whole_story) > STORY:
        raise Bad("That story is too long.")
    if unpiled(whole_story) != whole_story:  # marks from one piece to the next
        raise Bad("Nobody writes like that.")
    return {"pieces": cleaned, "seed": whole(_field(value, "seed"), 0, SEED)}


def temperature(value: Any) -> float:
    """A temperature, rounded to GRAIN."""
    if type(value) not in (int, float) or not 0 <= value <= HOTTEST:
        raise Bad("That is no such temperature.")
    return round(round(value / GRAIN) * GRAIN, 2)


def _marbles(_: Step, value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "answer": whole(_field(value, "answer"), -LARGEST, LARGEST)
    }
    steps = value.get("steps")
    if steps is not None:
        found["steps"] = clean(steps, WORKING, breaks=True)
    return found


def _ten(step: Step, value: Any) -> list[int | None]:
    questions = step.shown["questions"]
    if not isinstance(value, list) or len(value) != len(questions):
        raise Bad("Those are not all questions.")
    return [
        None if one is None else whole(one, 0, len(question["choices"]) - 1)
        for one, question in zip(value, questions, strict=True)
    ]


def _field(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise Bad(f"There is no {name}.")
    return value[name]


CHECKS: dict[str, Callable[[Step, Any], Any]] = {
    "guess": _choice,
    "book": _choice,
    "coin": _only("token", token),
    "next_word": _only("word", word),
    "stories": _story,
    "train_together": _only("name", name),
    "temperature": lambda _, value: temperature(value),
    "marbles": _marbles,
    "ten": _ten,
}


_WRITTEN = {
    "next_word": "word",
    "coin": "token",
    "marbles": "steps",
    "train_together": "name",
}


def text_of(kind: str, value: Any) -> str:
    """What of an answer somebody wrote, or may have written; "" for all else."""
    if kind == "stories":
        return "".join(value["pieces"])
    key = _WRITTEN.get(kind)
    return value.get(key) or "" if key else ""
