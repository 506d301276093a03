"""The payloads of phones, screens and leaders, encoded once for all who get the same.

A phone's holds nothing of `hidden` before the moment "reveal", and nothing of `guide`
ever; what differs from phone to phone is put behind what they have in common.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, Step
from llm_lessons_room.parts.tally import written_texts
from llm_lessons_room.server.content import TALLIES, PlayedDeck, slot_in
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.invitation import Invitation

PHONE, SCREEN, LEAD = "phone", "screen", "lead"
# what leaders are warned of: the evening isn't saved; phones, or screens, find no
# place; a figure is missing
UNSAVED, CROWDED, SCREENS_FULL, FIGURES = "save", "seats", "screens", "figures"


@dataclass
class People:
    here: set[int]  # numbers of the seats with a phone that is connected
    seats: int  # that were taken so far
    screens: int
    leaders: int
    alone: int | None  # seconds for which no phone has been there; None while one is
    warnings: tuple[str, ...] = ()


def encode(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def phones_moment(evening: Evening, language: str, now: float) -> str:
    """What all phones of a language get of the moment; without the closing brace."""
    payload = None
    if evening.moment.phase != OPEN and evening.moment.round:
        payload = evening.tally().payload(evening.moment, evening.slot)
        payload |= {name: [] for name in evening.tally().LONG}
    return encode(_moment(evening, language, now) | {"tally": payload})[:-1]


def phone_moment(common: str, evening: Evening, seat: int, language: str) -> str:
    """The moment as one phone gets it: behind what `phones_moment` made just now."""
    step, slot, number = evening.step(language), evening.slot, evening.moment.round
    rules = TALLIES[step.kind]
    own: dict[str, Any] = {"half": rules.half(seat), "yours": None, "note": None}
    if number:
        tally = evening.tally()
        own["yours"] = tally.answers_in(slot).get(seat)
        if number > 1 and own["half"]:
            own["note"] = step.note
        if rules.FIRST and slot > 1:
            own["first"] = tally.answers_in(1).get(seat)
    return f"{common},{encode(own)[1:]}"


def screen_moment(
    evening: Evening, language: str, now: float, people: People, join: Invitation
) -> dict[str, Any]:
    return (
        _moment(evening, language, now)
        | _counts(evening, people)
        | {
            "join": asdict(join),
            "black": evening.black,
            "large": evening.large,
            "hidden": evening.tally().hidden.everything,
        }
    )


def leader_moment(
    evening: Evening, now: float, people: People, join: Invitation
) -> dict[str, Any]:
    deck = evening.deck()
    decks = evening.content.decks[evening.language].values()
    return (
        screen_moment(evening, evening.language, now, people, join)
        | _leader_fields(evening, now, people)
        | {
            "guide": evening.step().guide,
            "next": _next(evening),
            "decks": [
                {"id": other.id, "title": other.title, "steps": _step_list(other)}
                for other in decks
            ],
            "language": evening.language,
            "languages": evening.content.names,
            "minutes": deck.minutes,
            "lends": evening.lends_model,
        }
    )


def screen_tally(evening: Evening, now: float, people: People) -> dict[str, Any]:
    """What has changed since the moment began."""
    step, number = evening.step(), evening.moment.round
    head = {"type": "tally", "step": step.id, "round": number}
    return head | _counts(evening, people) | {"left": _left(evening, now)}


def leader_tally(evening: Evening, now: float, people: People) -> dict[str, Any]:
    """The same, and what was written."""
    common = screen_tally(evening, now, people)
    return common | _leader_fields(evening, now, people)


def results(evening: Evening) -> dict[str, Any]:
    """What a leader saves of the deck: tallies of all that was asked, and no seats."""
    steps: dict[str, dict[str, Any]] = {}
    people: list[dict[str, Any]] = []
    for step in evening.deck().steps:
        key, moment = evening.tally_key(step, evening.deck_id), step.moments[-1]
        tally = evening.tallies.get(key)
        if tally is None or not moment.round:
            continue
        payload = tally.payload(moment, slot_in(step, moment.round))
        payload |= {name: [] for name in tally.LONG}
        rounds = {moment.round for moment in step.moments if moment.round}
        payload["rounds"] = [
            len(tally.answers_in(slot_in(step, number))) for number in sorted(rounds)
        ]
        if any(tally.answers.values()):
            people = tally.people() or people
            steps.pop(key, None)
            steps[key] = _fields(step, "id", "kind", "title", "shown") | {
                "tally": payload
            }
    return {
        "type": "results",
        "title": evening.deck().title,
        "seats": len(evening.used_seats()),
        "steps": list(steps.values()),
        "people": people,
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


def _counts(evening: Evening, people: People) -> dict[str, Any]:
    """What was answered, and of how many: also of those who are gone by now."""
    payload, asked = None, len(people.here)
    if evening.moment.round:
        tally = evening.tally()
        payload = tally.payload(evening.moment, evening.slot)
        asked = len(people.here | tally.answers_in(evening.slot).keys())
    return {
        "tally": payload,
        "asked": asked,
        "present": len(people.here),
        "seats": people.seats,
        "alone": people.alone,
    }


def _leader_fields(evening: Evening, now: float, people: People) -> dict[str, Any]:
    return {
        "clock": _clock(evening, now),
        "texts": written_texts(evening.tally(), evening.slot),
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
    place = evening.next_place()
    if place is None:
        return None
    step = evening.deck().steps[place[0]]
    phase, number = step.moments[place[1]]
    return {"title": step.title, "kind": step.kind, "phase": phase, "round": number}


def _step_list(deck: PlayedDeck) -> list[dict[str, Any]]:
    names = ("id", "title", "kind", "minutes", "optional")
    return [_fields(step, *names) for step in deck.steps]


def _fields(step: Step, *names: str) -> dict[str, Any]:
    return {name: getattr(step, name) for name in names}
