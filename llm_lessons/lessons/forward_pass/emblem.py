"""The picture of the machine as a strip: tokens are columns, layers are rows.

Drawn from the same numbers as the large one (the widget `Machine`), as an SVG that
stands still: so it can be used in a lesson, on a page and on paper.
"""

import html

import numpy as np

from llm_lessons import figures, pieces
from llm_lessons.checks import checked
from llm_lessons.figures import Drawing
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import inside

HEIGHT = 60  # pixels
LEAST = 0.03  # a look below it is not drawn
_TOP, _BOTTOM = 5, 55  # heights of the last and the first step
_PITCH, _LEFT, _BARS = 15, 8, 60  # widths of a column, of the edge, of all chance


@checked(last=1)
def emblem(lm: LanguageModel, text: str, last: int | None = None) -> Drawing:
    """Draw the machine at work on a text, as a strip 60 pixels high.

    Orange is where the last token looks, all heads of a layer together; green stands
    for what the layers add; blue is the chance of the favourite, if the model stopped
    there.

    Args:
        last: draw the columns of so many tokens at the end of the text; None draws all.
            Looks at those before them come in at the left edge, as one line a layer.

    Raises:
        ValueError: the text is empty or too long.
    """
    found = inside.read(lm, text)
    layers, _, count, _ = found.looks.shape
    unseen = 0 if last is None else max(0, count - last)
    x = _LEFT + _PITCH * np.arange(count - unseen)
    y = np.linspace(_BOTTOM, _TOP, layers + 1)
    bars = x[-1] + 12
    parts = [
        *(_stream(at, at == x[-1]) for at in x),
        *_arcs(found.looks[:, :, -1].mean(axis=1), x, y),
        *(_square(a, b) for b in y for a in x),
        *(
            _bar(bars, b, chance)
            for b, chance in zip(y, found.chances[-1], strict=True)
        ),
    ]
    favourite = pieces.seen(lm.tokenizer, int(found.answers[-1]))
    columns = f"{count} tokens" if not unseen else f"the last {count - unseen} tokens"
    alt = (
        f"The machine at work on “{text}”: {columns} as columns, {layers} layers "
        "as rows, lines from the last token back to those that it looks at, and a bar "
        f"beside each row. In the end the favourite is “{favourite}”, with "
        f"{100 * found.chances[-1, -1]:.0f}\u00a0%."
    )
    width = bars + _BARS + 4
    words = html.escape(alt, quote=True)
    svg = (
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {width} {HEIGHT}" '
        f'style="width: {width}px; max-width: 100%; height: auto" fill="none" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{words}</title>{"".join(parts)}'
        "</svg>"
    )
    return Drawing(svg, alt)


def _stream(x: float, is_last: bool) -> str:
    opacity = 0.7 if is_last else 0.25
    path = f"M{x} {_BOTTOM}V{_TOP}"
    return f'<path d="{path}" stroke="currentColor" stroke-opacity="{opacity}"/>'


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
            paths.append(_line(f"M0 {high:.1f}H{x[-1]}", afar))
        for at, weight in zip(x, look[unseen:], strict=True):
            if weight >= LEAST:
                way = f"Q{at} {high:.1f} {at + 5} {high:.1f}H{x[-1]}"
                path = f"M{at} {low:.1f}" + (way if at < x[-1] else f"V{high:.1f}")
                paths.append(_line(path, weight))
    return paths


def _line(path: str, weight: float) -> str:
    return (
        f'<path d="{path}" stroke="{figures.CONTEXT}" stroke-opacity="0.8" '
        f'stroke-width="{0.3 + 4.5 * weight:.2f}"/>'
    )


def _square(x: float, y: float) -> str:
    corner = f'x="{x - 1.5}" y="{y - 1.5:.1f}"'
    return f'<rect {corner} width="3" height="3" fill="{figures.WEIGHTS}"/>'


def _bar(x: float, y: float, chance: float) -> str:
    size = f'width="{_BARS * chance:.2f}" height="4"'
    return f'<rect x="{x}" y="{y - 2:.1f}" {size} fill="{figures.CHANCE}"/>'
