"""A step as a deck plans it, and what its kind says of itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from llm_lessons_room.parts.slide import StepData, text_slide

type Translate = Callable[[str], str]  # translates a sentence
type Check = Callable[[object], bool]  # whether a deck's value is of its type

OPTIONAL = "◇"  # marks a step that can be left out, on paper
GUIDE = ("say", "do", "phones", "late")
_TEXTS = ("text", "said")


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
    teaches: Sequence[str] = ()  # questions of the survey that it answers
    guide: Guide = Guide()
    own: dict[str, Any] = field(default_factory=dict)  # the keys of its kind

    @property
    def countdown(self) -> int | None:
        """Seconds of its countdown: a break's are its minutes, if it has no others."""
        if self.seconds is None and self.kind == "break" and self.minutes:
            return round(60 * self.minutes)
        return self.seconds

    @property
    def sentences(self) -> dict[str, str]:
        """Its sentences by their keys, to be translated."""
        guide = {key: getattr(self.guide, key) for key in GUIDE}
        own = {key: self.own[key] for key in _TEXTS if key in self.own}
        labels = {f"label {n}": text for n, text in enumerate(self.labels, 1)}
        sentences = {"title": self.title, **own, **labels, **guide}
        return {key: text for key, text in sentences.items() if text}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.own.get("labels", ()))


@dataclass(frozen=True)
class Shown:
    shown: dict[str, Any] = field(default_factory=dict)  # to phones and screens
    hidden: dict[str, Any] = field(default_factory=dict)  # until the moment "reveal"
    notes: dict[str, Any] = field(default_factory=dict)  # for half of the room


@dataclass(frozen=True)
class Kind:
    """A kind of step.

    Attributes:
        show: what such a step shows in a language; ValueError where it asks for what
            there is not.
        slides: the same on slides, without phones; takes the step as it was exported,
            the class model (which plays what phones would) and the kit's `Words`.
        needs: keys of its own that a step must have, and how each is checked.
        may: those that it may have besides.
        check: raises ValueError where the values are of their types, and still make no
            sense.
        sentences: what it says besides the deck's sentences, to be translated: each
            with where it is seen.
    """

    show: Callable[[Planned, Translate], Shown]
    slides: Callable[[StepData, Any, Any], Iterator[str]] = text_slide
    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    check: Callable[[Planned], object] = lambda _: None
    sentences: Callable[[], Iterable[tuple[str, str]]] = tuple


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def show_prompt(step: Planned, translate: Translate) -> Shown:
    """The prompt that a step begins with, and what it means in another language."""
    prompt = step.own["prompt"]
    gloss = translate(prompt)
    return Shown({"prompt": prompt} | ({} if gloss == prompt else {"gloss": gloss}))
