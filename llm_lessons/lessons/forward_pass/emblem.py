"""The picture of the machine as a strip: tokens are columns, layers are rows.

Drawn from the same numbers as the large one (the widget `Machine`), as an SVG that
stands still: so it can be used in a lesson, on a page and on paper.
"""

import html
import math

import numpy as np

from llm_lessons import figures
from llm_lessons.figures import Drawing
from llm_lessons.figures.svg import for_pages
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.languages import translated
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import inside
from llm_lessons.text import pieces

LEAST = 0.03  # a look below it is not drawn
LETTERS, LEGEND, LINE = 8.5, 9.5, 14  # points: of a token, of the legend, a line of it
LONGEST = 12  # letters of a token that are written
_WIDE = 0.62 * LETTERS  # a letter, on average, to be on the safe side
_TOP, _BOTTOM = 6, 90  # heights of the last and the first step
_PITCH, _LEFT, _BARS = 24, 8, 60  # widths of a column, of the edge, of all chance
_ROOM = 72 * figures.WIDTH - _LEFT - _BARS - 16  # width of all columns, at the most


@checked(last=1)
def emblem(lm: LanguageModel, text: str, last: int | None = None) -> Drawing:
    """Draw the machine at work on a text, as a strip as wide as a figure.

    Orange is where the last token looks, all heads of a layer together; green stands
    for what the layers add; blue is the chance of the favourite, if the model stopped
    there. A legend says so, and each token stands below its column, where columns are
    as wide as a line; else every second or third one.

    Args:
        last: draw the columns of so many tokens at the end of the text; None draws all.
            Looks at those before them come in at the left edge, as one line a layer.

    Raises:
        ValueError: the text is empty or too long.
    """
    found = inside.read(lm, text)
    layers, _, count, _ = found.looks.shape
    unseen = 0 if last is None else max(0, count - last)
    pitch = min(_PITCH, _ROOM / (count - unseen))
    x = _LEFT + pitch * np.arange(count - unseen)
    y = np.linspace(_BOTTOM, _TOP, layers + 1)
    bars = x[-1] + 12
    parts = [
        *(_stream(at, at == x[-1]) for at in x),
        *_arcs(found.looks[:, :, -1].mean(axis=1), x, y),
        *(_square(a, b, min(6, 0.75 * pitch)) for b in y for a in x),
        *(
            _bar(bars, b, chance)
            for b, chance in zip(y, found.chances[-1], strict=True)
        ),
    ]
    favourite = pieces.seen(lm.tokenizer, int(found.answers[-1]))
    names = [pieces.seen(lm.tokenizer, token) for token in found.tokens]
    names = ["⟨start⟩", *names[1:]][unseen:]
    every = math.ceil(LETTERS / pitch)
    written = [*zip(x, names, strict=True)][::-every]
    parts += [_name(at, name) for at, name in written]
    foot = _BOTTOM + 12 + _WIDE * max(min(LONGEST, len(name)) for _, name in written)
    legend = _legend(favourite, found.chances[-1, -1], every)
    parts += [_told(foot + LINE * i, *row) for i, row in enumerate(legend, 1)]
    columns = f"{count} tokens" if not unseen else f"the last {count - unseen} tokens"
    alt = _in_words(text, columns, layers, favourite, found.chances[-1, -1])
    width = f"{72 * figures.WIDTH:.1f}"  # of two pictures a column is as wide
    height = f"{foot + LINE * len(legend) + 5:.1f}"
    size = f'viewBox="0 0 {width} {height}" width="{width}pt"'
    return Drawing(for_pages(f"<svg {size}>{''.join(parts)}</svg>", alt), alt)


def _name(x: float, name: str) -> str:
    """A token upright below its column, read from below."""
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    turned = f"translate({x + 0.35 * LETTERS:.1f} {_BOTTOM + 8}) rotate(-90)"
    look = f'transform="{turned}" text-anchor="end" font-size="{LETTERS}"'
    return f"<text {look}>{html.escape(short)}</text>"


def _legend(favourite: str, chance: float, every: int) -> list[tuple[str, str]]:
    """What the marks mean: a line each, behind its mark."""
    green, orange, blue = figures.WEIGHTS, figures.CONTEXT, figures.CHANCE
    found = [
        (f'<rect y="-6" width="6" height="6" fill="{green}"/>', "what a layer adds"),
        (
            f'<path d="M-4 -3H10" stroke="{orange}" stroke-width="2.5"/>',
            "where the last token looks; the thicker, the more",
        ),
        (
            f'<rect x="-4" y="-6" width="14" height="6" fill="{blue}"/>',
            "chance of the favourite, row by row; at the top "
            f"“{favourite}” with {100 * chance:.0f}\u00a0%",
        ),
    ]
    often = {2: "second", 3: "third"}.get(every, f"{every}th")
    return [*found, ("", f"every {often} token is written")] if every > 1 else found


def _told(y: float, mark: str, words: str) -> str:
    text = html.escape(translated(words))
    place = f'transform="translate({_LEFT} {y:.1f})"'
    return f'<g {place}>{mark}<text x="16" font-size="{LEGEND}">{text}</text></g>'


def _in_words(
    text: str, columns: str, layers: int, favourite: str, chance: float
) -> str:
    return (
        f"The machine at work on “{text}”: {columns} as columns, {layers} layers "
        "as rows, lines from the last token back to those that it looks at, and a bar "
        f"beside each row. In the end the favourite is “{favourite}”, with "
        f"{100 * chance:.0f}\u00a0%."
    )


def _stream(x: float, is_last: bool) -> str:
    opacity = 0.7 if is_last else 0.25
    path = f"M{x:.1f} {_BOTTOM}V{_TOP}"
    look = f'fill="none" stroke="currentColor" stroke-opacity="{opacity}"'
    return f'<path d="{path}" {look}/>'


def _arcs(looks: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[str]:
    """A line for each look, from the stream of the token to that of the last one.

    Args:
        looks: of the last token at each, [layers tokens].
        x: places of the last tokens. Those before them lie over the left edge.
    """
    paths = []
    unseen = looks.shape[1] - len(x)
    for layer, look in enumerate(looks):
        low, high = y[layer], (y[layer] + y[layer + 1]) / 2
        afar = look[:unseen].sum()
        if afar >= LEAST:
            paths.append(_line(f"M0 {high:.1f}H{x[-1]:.1f}", afar))
        for at, weight in zip(x, look[unseen:], strict=True):
            if weight >= LEAST:
                way = f"Q{at:.1f} {high:.1f} {at + 5:.1f} {high:.1f}H{x[-1]:.1f}"
                path = f"M{at:.1f} {low:.1f}" + (way if at < x[-1] else f"V{high:.1f}")
                paths.append(_line(path, weight))
    return paths


def _line(path: str, weight: float) -> str:
    return (
        f'<path fill="none" d="{path}" stroke="{figures.CONTEXT}" stroke-opacity="0.8" '
        f'stroke-width="{0.3 + 4.5 * weight:.2f}"/>'
    )


def _square(x: float, y: float, side: float) -> str:
    size = f'width="{side:.1f}" height="{side:.1f}"'
    corner = f'x="{x - side / 2:.1f}" y="{y - side / 2:.1f}"'
    return f'<rect class="add" {corner} {size} fill="{figures.WEIGHTS}"/>'


def _bar(x: float, y: float, chance: float) -> str:
    size = f'width="{_BARS * chance:.2f}" height="6"'
    return f'<rect x="{x:.1f}" y="{y - 3:.1f}" {size} fill="{figures.CHANCE}"/>'
