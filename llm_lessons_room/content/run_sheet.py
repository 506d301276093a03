"""What a leader holds: the run sheet, by the minute, and one page to begin with."""

from collections.abc import Sequence
from textwrap import wrap

from llm_lessons.pages.kit.words import TONIGHT, Words
from llm_lessons.pages.places import filled, table
from llm_lessons_room.content.decks import Deck
from llm_lessons_room.parts.plan import OPTIONAL, Planned

COLUMNS = ("time", "what", "say", "do", "late")
ROOM = {"say": 40, "do": 40, "late": 20}  # letters on a line, about
TITLE = 15  # letters of a title on a line, about
LINES = 78  # on a side of paper, about


def run_sheet(deck: Deck, words: Words) -> list[str]:
    """As many sides of paper as it takes to say all of it.

    What an earlier row of the same side says stands there once. What phones do stands
    on them, and on the leader's own page.
    """
    starts = _starts(deck)
    parts = _parts(deck.steps, starts, words)
    title = words("run.title", title=words.translate(deck.title))
    heads = [words(f"run.{key}") for key in COLUMNS]
    sides = []
    for number, steps in enumerate(parts, 1):
        of = f" · {number}/{len(parts)}" if len(parts) > 1 else ""
        rows = _rows(steps, starts, words)
        sides.append(f"<h1>{title}{of}</h1>{table('run', heads, rows)}")
    sides[-1] += f'<p class="keep">{_totals(deck, words)} {words("run.arrow")}</p>'
    threes = [words(f"run.threes_{number}") for number in (1, 2, 3)]
    sides[-1] += f'<p class="keep"><b>{words("run.threes")}.</b> {" ".join(threes)}</p>'
    return sides


def _parts(
    steps: Sequence[Planned], starts: dict[str, float], words: Words
) -> list[list[Planned]]:
    parts: list[list[Planned]] = [[]]
    for step in steps:
        if parts[-1] and _lines([*parts[-1], step], starts, words) > LINES:
            parts.append([])
        parts[-1].append(step)
    return parts


def _lines(steps: Sequence[Planned], starts: dict[str, float], words: Words) -> int:
    """How many lines the rows of a side take, about."""
    letters = (TITLE, *ROOM.values())
    rows = zip(steps, _cells(steps, starts, words), strict=True)
    return sum(
        max(
            len(wrap(text, most))
            for text, most in zip(
                (words.translate(step.title), *cells), letters, strict=True
            )
        )
        for step, cells in rows
    )


def _starts(deck: Deck) -> dict[str, float]:
    """The minute in which each step begins, by its id; what is optional takes none."""
    starts, now = {}, 0.0
    for step in deck.steps:
        starts[step.id] = now
        now += 0 if step.optional else step.minutes
    return starts


def _rows(
    steps: Sequence[Planned], starts: dict[str, float], words: Words
) -> list[list[str]]:
    rows = []
    for step, cells in zip(steps, _cells(steps, starts, words), strict=True):
        time = f"<b>{_start_text(step, starts[step.id], words)}</b> ({step.minutes:g})"
        title = f"<b>{words.told(step.title)}</b>"
        rows.append([time, title, *map(words.escaped, cells)])
    return rows


def _cells(
    steps: Sequence[Planned], starts: dict[str, float], words: Words
) -> list[list[str]]:
    """What each row says in full, or an arrow to the row that has said it."""
    rows: list[list[str]] = []
    before: dict[tuple[str, str], str] = {}
    for step in steps:
        when = _start_text(step, starts[step.id], words)
        cells = []
        for key in ROOM:
            text = getattr(step.guide, key)
            if text and (key, text) in before:
                cells.append(f"→ {before[key, text]}")
                continue
            if not step.optional:
                before[key, text] = when
            cells.append(words.translate(text))
        rows.append(cells)
    return rows


def _start_text(step: Planned, start: float, words: Words) -> str:
    """When a step begins; one that takes no minutes is played before the start."""
    if step.optional:
        return OPTIONAL
    return clock(start) if step.minutes else words("run.before")


def clock(minute: float) -> str:
    """Hours and minutes since the start: "1:05"."""
    hours, minutes = divmod(round(minute), 60)
    return f"{hours}:{minutes:02}"


def _totals(deck: Deck, words: Words) -> str:
    optional = sum(step.minutes for step in deck.steps if step.optional)
    return words(
        "run.sum",
        steps=f"{deck.minutes - deck.slack:g}",
        slack=f"{deck.slack:g}",
        optional=f"{optional:g}",
        minutes=f"{deck.minutes:g}",
    )


def tonight(deck: Deck, words: Words, slides: str) -> str:
    """One side for who leads: how to begin, the order, and what to do if it fails."""
    places = {"order": lambda: _order(deck, words), "slides": lambda: slides}
    return filled(words.markdown(TONIGHT), places)


def _order(deck: Deck, words: Words) -> str:
    starts = _starts(deck)
    rows = "".join(
        f"<li><b>{_start_text(step, starts[step.id], words)}</b> "
        f"{words.told(step.title)}</li>"
        for step in deck.steps
    )
    return f'<ol class="order">{rows}</ol><p>{_totals(deck, words)}</p>'
