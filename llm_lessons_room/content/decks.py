"""An evening as a deck of steps: what stands on the screen, for how long, what to say.

The decks lie in handouts/evenings, a file an evening, for a leader to change:

    title = "90 minutes"
    minutes = 90            # for all: what no step has is slack

    [[steps]]
    id = "guess-04"         # its own in the deck; small letters, digits and dashes
    kind = "guess"          # one of KINDS
    title = "Your guess"    # on the screen
    minutes = 3             # planned; the run sheet adds them up
    seconds = 40            # of the countdown when it opens; none if left out, but
                            # a break counts its minutes down
    lesson = 4              # the lesson that it belongs to, if any
    optional = true         # only if time is left: its minutes come out of the slack
    laptops = true          # two people share one in it: the kit's list counts them
    say = "..."             # to the leader alone, as are do, phones and late
    do = "..."
    phones = "..."
    late = "..."
    question = "04.zero"    # all other keys are the kind's own

What each kind wants to know, `content.py` of its activity says, or `talk` where nothing
is asked.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from llm_lessons.foundation.paths import TEXTS
from llm_lessons_room.content.deck_steps import step_of
from llm_lessons_room.parts.plan import Planned

EVENINGS = TEXTS / "evenings"


@dataclass(frozen=True)
class Deck:
    """An evening."""

    id: str  # the name of its file: "90_minutes"
    title: str
    minutes: float  # slack included
    steps: tuple[Planned, ...]

    @property
    def slack(self) -> float:
        """Minutes that no step has; what is optional has none either."""
        planned = (step.minutes for step in self.steps if not step.optional)
        return self.minutes - sum(planned)


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
        match table:
            case {
                "title": str(title),
                "minutes": int(minutes),
                "steps": [*steps],
                **more,
            }:
                pass
            case _:
                raise ValueError("it has a `title`, whole `minutes` and `steps`.")
        if more:
            raise ValueError(f"it has no key {min(more)!r}.")
        made = Deck(path.stem, title, minutes, tuple(map(step_of, steps)))
        _check(made)
    except ValueError as error:  # TOML's own errors and those of encodings are some
        raise ValueError(f"{path} is no evening: {error}") from error
    return made


def _check(made: Deck) -> None:
    """What only the whole deck shows."""
    names = [step.id for step in made.steps]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValueError(f"two steps are called {twins[0]!r}.")
    if made.slack < 0:
        raise ValueError(f"its steps take {-made.slack:g} minutes too long.")
    asked: dict[str, str] = {}  # by the steps so far
    for step in made.steps:
        if step.kind == "guess":
            first = step.own.get("of")
            if first and asked.get(first) != step.own["question"]:
                raise ValueError(
                    f"the step {step.id!r} asks again what {first!r} has not asked."
                )
            asked[step.id] = step.own["question"]
