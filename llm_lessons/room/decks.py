"""An evening as a deck of steps: what stands on the screen, for how long, what to say.

The decks lie in handouts/evenings, a file an evening, for a leader to change:

    title = "90 minutes"
    minutes = 90

    [[steps]]
    id = "guess-04"         # its own in the deck; small letters, digits and dashes
    kind = "guess"          # one of KINDS
    title = "Your guess"    # on the screen
    minutes = 3             # planned; the run sheet adds them up
    seconds = 40            # of the countdown when it opens; none if left out
    lesson = 4              # the lesson that it belongs to, if any
    optional = true         # may be left out when it is late
    say = "..."             # to the leader alone, as are do, phones and late
    do = "..."
    phones = "..."
    late = "..."
    question = "04.zero"    # all other keys are the kind's own
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llm_lessons.paths import TEXTS

EVENINGS = TEXTS / "evenings"
# Each kind, and the keys of its own that a step must have.
KINDS: dict[str, frozenset[str]] = {
    "say": frozenset({"text"}),
    "remember": frozenset(),
    "figure": frozenset({"cell"}),
    "break": frozenset(),
    "game": frozenset({"text"}),
    "guess": frozenset({"question"}),
    "coin": frozenset({"prompt"}),
    "next_word": frozenset({"prompt"}),
    "stories": frozenset({"prompt"}),
    "temperature": frozenset({"prompt"}),
    "marbles": frozenset(),
    "book": frozenset(),
    "ten": frozenset({"when"}),
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COMMON = frozenset(["id", "kind", "title", "minutes", "seconds", "lesson", "optional"])
_GUIDE = ("say", "do", "phones", "late")


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
    """One step of an evening.

    Attributes:
        id: its own in the deck.
        kind: one of KINDS.
        title: on the screen.
        minutes: planned.
        seconds: of its countdown; None for none.
        lesson: the number of the lesson that it belongs to; None for none.
        optional: whether it may be left out when it is late.
        guide: what the leader reads.
        own: what the kind wants to know.
    """

    id: str
    kind: str
    title: str
    minutes: float
    seconds: int | None = None
    lesson: int | None = None
    optional: bool = False
    guide: Guide = Guide()
    own: dict[str, Any] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        """Its words, which a catalog of a language translates."""
        guide = [getattr(self.guide, name) for name in _GUIDE]
        own = [self.own[key] for key in ("text",) if key in self.own]
        return [one for one in (self.title, *own, *guide) if one]


@dataclass(frozen=True)
class Deck:
    """An evening.

    Attributes:
        id: the name of its file: "90_minutes".
        title: "90 minutes".
        minutes: from the first step to the last, slack included.
        steps: in their order.
    """

    id: str
    title: str
    minutes: float
    steps: tuple[Step, ...]

    @property
    def slack(self) -> float:
        """Minutes that no step has."""
        return self.minutes - sum(step.minutes for step in self.steps)


def decks(folder: Path = EVENINGS) -> tuple[Deck, ...]:
    """All evenings of a folder, the shortest first.

    Raises:
        ValueError: a file is no deck; names it and what is wrong.
    """
    read = [deck(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(read, key=lambda one: one.minutes))


def deck(path: Path) -> Deck:
    """The evening in a file.

    Raises:
        ValueError: it is no deck; names the file and what is wrong.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = tuple(map(_step, table["steps"]))
        made = Deck(path.stem, str(table["title"]), float(table["minutes"]), steps)
    except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no evening: {error}") from error
    names = [step.id for step in made.steps]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValueError(f"{path} has two steps called {twins[0]!r}.")
    if made.slack < 0:
        raise ValueError(f"{path}: its steps take {-made.slack:g} minutes too long.")
    return made


def _step(table: dict[str, Any]) -> Step:
    kind, name = table.get("kind", ""), table.get("id", "")
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise ValueError(f"the step {name!r} is of no kind: choose among {known}.")
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id: small letters, digits and dashes.")
    own = {k: v for k, v in table.items() if k not in _COMMON and k not in _GUIDE}
    missing = KINDS[kind] - own.keys()
    if missing:
        raise ValueError(f"the step {name!r} lacks {', '.join(sorted(missing))}.")
    guide = Guide(**{key: table[key] for key in _GUIDE if key in table})
    common = {key: table[key] for key in _COMMON if key in table}
    return Step(**common, guide=guide, own=own)
