"""The answers that leaders saved (room.json), as people with what was right when."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from llm_lessons.lessons.survey import CHOSEN, JUDGED, TRUST, WRITTEN
from llm_lessons_room.activities.survey.rules import TIMES
from llm_lessons_room.activities.survey.sources import SOURCES, TRAINING

VERSION = 1
USES = [one["right"] for one in JUDGED]


class Unreadable(ValueError):
    """That is no file that a leader saved; says which, and what to do."""


@dataclass
class Person:
    """Somebody who answered.

    Attributes:
        evening: the number of the file in which they answered first.
        answers: by when, "before", "after" and "later", what they said.
    """

    evening: int
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)


def _of_answers(wanted: bool) -> Callable[[Mapping[str, Any]], float]:
    """Which share of the answers that are right, or wrong, was judged rightly."""

    def measure(said: Mapping[str, Any]) -> float:
        judged = said.get(TRUST) or [None] * len(USES)
        pairs = zip(judged, USES, strict=True)
        return mean(given is right for given, right in pairs if right is wanted)

    return measure


def _of_question(name: str, right: object) -> Callable[[Mapping[str, Any]], float]:
    return lambda said: float(said.get(name) == right)


SHORT = {
    "learns": "a chat changes nothing in the model",
    "coin": "two answers: chance chose",
    "steps": "steps stand in the text",
    "context": "paste the page",
}
_RIGHT = {
    question.name.partition(".")[2]: [one.right for one in question.choices].index(True)
    for question in CHOSEN
}
# What is measured of what somebody said: from 0 to 1, and 0 where it was left out.
MEASURES: dict[str, Callable[[Mapping[str, Any]], float]] = {
    "answers come from reading (own words)": lambda said: float(
        said.get("sorted") == TRAINING
    ),
    "right answers used": _of_answers(True),
    "wrong answers checked": _of_answers(False),
} | {SHORT[name]: _of_question(name, right) for name, right in _RIGHT.items()}
FIRST, USED = [*MEASURES][:2]


def read(path: Path) -> list[dict[str, Any]]:
    """The people in a file.

    Raises:
        Unreadable: it is none that a leader saved.
    """
    help_ = "give the room.json that “Save results” has saved"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Unreadable(f"{path} can't be read: {help_}.") from None
    except (ValueError, RecursionError):
        raise Unreadable(f"{path} is damaged, or something else: {help_}.") from None
    people = table.get("people") if isinstance(table, dict) else None
    if not isinstance(people, list) or table.get("version") != VERSION:
        raise Unreadable(f"{path} holds no answers to the six questions: {help_}.")
    if not all(map(_is_person, people)):
        raise Unreadable(f"{path} has answers that nobody can give: {help_}.")
    return people


def _is_person(person: object) -> bool:
    if not isinstance(person, dict) or not isinstance(person.get("code"), str):
        return False
    return all(_is_said(person[when]) for when in TIMES if when in person)


def _is_said(said: object) -> bool:
    if not isinstance(said, dict):
        return False
    judged = said.get(TRUST)
    fits = judged is None or (isinstance(judged, list) and len(judged) == len(USES))
    return fits and said.get("sorted") in (None, *SOURCES)


def gather(paths: Sequence[Path]) -> tuple[list[Person], list[str]]:
    """All people of some files, and why other files can't be read.

    Who answered once more weeks later, in another file, is known by the three words.
    """
    people: dict[tuple[int, str], Person] = {}
    by_code: dict[str, Person] = {}
    troubles = []
    later = []
    for number, path in enumerate(paths):
        try:
            found = read(path)
        except Unreadable as trouble:
            troubles.append(str(trouble))
            continue
        for person in found:
            said = {when: person[when] for when in TIMES if when in person}
            if set(said) == {"later"}:
                later.append((number, person["code"], said))
                continue
            known = people[number, person["code"]] = Person(number, said)
            by_code.setdefault(person["code"], known)
    for number, code, said in later:
        person = by_code.get(code)
        if person is None:
            people[number, code] = Person(number, said)
        else:
            person.answers.setdefault("later", said["later"])
    return [*people.values()], troubles


def sources(people: Sequence[Person], when: str) -> dict[str, int]:
    """How many said in their own words that an answer comes from where."""
    said = [person.answers[when] for person in people if when in person.answers]
    kinds = [one["sorted"] for one in said if one.get(WRITTEN)]
    return {source: kinds.count(source) for source in SOURCES}
