"""A step as a deck plans it, and what its kind says of itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Tell = Callable[[str], str]  # a sentence in a language
type Check = Callable[[object], bool]  # whether a deck's value is of its type

OPTIONAL = "◇"  # marks a step that can be left out, on paper
GUIDE = ("say", "do", "phones", "late")
_WORDS = ("text", "said")


@dataclass(frozen=True)
class Guide:
    """What the leader reads, and nobody else."""

    say: str = ""  # to the room, about word for word
    do: str = ""  # with one's hands
    phones: str = ""  # what happens on them
    late: str = ""  # what to cut if it is late


@dataclass(frozen=True)
class Planned:
    """One step of an evening; `content.decks` says what its keys are."""

    id: str
    kind: str
    title: str
    minutes: float
    seconds: int | None = None
    lesson: int | None = None
    optional: bool = False
    laptops: bool = False
    guide: Guide = Guide()
    own: dict[str, Any] = field(default_factory=dict)  # what the kind wants to know

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


@dataclass(frozen=True)
class Shown:
    """A step's texts."""

    shown: dict[str, Any] = field(default_factory=dict)  # to phones and screens
    hidden: dict[str, Any] = field(default_factory=dict)  # until the moment "reveal"
    notes: dict[str, Any] = field(default_factory=dict)  # what half of the room gets


@dataclass(frozen=True)
class Kind:
    """What a kind of step wants to know, and what it shows.

    Attributes:
        shown: what such a step shows in a language; ValueError where it asks for what
            there is not.
        needs: keys of its own that a step must have, and how each is checked.
        may: those that it may have besides.
        fits: raises ValueError where the values are of their types, and still make no
            sense.
        sentences: what it says besides the deck's words, for a catalog: each with where
            it is seen.
    """

    shown: Callable[[Planned, Tell], Shown]
    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    fits: Callable[[Planned], object] = lambda _: None
    sentences: Callable[[], Iterable[tuple[str, str]]] = tuple


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def prompt(step: Planned, tell: Tell) -> Shown:
    """The model's text that a step begins with, and below it what it means."""
    return Shown({"prompt": step.own["prompt"]} | gloss(step.own["prompt"], tell))


def gloss(text: str, tell: Tell) -> dict[str, str]:
    """What the model's text means, for those who read another language."""
    told = tell(text)
    return {} if told == text else {"gloss": told}
