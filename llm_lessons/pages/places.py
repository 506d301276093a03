"""Marked places in the words of a sheet, and what a pencil needs: `{{ lines 2 }}`.

A place has a name and values; a value with spaces stands in "quotes". Besides, `[ ]`
is a box to tick, and `____` a gap to write into. What a place shows that the model has
to be asked for is in `from_text` and `from_questions`.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from llm_lessons.foundation.languages import Translate, english
from llm_lessons.lessons.training import by_hand
from llm_lessons.pages.markup import rendered
from llm_lessons.text.pieces import visible

type Places = Mapping[str, Callable[..., str]]

_PLACE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_VALUE = re.compile(r'"([^"]*)"|(\S+)')
_MARK = re.compile(r"<p>\s*(plc\d+plc)\s*</p>|(plc\d+plc)")
_BLOCK = re.compile(r"<(?:div|figure|ol|p|table|svg)\b")  # it needs no paragraph
_GAP = re.compile(r"_{3,}")
TICK, GRID = "box to tick", "An empty grid from 0 to 100 %"
NOTES = ("What I saw:", "What I wonder now:")
SHARES = "At temperature {t}: {shares}."
SENTENCES = (TICK, GRID, *NOTES, SHARES)
PERCENT = 100
LINE = 8  # mm from line to line
_ROOMY = 4  # times as many lines as asked for, at most, where there is room


class BadPlace(ValueError):
    """A marked place that says something nobody can show."""


def filled(markdown: str, places: Places, translate: Translate = english) -> str:
    """Markdown as HTML, with every marked place filled.

    Raises:
        BadPlace: a place has no such name, or its values don't fit; says which.
    """
    made: list[str] = []

    def kept(piece: str) -> str:
        made.append(piece)
        return f"plc{len(made) - 1}plc"

    def place(found: re.Match[str]) -> str:
        return kept(_shown(" ".join(found[1].split()), places))

    text = _PLACE.sub(place, markdown)
    text = _GAP.sub(lambda gap: kept(gap_of(len(gap[0]))), text)
    text = re.sub(r"\[ \](?=\s)", lambda _: kept(box(translate)), text)

    def back(found: re.Match[str]) -> str:
        piece = made[int((found[1] or found[2]).strip("plc"))]
        return piece if found[2] or _BLOCK.match(piece) else f"<p>{piece}</p>"

    return _MARK.sub(back, rendered(text))


def _shown(place: str, places: Places) -> str:
    name, _, rest = place.partition(" ")
    if name not in places:
        known = ", ".join(sorted(places))
        raise BadPlace(f"{{{{ {place} }}}} has no such name; there are {known}.")
    values = [quoted or bare for quoted, bare in _VALUE.findall(rest)]
    try:
        return places[name](*values)
    except (TypeError, ValueError, LookupError) as error:
        raise BadPlace(f"{{{{ {place} }}}} can't be filled: {error}") from error


def box(translate: Translate = english) -> str:
    return f'<span class="tick" role="img" aria-label="{translate(TICK)}"></span>'


def gap_of(letters: int) -> str:
    """A gap to write into, as wide as so many letters."""
    return f'<span class="gap" style="width: {letters * 0.52:.1f}em"></span>'


def lines(count: str = "2") -> str:
    """Lines to write on; where the side has more room, they get it."""
    # a picture cuts off the lines that don't fit; on paper, a box does not
    drawn = "".join(
        f'<line x2="100%" y1="{LINE * n - 0.2:.1f}mm" y2="{LINE * n - 0.2:.1f}mm"/>'
        for n in range(1, int(count) * _ROOMY + 1)
    )
    return (
        f'<div class="lines" style="--n: {int(count)}">'
        f'<svg aria-hidden="true">{drawn}</svg></div>'
    )


def saw(translate: Translate) -> str:
    """Where people note what they saw when they tried it."""
    return "".join(
        f'<div class="saw"><b>{translate(note)}</b>{lines("1")}</div>' for note in NOTES
    )


def table(kind: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of HTML cells; the first of a row is its heading, if it has words."""

    def heading(text: str, scope: str) -> str:
        return f'<th scope="{scope}">{text}</th>' if text else "<td></td>"

    head = "".join(heading(text, "col") for text in heads)
    body = "".join(
        f"<tr>{heading(first, 'row')}{''.join(f'<td>{it}</td>' for it in more)}</tr>"
        for first, *more in rows
    )
    above = f"<thead><tr>{head}</tr></thead>" if heads else ""
    return f'<table class="{kind}">{above}<tbody>{body}</tbody></table>'


def shown(text: str) -> str:
    """A piece of text whose spaces are seen, as HTML."""
    return html.escape(visible(text))


def letters(text: str) -> str:
    """A text in large letters with room for a pencil between them."""
    cells = "".join(f"<span>{shown(letter)}</span>" for letter in text)
    return f'<p class="letters">{cells}</p>'


def grid(translate: Translate, *values: str) -> str:
    """Empty panels to draw into: names of the bars, a colon, titles of the panels."""
    cut = values.index(":") if ":" in values else 0
    bars, titles = values[:cut], values[cut + 1 :]
    if not (bars and titles):
        raise ValueError("a grid has names of bars, a colon, and titles of panels.")
    panels = "".join(_panel(title, bars, translate(GRID)) for title in titles)
    return f'<div class="panels">{panels}</div>'


def _panel(title: str, bars: tuple[str, ...], alt: str) -> str:
    wide, high, left, top = 55, 44, 9, 2
    step = (wide - left) / len(bars)
    rows = "".join(
        f'<path d="M{left} {y:.2f}H{wide}"/>'
        f'<text x="{left - 1}" y="{y + 1:.2f}" text-anchor="end">{share}</text>'
        for share in range(0, 101, 25)
        for y in [top + high * (1 - share / PERCENT)]
    )
    names = "".join(
        f'<text x="{left + step * (place + 0.5):.2f}" y="{top + high + 4}" '
        f'text-anchor="middle">{html.escape(name)}</text>'
        for place, name in enumerate(bars)
    )
    return (
        f"<figure><figcaption>{html.escape(title)}</figcaption>"
        f'<svg viewBox="0 0 {wide} {top + high + 5}" role="img" '
        f'aria-label="{alt}">'
        f'<g class="rule">{rows}</g>{names}</svg></figure>'
    )


def doubled(translate: Translate, words: str, *temperatures: str) -> str:
    """The shares of words whose scores are doubled point by point, at temperatures.

    Args:
        words: "house 6, small 3": each with its score.
    """
    pairs = [word.strip().rsplit(" ", 1) for word in words.split(",")]
    scores = {name: float(score) for name, score in pairs}
    said = []
    for heat in map(float, temperatures):
        best = max(scores.values())
        shares = {
            name: 2 ** (score / heat) if heat else float(score == best)
            for name, score in scores.items()
        }
        whole = sum(shares.values())
        each = ", ".join(
            f"{html.escape(name)} {PERCENT * share / whole:.0f} %"
            for name, share in shares.items()
        )
        said.append(translate(SHARES).format(t=f"{heat:g}", shares=each))
    return " ".join(said)


def rounds(came: str, knobs: str, size: str, most: str) -> str:
    """A training by hand: where the knobs stand in its rounds, and the surprise there.

    Args:
        came: "4 2 1": how often each word comes.
        knobs: "1 6 1": where they begin.
        size: steps of a knob for a slope of one.
        most: rounds that are told of.
    """
    counts, begun = ([*map(int, part.split())] for part in (came, knobs))
    history = by_hand.rounds(counts, begun, float(size))[: int(most)]
    return "; ".join(
        f"knobs {', '.join(map(str, place.knobs))}, surprise {place.bits:.2f} bits"
        for place in history
    )


def rests(came: str, size: str) -> str:
    """From how many settings of their knobs such trainings come to rest."""
    return str(by_hand.at_rest([*map(int, came.split())], float(size))[0])


def methods_of(*objects: object) -> dict[str, Callable[..., str]]:
    """The places that objects fill: their methods, by name."""
    return {
        name: getattr(thing, name)
        for thing in objects
        for name in vars(type(thing))
        if not name.startswith("_")
    }


def blank(translate: Translate = english) -> dict[str, Callable[..., Any]]:
    """The places that need no model, by their names."""
    told = {place.__name__: partial(place, translate) for place in (saw, grid, doubled)}
    return told | {place.__name__: place for place in (lines, letters, rounds, rests)}
