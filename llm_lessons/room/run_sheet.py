"""The run sheet of an evening: by the minute what to say, to do, and to cut if late."""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from llm_lessons.pages.kit.page import table
from llm_lessons.pages.kit.words import Words
from llm_lessons.room.decks import Deck, Step

COLUMNS = ("time", "what", "say", "do", "phones", "late")
ROOM = {"say": 31, "do": 31, "phones": 19, "late": 17}  # letters on a line, about
MOST = 32  # steps on a side of paper
OPTIONAL = "◇"
TITLE = 15  # letters of a title on a line, about
LINES = 67  # on a side of paper, about
LONGEST = 12  # lines of a text


def run_sheet(deck: Deck, words: Words) -> list[str]:
    """One side of paper; a day has two, which part at its longest break.

    What is said in full on the leader's own screen is cut to its first sentences.
    """
    halves = [deck.steps]
    if len(deck.steps) > MOST:
        longest = max(
            (step for step in deck.steps if step.kind == "break"),
            key=lambda step: step.minutes,
            default=deck.steps[len(deck.steps) // 2],
        )
        part = deck.steps.index(longest)
        halves = [deck.steps[:part], deck.steps[part:]]
    title = words("run.title", title=words.plain_told(deck.title))
    heads = [words(f"run.{key}") for key in COLUMNS]
    starts = dict(zip((step.id for step in deck.steps), _starts(deck), strict=True))
    sides = []
    for number, steps in enumerate(halves, 1):
        of = f" · {number}/{len(halves)}" if len(halves) > 1 else ""
        rows = _rows(steps, starts, words)
        sides.append(f"<h1>{title}{of}</h1>{table('run', heads, rows)}")
    sides[-1] += f'<p class="keep">{_sum(deck, words)} {words("run.arrow")}</p>'
    return sides


def _starts(deck: Deck) -> Iterator[float]:
    """The minute in which each step begins; what is optional takes none."""
    now = 0.0
    for step in deck.steps:
        yield now
        now += 0 if step.optional else step.minutes


def _rows(
    steps: Sequence[Step], starts: dict[str, float], words: Words
) -> list[list[str]]:
    """The rows of a side; what an earlier row has said stands there once.

    A line more for each row in turn, as long as there is room.
    """
    told = _told(steps, starts, words)
    titles = [words.plain_told(step.title) for step in steps]
    lines = [1] * len(steps)

    def row(place: int, most: int) -> list[str]:
        letters = ROOM.values()
        cells = zip(told[place], letters, strict=True)
        return [shortened(text, most * letter) for text, letter in cells]

    def high(place: int, most: int) -> int:
        """How many lines a row takes, about."""
        texts = [titles[place], *row(place, most)]
        letters = (TITLE, *ROOM.values())
        return max(len(wrap(a, b)) for a, b in zip(texts, letters, strict=True))

    heights = [high(place, 1) for place in range(len(steps))]
    for most in range(2, LONGEST + 1):
        for place in range(len(steps)):
            longer = high(place, most)
            if sum(heights) - heights[place] + longer <= LINES:
                heights[place], lines[place] = longer, most
    made = []
    for place, step in enumerate(steps):
        time = f"<b>{_when(step, starts[step.id], words)}</b> ({step.minutes:g})"
        cells = map(words.escaped, row(place, lines[place]))
        made.append([time, f"<b>{words.escaped(titles[place])}</b>", *cells])
    return made


def _told(
    steps: Sequence[Step], starts: dict[str, float], words: Words
) -> list[list[str]]:
    """What each row says in full, or an arrow to the row that has said it."""
    made: list[list[str]] = []
    seen: dict[tuple[str, str], str] = {}
    for step in steps:
        when = _when(step, starts[step.id], words)
        cells = []
        for key in ROOM:
            text = getattr(step.guide, key)
            if text and (key, text) in seen:
                cells.append(f"→ {seen[key, text]}")
                continue
            if not step.optional:
                seen[key, text] = when
            cells.append(words.plain_told(text))
        made.append(cells)
    return made


def _when(step: Step, start: float, words: Words) -> str:
    """When a step begins; one that takes no minutes is played before the start."""
    if step.optional:
        return OPTIONAL
    return clock(start) if step.minutes else words("run.before")


def clock(minute: float) -> str:
    """Hours and minutes since the start: "1:05"."""
    hours, minutes = divmod(round(minute), 60)
    return f"{hours}:{minutes:02}"


def shortened(text: str, room: int) -> str:
    """The first sentences of a text that there is room for, and if few, a bit more."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?]) ", text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) <= room:
            kept = longer
        elif len(kept) > room / 2:
            return kept
        else:
            return longer[:room].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return kept


def _sum(deck: Deck, words: Words) -> str:
    optional = sum(step.minutes for step in deck.steps if step.optional)
    return words(
        "run.sum",
        steps=f"{deck.minutes - deck.slack:g}",
        slack=f"{deck.slack:g}",
        optional=f"{optional:g}",
        minutes=f"{deck.minutes:g}",
    )


def overview(decks: Sequence[Deck], words: Words) -> str:
    """All evenings as tables for the guide: from when, how long, and what."""
    made = ""
    for deck in decks:
        rows = [
            [
                _when(step, start, words),
                f"{step.minutes:g}",
                words.told(step.title)
                + (f" ({words('run.lesson', n=step.lesson)})" if step.lesson else ""),
            ]
            for step, start in zip(deck.steps, _starts(deck), strict=True)
        ]
        heads = [words(f"run.{key}") for key in ("time", "minutes", "what")]
        made += f"<h3>{words.told(deck.title)}</h3>{table('evening', heads, rows)}"
        made += f"<p>{_sum(deck, words)}</p>"
    return made
