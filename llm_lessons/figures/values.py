"""What a mark of a figure stands for, in words that show when one points at it.

Matplotlib draws the marks; here each gets the SVG's own `<title>`: "16: 45 %, 38 to
52 %". Nobody has to name a value for it: it is read off the figure's axes.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedFormatter, FuncFormatter, PercentFormatter

_GROUP = "ll-marks-"

type Values = dict[str, list[str]]
type Spans = dict[int, str]


def name_marks(fig: Figure) -> Values:
    """Give an id to each line of marks and to each bar; returns their words by id."""
    values: Values = {}
    for ax in fig.axes:
        for artist, words in [*_lines(ax), *_bars(ax)]:
            name = f"{_GROUP}{len(values)}"
            artist.set_gid(name)
            values[name] = words
    return values


def with_values(svg: str, values: Values) -> str:
    """Write the words of each mark into the drawing, where all of them are drawn."""
    for name, words in values.items():
        begin = svg.find(f'<g id="{name}">')
        if begin < 0:
            continue
        end = _end_of(svg, begin)
        group = svg[begin:end]
        mark = r"<use\b[^>]*/>" if "<use" in group else r"<path\b[^>]*/>"
        between, marks = re.split(mark, group), re.findall(mark, group)
        if len(marks) != len(words):
            continue  # some lie outside of the picture: nobody knows which
        titled = [*map(_titled, marks, words), ""]
        group = "".join(a + b for a, b in zip(between, titled, strict=True))
        svg = svg[:begin] + group + svg[end:]
    return svg


def _titled(mark: str, words: str) -> str:
    kind = re.match(r"<(\w+)", mark)
    assert kind
    return f"{mark[:-2]}><title>{html.escape(words)}</title></{kind[1]}>"


def _end_of(svg: str, begin: int) -> int:
    """Where the group ends that begins there; groups stand within groups."""
    depth = 0
    for tag in re.compile(r"<g\b|</g>").finditer(svg, begin):
        depth += 1 if tag[0] == "<g" else -1
        if not depth:
            return tag.end()
    return len(svg)


def _lines(ax: Axes) -> Iterator[tuple[Line2D, list[str]]]:
    """All lines with marks, but for the caps of intervals."""
    spans: dict[Line2D, Spans] = {}
    caps: set[Line2D] = set()
    for container in ax.containers:
        if isinstance(container, ErrorbarContainer):
            line, ends, bars = container.lines
            caps.update(ends)
            if line is not None:
                spans[line] = _spans(ax, bars)
    for line in ax.lines:
        if line in caps or line.get_marker() in ("None", None, "", " "):
            continue
        own = spans.get(line, {})
        points: list[list[float]] = np.asarray(line.get_xydata(), float).tolist()
        words = [f"{_name(ax.xaxis, x)}: {_name(ax.yaxis, y)}" for x, y in points]
        if _has_names(ax.yaxis):
            words = [f"{_name(ax.yaxis, y)}: {_name(ax.xaxis, x)}" for x, y in points]
        yield line, [word + own.get(i, "") for i, word in enumerate(words)]


def _spans(ax: Axes, bars: Iterable[LineCollection]) -> Spans:
    """The interval of each point of a line, in words."""
    spans: Spans = {}
    for bar in bars:
        for i, ((x0, y0), (x1, y1)) in enumerate(bar.get_segments()):
            axis, low, high = (ax.yaxis, y0, y1) if x0 == x1 else (ax.xaxis, x0, x1)
            spans[i] = f", {_name(axis, low)} to {_name(axis, high)}"
    return spans


def _bars(ax: Axes) -> Iterator[tuple[Rectangle, list[str]]]:
    for container in ax.containers:
        if not isinstance(container, BarContainer):
            continue
        is_upright = container.orientation == "vertical"
        names, sizes = (ax.xaxis, ax.yaxis) if is_upright else (ax.yaxis, ax.xaxis)
        for bar in container.patches:
            x, y = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
            place, size = (x, bar.get_height()) if is_upright else (y, bar.get_width())
            yield bar, [f"{_name(names, place)}: {_name(sizes, size)}"]


def _name(axis: Axis, value: float) -> str:
    """A place on an axis as its ticks would name it."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, PercentFormatter):
        return f"{100 * value / formatter.xmax:.0f} %"
    named = _nearest(axis, value)
    return named or (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}")


def _nearest(axis: Axis, value: float) -> str:
    """The name of a row or a column, from which a mark may be moved a little."""
    if not _has_names(axis):
        return ""
    ticks = list(axis.get_majorticklocs())
    tick = min(ticks, key=lambda tick: abs(tick - value))
    return axis.get_major_formatter()(tick, ticks.index(tick))


def _has_names(axis: Axis) -> bool:
    """Whether the ticks are rows or columns with names, and no scale of numbers."""
    formatter = axis.get_major_formatter()
    if not isinstance(formatter, FixedFormatter | FuncFormatter):
        return False
    ticks = list(axis.get_majorticklocs())
    names = [formatter(tick, place) for place, tick in enumerate(ticks)]
    steps = {abs(after - before) for before, after in pairwise(ticks)}
    return bool(names) and steps <= {1.0} and names != [f"{tick:g}" for tick in ticks]
