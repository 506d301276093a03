"""What the leader may type in from paper, for each kind of step: checked."""

from collections.abc import Callable
from typing import Any

from llm_lessons_server.room import values
from llm_lessons_server.room.content import Step
from llm_lessons_server.room.values import Bad, whole

MOST = 10_000  # of each
HALVES = ("without", "with")


def typed(step: Step, number: int, value: Any) -> Any:
    """What was typed for a round, as it is counted and kept.

    Raises:
        Bad: it is nothing that can be counted here.
    """
    check = CHECKS.get(step.kind)
    if check is None or not number or all(one.round != number for one in step.moments):
        raise Bad("Nothing can be typed in here.")
    return check(step, number, value)


def count(kind: str, value: Any) -> int:
    """How many answers on paper that is."""
    if kind in ("guess", "temperature", "book", "ten") and isinstance(value, list):
        return sum(value) if kind != "temperature" else len(value)
    if kind in ("coin", "next_word"):
        return sum(value.values())
    return sum(asked for _, asked in value.values())  # marbles, book with halves


def _counts(step: Step, _: int, value: Any) -> list[int]:
    """How many chose each; of the ten questions, how many had 0, 1, ... right."""
    ten = step.kind == "ten"
    size = len(step.shown["questions"]) + 1 if ten else len(step.shown["choices"])
    if not isinstance(value, list) or len(value) != size:
        raise Bad("That is no number for each.")
    return [whole(one, 0, MOST) for one in value]


def _book(step: Step, number: int, value: Any) -> Any:
    return _counts(step, number, value) if number == 1 else _pairs(value, HALVES)


def _pairs(value: Any, names: tuple[str, ...]) -> dict[str, list[int]]:
    """For each of the names that is there, how many were right of how many."""
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise Bad("There is no such half.")
    for pair in value.values():
        if not isinstance(pair, list) or len(pair) != 2:
            raise Bad("That is not how many were right of how many.")
        whole(pair[0], 0, whole(pair[1], 0, MOST))
    return value


def _texts(clean: Callable[[Any], str]) -> Callable[[Step, int, Any], dict[str, int]]:
    def check(_: Step, __: int, value: Any) -> dict[str, int]:
        if not isinstance(value, dict) or len(value) > 100:
            raise Bad("That is no number for each text.")
        return {clean(text): whole(number, 1, MOST) for text, number in value.items()}

    return check


def _temperatures(_: Step, __: int, value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) > 1000:
        raise Bad("Those are no temperatures.")
    return [values.temperature(one) for one in value]


CHECKS: dict[str, Callable[[Step, int, Any], Any]] = {
    "guess": _counts,
    "book": _book,
    "coin": _texts(values.token),
    "next_word": _texts(values.word),
    "temperature": _temperatures,
    "marbles": lambda _, __, value: _pairs(value, ("0", "1")),
    "ten": _counts,
}
