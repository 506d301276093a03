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
    teaches = ["coin"]      # the questions of the survey that it answers
    say = "..."             # to the leader alone, as are do, phones and late
    do = "..."
    phones = "..."
    late = "..."
    question = "04.zero"    # all other keys are the kind's own

What each kind takes, `kind.py` of its activity says, or `kinds` where
nothing is asked. Two more decks are made here: the survey alone, for weeks later, and
every question of every lesson.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from llm_lessons.foundation.paths import TEXTS
from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.parts.plan import GUIDE, Guide, Planned, is_text

EVENINGS = TEXTS / "evenings"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COMMON: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "title": str,
    "minutes": (int, float),
    "seconds": int,
    "lesson": int,
    "optional": bool,
    "laptops": bool,
    "teaches": list,
}
_ASK = Guide(
    say="Read the question and all the answers. Choose one before anybody talks.",
    do="Wait until most have answered. Go on: the bars show what the room thinks. "
    "Let neighbours talk for a minute, go on, and let them choose again.",
    phones="One tap is an answer; another tap changes it. Who it is nobody sees.",
    late="Show the answer without the second round.",
)
_REMEMBER = Guide(
    say="Let us read this sentence aloud, together.",
    do="Read with them, slowly.",
    phones="They show the sentence.",
    late="Never leave this out: it takes half a minute.",
)


@dataclass(frozen=True)
class Deck:
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
    """All evenings of a folder, the shortest first."""
    read = [read_deck(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(read, key=lambda deck: deck.minutes))


def read_deck(path: Path) -> Deck:
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
        deck = Deck(path.stem, title, minutes, tuple(map(step_of, steps)))
        _check_deck(deck)
    except ValueError as error:  # TOML's own errors and those of encodings are some
        raise ValueError(f"{path} is no evening: {error}") from error
    return deck


def _check_deck(deck: Deck) -> None:
    """What only the whole deck shows."""
    names = [step.id for step in deck.steps]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValueError(f"two steps are called {twins[0]!r}.")
    if deck.slack < 0:
        raise ValueError(f"its steps take {-deck.slack:g} minutes too long.")
    questions: dict[str, str] = {}  # by the steps so far
    for step in deck.steps:
        if step.kind == "guess":
            first = step.own.get("of")
            if first and questions.get(first) != step.own["question"]:
                raise ValueError(
                    f"the step {step.id!r} asks again what {first!r} has not asked."
                )
            questions[step.id] = step.own["question"]


def step_of(table: object) -> Planned:
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
    own = {k: v for k, v in table.items() if k not in COMMON and k not in GUIDE}
    guide = {key: table[key] for key in GUIDE if key in table}
    common = {key: table[key] for key in COMMON if key in table}
    keys = {**KINDS[kind].needs, **KINDS[kind].may}
    if lacking := {"title", "minutes", *KINDS[kind].needs} - table.keys():
        raise ValueError(f"the step {name!r} lacks {', '.join(sorted(lacking))}.")
    if extra := own.keys() - keys:
        raise ValueError(f"the step {name!r} has no use for {min(extra)!r}.")
    for key, value in common.items():
        if not isinstance(value, COMMON[key]) or (
            isinstance(value, bool) and key not in ("optional", "laptops")
        ):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    for key, value in (guide | own).items():
        if not keys.get(key, is_text)(value):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    step = Planned(**common, guide=Guide(**guide), own=own)
    _check_step(step)
    return step


def _check_step(step: Planned) -> None:
    """Raise ValueError where a value is of its type, and still makes no sense."""
    place = f"the step {step.id!r}"
    if step.minutes < 0 or (step.seconds is not None and step.seconds < 1):
        raise ValueError(f"{place} takes less than no time.")
    if step.lesson is not None and not 0 <= step.lesson < len(LESSONS):
        raise ValueError(f"{place}: lessons go from 0 to {len(LESSONS) - 1}.")
    try:
        KINDS[step.kind].check(step)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error


def survey_later() -> Deck:
    """The survey of an evening once more, some weeks after it."""
    survey = Planned(
        "survey-later",
        "survey",
        "Six questions, some weeks later",
        minutes=10,
        guide=Guide(
            say="These are the six questions of our evening. Answer them as you think "
            "now. Type the three words of that evening, if you have them.",
            do="Go on when most are done: the answers stand on the phones. Tap “Save "
            "results”.",
            phones="They ask for the three words first. Without them the answers "
            "count, too, but can't be joined to those of that evening.",
        ),
        own={"when": "later"},
    )
    return Deck("later", "Some weeks later", survey.minutes, (survey,))


@cache
def every_question() -> Deck:
    """All questions by lesson, and behind those of a lesson what to remember of it."""
    steps: list[Planned] = []
    for number, lesson in enumerate(LESSONS):
        title = TITLES[lesson]
        steps += [
            Planned(
                f"guess-{question.name.replace('.', '-')}",
                "guess",
                title,
                minutes=4,
                seconds=40,
                lesson=number,
                guide=_ASK,
                own={"question": question.name},
            )
            for question in QUESTIONS
            if question.name.startswith(f"{number:02}.")
        ]
        steps.append(
            Planned(
                f"remember-{number:02}",
                "remember",
                title,
                minutes=1,
                lesson=number,
                guide=_REMEMBER,
            )
        )
    minutes = sum(step.minutes for step in steps)
    return Deck("all_questions", "Every question", minutes, tuple(steps))
