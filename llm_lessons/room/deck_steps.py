"""A step of an evening: its kind, and what the kind wants to know.

say         text; and pages, lessons whose pages phones may open, if you like
game        text; and cards, those parts of cards.pdf that it plays with (PARTS)
remember    nothing: the sentence is that of the lesson's notebook
figure      cell, which shows it; text, what it shows, without numbers; and, if you
            like, said_in, the cell that says it in numbers, said, its sentence with
            {gaps} for the numbers, and labels, the words in the figure
guess       question; of, if it asks again what another step of the deck has asked
coin, next_word, temperature
            prompt
stories     prompt; and temperatures, if they are not written once, at 1; or
            real = true, if a real model answers in Fjord's place
train_together
            list, one of those that TrainYourOwn offers, such as "Dogs": a model learns
            it, and then follows the thumbs of the room
book        person and towns, if you like: somebody of whom one page was read, and
            four towns, among them the right one
ten         when: "before" or "after"
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.questions import question
from llm_lessons.lessons.training.lists import lists

OPTIONAL = "◇"  # marks a step that can be left out, on paper
WHEN = ("before", "after")
# Each kind, and the keys of its own that a step must have.
KINDS: dict[str, frozenset[str]] = {
    "say": frozenset({"text"}),
    "remember": frozenset(),
    "figure": frozenset({"cell", "text"}),
    "break": frozenset(),
    "game": frozenset({"text"}),
    "guess": frozenset({"question"}),
    "coin": frozenset({"prompt"}),
    "next_word": frozenset({"prompt"}),
    "stories": frozenset({"prompt"}),
    "temperature": frozenset({"prompt"}),
    "train_together": frozenset({"list"}),
    "marbles": frozenset(),
    "book": frozenset(),
    "ten": frozenset({"when"}),
}
# The keys of its own that it may have besides.
MORE: dict[str, frozenset[str]] = {
    "say": frozenset({"pages"}),
    "stories": frozenset({"temperatures", "real"}),
    "figure": frozenset({"said_in", "said", "labels"}),
    "game": frozenset({"cards"}),
    "guess": frozenset({"of"}),
    "book": frozenset({"person", "towns"}),
}
PARTS = ("story", "tree", "auction", "relay")  # of cards.pdf, for who plays
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COMMON: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "title": str,
    "minutes": (int, float),
    "seconds": int,
    "lesson": int,
    "optional": bool,
    "laptops": bool,
}
GUIDE = ("say", "do", "phones", "late")
_WORDS = ("text", "said")
HOTTEST = 2  # temperature of a room


@dataclass(frozen=True)
class Guide:
    """What the leader reads, and nobody else.

    Attributes:
        say: to the room, about word for word.
        do: with one's hands.
        phones: what happens on them.
        late: what to cut if it is late.
    """

    say: str = ""
    do: str = ""
    phones: str = ""
    late: str = ""


@dataclass(frozen=True)
class Step:
    """One step of an evening; `decks` says what its keys are.

    Attributes:
        own: what the kind wants to know.
    """

    id: str
    kind: str
    title: str
    minutes: float
    seconds: int | None = None
    lesson: int | None = None
    optional: bool = False
    laptops: bool = False
    guide: Guide = Guide()
    own: dict[str, Any] = field(default_factory=dict)

    @property
    def countdown(self) -> int | None:
        """Seconds of its countdown: a break's are its minutes, if it has no others."""
        if self.seconds is None and self.kind == "break" and self.minutes:
            return round(60 * self.minutes)
        return self.seconds

    @property
    def sentences(self) -> dict[str, str]:
        """Its words by their keys, which a catalog of a language translates."""
        guide = {name: getattr(self.guide, name) for name in GUIDE}
        own = {key: self.own[key] for key in _WORDS if key in self.own}
        labels = {f"label {n}": text for n, text in enumerate(self.labels, 1)}
        found = {"title": self.title, **own, **labels, **guide}
        return {key: text for key, text in found.items() if text}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.own.get("labels", ()))


def step_of(table: object) -> Step:
    """The step that a table of a deck describes.

    Raises:
        ValueError: it is none; names it and what is wrong.
    """
    if not isinstance(table, dict):
        raise ValueError("each step is a table, [[steps]].")
    kind, name = table.get("kind", ""), table.get("id", "")
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise ValueError(f"the step {name!r} is of no kind: choose among {known}.")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id: small letters, digits and dashes.")
    own = {k: v for k, v in table.items() if k not in _COMMON and k not in GUIDE}
    guide = {key: table[key] for key in GUIDE if key in table}
    common = {key: table[key] for key in _COMMON if key in table}
    needed = {"title", "minutes"} - common.keys() | KINDS[kind] - own.keys()
    if needed:
        raise ValueError(f"the step {name!r} lacks {', '.join(sorted(needed))}.")
    if extra := own.keys() - KINDS[kind] - MORE.get(kind, frozenset()):
        raise ValueError(f"the step {name!r} has no use for {min(extra)!r}.")
    for key, value in common.items():
        if not isinstance(value, _COMMON[key]) or (
            isinstance(value, bool) and key not in ("optional", "laptops")
        ):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    for key, value in (guide | own).items():
        if not _CHECKS.get(key, _is_text)(value):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    made = Step(**common, guide=Guide(**guide), own=own)
    _fits(made)
    return made


def _fits(step: Step) -> None:
    """Raise ValueError where a value is of its type, and still makes no sense."""
    place = f"the step {step.id!r}"
    if step.minutes < 0 or (step.seconds is not None and step.seconds < 1):
        raise ValueError(f"{place} takes less than no time.")
    if step.lesson is None and step.kind in ("remember", "figure"):
        raise ValueError(f"{place} lacks lesson.")
    if step.lesson is not None and not 0 <= step.lesson < len(LESSONS):
        raise ValueError(f"{place}: lessons go from 0 to {len(LESSONS) - 1}.")
    if step.kind == "ten" and step.own["when"] not in WHEN:
        raise ValueError(f"{place}: `when` is one of {', '.join(WHEN)}.")
    if unknown := set(step.own.get("cards", ())) - set(PARTS):
        known = ", ".join(PARTS)
        raise ValueError(f"{place} plays with {min(unknown)!r}: `cards` are {known}.")
    if {"real", "temperatures"} <= step.own.keys():
        raise ValueError(f"{place}: a real model answers at temperature 1 alone.")
    if step.kind == "train_together" and step.own["list"] not in lists():
        raise ValueError(f"{place}: `list` is one of {', '.join(lists())}.")
    if step.kind == "guess":
        try:
            question(step.own["question"])
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_true(value: object) -> bool:
    return value is True


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _are_lessons(value: object) -> bool:
    known = range(len(LESSONS))
    return isinstance(value, list) and all(type(n) is int and n in known for n in value)


def _are_heats(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(type(n) in (int, float) and 0 <= n <= HOTTEST for n in value)
    )


_CHECKS: dict[str, Callable[[object], bool]] = {
    "cards": _are_texts,
    "labels": _are_texts,
    "towns": _are_texts,
    "pages": _are_lessons,
    "temperatures": _are_heats,
    "real": _is_true,
}
