"""What phones, screens and leaders are sent: one text for all to whom it is the same.

What a phone gets holds nothing of `hidden` before the moment "reveal", and nothing of
`guide` ever; what differs from phone to phone is put behind what they have in common.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, Step
from llm_lessons_room.parts.tally import texts
from llm_lessons_room.server.content import KINDS, Deck, slot_of
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.invitation import Invitation

PHONE, SCREEN, LEAD = "phone", "screen", "lead"
# what leaders are warned of: the evening isn't kept; phones, or screens, find no place;
# a figure is missing
UNSAVED, CROWDED, SCREENS_FULL, FIGURES = "save", "seats", "screens", "figures"


@dataclass
class People:
    """Who is there."""

    here: set[int]  # numbers of the seats with a phone that is connected
    seats: int  # that were taken so far
    screens: int
    leaders: int
    alone: int | None  # seconds for which no phone has been there; None while one is
    warnings: tuple[str, ...] = ()


def encoded(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def for_phones(evening: Evening, language: str, now: float) -> str:
    """What all phones of a language have in common of the moment; without its end."""
    payload = None
    if evening.moment.phase != OPEN and evening.moment.round:
        payload = evening.tally().payload(evening.moment, evening.slot)
        payload |= {name: [] for name in evening.tally().LONG}
    return encoded(_moment(evening, language, now) | {"tally": payload})[:-1]


def for_a_phone(common: str, evening: Evening, seat: int, language: str) -> str:
    """The moment as one phone gets it: behind what `for_phones` made just now."""
    step, slot, number = evening.step(language), evening.slot, evening.moment.round
    rules = KINDS[step.kind]
    own: dict[str, Any] = {"half": rules.half(seat), "yours": None, "note": None}
    if number:
        tally = evening.tally()
        own["yours"] = tally.of(slot).get(seat)
        if number > 1 and own["half"]:
            own["note"] = step.note
        if rules.FIRST and slot > 1:
            own["first"] = tally.of(1).get(seat)
    return f"{common},{encoded(own)[1:]}"


def for_screens(
    evening: Evening, language: str, now: float, people: People, join: Invitation
) -> dict[str, Any]:
    return (
        _moment(evening, language, now)
        | _counted(evening, people)
        | {
            "join": asdict(join),
            "black": evening.black,
            "large": evening.large,
            "hidden": evening.tally().hidden.everything,
        }
    )


def for_leaders(
    evening: Evening, now: float, people: People, join: Invitation
) -> dict[str, Any]:
    deck = evening.deck()
    decks = evening.content.decks[evening.language].values()
    return (
        for_screens(evening, evening.language, now, people, join)
        | _for_leaders(evening, now, people)
        | {
            "guide": evening.step().guide,
            "next": _next(evening),
            "decks": [
                {"id": one.id, "title": one.title, "steps": _listed(one)}
                for one in decks
            ],
            "language": evening.language,
            "languages": evening.content.names,
            "minutes": deck.minutes,
            "lends": evening.lends_model,
        }
    )


def tally_for_screens(evening: Evening, now: float, people: People) -> dict[str, Any]:
    """What has changed since the moment began."""
    step, number = evening.step(), evening.moment.round
    head = {"type": "tally", "step": step.id, "round": number}
    return head | _counted(evening, people) | {"left": _left(evening, now)}


def tally_for_leaders(evening: Evening, now: float, people: People) -> dict[str, Any]:
    """The same, and what was written."""
    common = tally_for_screens(evening, now, people)
    return common | _for_leaders(evening, now, people)


def results(evening: Evening) -> dict[str, Any]:
    """What a leader saves of the deck: tallies of all that was asked, and no seats."""
    steps: dict[str, dict[str, Any]] = {}
    for step in evening.deck().steps:
        key, moment = evening.key(step, evening.deck_id), step.moments[-1]
        tally = evening.tallies.get(key)
        if tally is None or not moment.round:
            continue
        payload = tally.payload(moment, slot_of(step, moment.round))
        payload |= {name: [] for name in tally.LONG}
        rounds = {one.round for one in step.moments if one.round}
        payload["rounds"] = [
            len(tally.of(slot_of(step, one))) for one in sorted(rounds)
        ]
        if any(tally.answers.values()):
            steps.pop(key, None)
            steps[key] = _fields(step, "id", "kind", "title", "shown") | {
                "tally": payload
            }
    return {
        "type": "results",
        "title": evening.deck().title,
        "seats": len(evening.used_seats()),
        "steps": list(steps.values()),
    }


def _moment(evening: Evening, language: str, now: float) -> dict[str, Any]:
    deck, step, moment = evening.deck(), evening.step(language), evening.moment
    return {
        "type": "moment",
        "deck": evening.deck_id,
        "index": evening.index,
        "of": len(deck.steps),
        "step": _fields(step, "id", "kind", "title", "shown"),
        "phase": moment.phase,
        "round": moment.round,
        "left": _left(evening, now),
        "revealed": step.hidden if moment.phase == REVEAL else None,
    }


def _left(evening: Evening, now: float) -> float | None:
    left = evening.left(now)
    return None if left is None else round(left, 1)


def _counted(evening: Evening, people: People) -> dict[str, Any]:
    """What was answered, and of how many: also of those who are gone by now."""
    payload, asked = None, len(people.here)
    if evening.moment.round:
        tally = evening.tally()
        payload = tally.payload(evening.moment, evening.slot)
        asked = len(people.here | tally.of(evening.slot).keys())
    return {
        "tally": payload,
        "asked": asked,
        "present": len(people.here),
        "seats": people.seats,
        "alone": people.alone,
    }


def _for_leaders(evening: Evening, now: float, people: People) -> dict[str, Any]:
    return {
        "clock": _clock(evening, now),
        "texts": texts(evening.tally(), evening.slot),
        "waits": evening.tally().hidden.waits,
        "screens": people.screens,
        "leaders": people.leaders,
        "warnings": people.warnings,
    }


def _clock(evening: Evening, now: float) -> dict[str, float]:
    """Minutes: when this step was planned to begin, and how many have passed."""
    deck = evening.deck()
    minutes = [0 if step.optional else step.minutes for step in deck.steps]
    planned = sum(minutes[: evening.index])
    passed = 0.0 if evening.began is None else (now - evening.began) / 60
    slack = deck.minutes - sum(minutes)  # what is optional comes out of it
    return {"planned": planned, "elapsed": round(passed, 2), "slack": slack}


def _next(evening: Evening) -> dict[str, Any] | None:
    place = evening.following()
    if place is None:
        return None
    step = evening.deck().steps[place[0]]
    phase, number = step.moments[place[1]]
    return {"title": step.title, "kind": step.kind, "phase": phase, "round": number}


def _listed(deck: Deck) -> list[dict[str, Any]]:
    names = ("id", "title", "kind", "minutes", "optional")
    return [_fields(step, *names) for step in deck.steps]


def _fields(step: Step, *names: str) -> dict[str, Any]:
    return {name: getattr(step, name) for name in names}
