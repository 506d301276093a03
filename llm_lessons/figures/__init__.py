"""Figures for everybody: one style, a text alternative, light and dark pages, print.

A figure is shown as inline SVG, because neither an image's alternative text nor the
metadata of `display` reaches a notebook's page. Letters are drawn as outlines: they
look the same on every machine and on paper; the text alternative carries the words.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from operator import itemgetter
from typing import Any, Protocol

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons.figures.labels import LABEL, MARK
from llm_lessons.figures.svg import COLORS, INK, in_lines, to_svg
from llm_lessons.foundation import face
from llm_lessons.foundation.checks import one_of

# What a colour means says `web/face/colours.css`.
CHANCE, CONTEXT, WEIGHTS, WRONG, SAID, _ = COLORS
RIGHT = WEIGHTS  # never told by its colour alone
NEUTRAL = "#808080"  # what those are held against, or is cut; on dark pages, too
# Models side by side, Fjord first: colour and marker.
MODELS = ((CHANCE, "o"), (NEUTRAL, "s"), (INK, "D"), (INK, "^"))
# Inches, of 72 points: what a phone has, with letters of their full size.
WIDTH = 4.9

_STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.labelsize": 12,
    "axes.prop_cycle": cycler(color=COLORS[:4], linestyle=["-", "--", "-.", ":"]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 13.5,
    "axes.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.figsize": (WIDTH, 3.6),
    # Signs that our letters have not are taken from those that come with matplotlib.
    "font.family": [face.LETTERS, "DejaVu Sans"],
    "font.size": 12,
    "grid.alpha": 0.15,
    "grid.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
}


for _letters in face.letters():
    font_manager.fontManager.addfont(_letters)


def style() -> AbstractContextManager[None]:
    """The series' look: `with ll.figures.style(): fig, ax = plt.subplots()`.

    Lines differ in colour and dash; name each one beside it, with `ax.annotate` or
    `ax.text`, rather than in a legend.
    """
    return mpl.rc_context(_STYLE)


class _Measured(Protocol):
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class _Sample(Protocol):
    @property
    def share(self) -> float: ...
    @property
    def n(self) -> int: ...


def draw_shares(
    ax: Axes,
    x: Sequence[float],
    shares: Sequence[_Measured],
    color: str,
    marker: str,
    hollow: bool = False,
) -> None:
    """Draw measured shares as one curve with its intervals, on an axis of percent.

    Args:
        hollow: whether it is the second one of its colour.
    """
    look: dict[str, Any] = {"color": color, "marker": marker, "capsize": 3}
    look["markerfacecolor"] = "none" if hollow else color
    ax.errorbar(x, [share.value for share in shares], whiskers(shares), **look)
    ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    tell_intervals(ax)


def draw_share_rows(
    ax: Axes, y: Sequence[float], shares: Sequence[_Measured], color: str, marker: str
) -> None:
    """Draw measured shares as points with their intervals, one in each row."""
    x = [share.value for share in shares]
    look: dict[str, Any] = {"color": color, "marker": marker, "capsize": 3}
    ax.errorbar(x, y, xerr=whiskers(shares), linestyle="none", **look)
    ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    tell_intervals(ax)


def whiskers(measured: Sequence[_Measured]) -> tuple[list[float], list[float]]:
    """How far the intervals of what was measured reach below and above it."""
    # not below zero, which the last digit of a share of 1 can be
    below = [max(0.0, interval.value - interval.low) for interval in measured]
    above = [max(0.0, interval.high - interval.value) for interval in measured]
    return below, above


def tell_intervals(ax: Axes, drawn: str = "thin lines") -> None:
    """Say below a figure what its intervals are; the glossary says more.

    Args:
        drawn: as what they are drawn.
    """
    words = f"{drawn}: where the true value likely lies (95 %)"
    ax.figure.supxlabel(words, x=0.01, ha="left", fontsize=10)


def name_ends(
    ax: Axes, x: float, ends: Sequence[tuple[str, float, str]], room: float
) -> None:
    """Name curves at their right ends, no name on top of another or off the axis.

    The axis has its limits already.

    Args:
        x: where the curves end.
        ends: the name of each, how high it ends, and its colour.
        room: the height that a name takes, in the units of the axis.
    """
    names = sorted(ends, key=itemgetter(1))
    heights = _apart([end for _, end, _ in names], room, ax.get_ylim())
    look: dict[str, Any] = {"va": "center", "annotation_clip": False, "label": ""}
    for (name, _, color), y in zip(names, heights, strict=True):
        write_beside(ax, name, (x, y), (10, 0), color=color, weight="bold", **look)


def write_beside(
    ax: Axes, words: str, place: tuple[float, float], by: tuple[float, float], **look
) -> None:
    """Write words so many points to the right of a place, and above it.

    Where they would lie on something, they move a little when the figure is shown.
    """
    with style():  # its letters, whoever asks
        look = {"label": LABEL, **look}
        ax.annotate(words, place, by, textcoords="offset points", **look)


def set_title(fig: Figure, title: str) -> None:
    """Say above a whole figure, from its left edge on, what it shows.

    A line that is wider than the figure becomes two.
    """
    words = fig.suptitle("", x=0.01, ha="left", weight="bold", size=12.5)

    def fitting(line: str) -> str:
        words.set_text(line)
        is_wide = words.get_window_extent().width > 0.98 * fig.bbox.width
        return in_lines(line, 2) if is_wide else line

    words.set_text("\n".join(map(fitting, title.split("\n"))))


def _apart(
    heights: Sequence[float], room: float, limits: tuple[float, float]
) -> list[float]:
    """Heights for names, `room` apart and within the limits; as given, where it goes.

    Args:
        heights: where they would be best, from the lowest.
        room: the height of a name.
        limits: of the axis; where it is too short for all, the lowest stand below it.
    """
    low, high = min(limits) + room / 2, max(limits) - room / 2
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + room if found else low))
    for i in reversed(range(len(found))):
        found[i] = min(found[i], found[i + 1] - room if i + 1 < len(found) else high)
    return found


def draw_guess(
    ax: Axes, x: Sequence[float], y: Sequence[float], found: tuple[float, float]
) -> None:
    """Mark what somebody said before the measurement, and how far it is from that.

    Args:
        x, y: of one point, or of a curve's, from left to right.
        found: what was measured in the place of the first of them.
    """
    look: dict[str, Any] = {"color": SAID, "zorder": 4, "clip_on": False}
    ax.plot([x[0], found[0]], [y[0], found[1]], ":", **look)
    ax.plot(x, y, "D--", markersize=8, **look)
    left, right = ax.get_xlim()
    share = (x[0] - left) / (right - left)
    side = "left" if share < 0.1 else "right" if share > 0.9 else "center"
    look = {"ha": side, "weight": "bold", "zorder": 5, "label": MARK}
    write_beside(ax, "you said", (x[0], y[0]), (0, 9), **look)


def draw_yours(ax: Axes, place: float, yours: _Sample, across: bool = False) -> None:
    """Mark a learner's own sample in a figure, with its count.

    Args:
        place: on the axis that is none of percent.
        across: whether the shares go from left to right, a row each.
    """
    x, y = (yours.share, place) if across else (place, yours.share)
    ax.plot([x], [y], "*", color=INK, markersize=13, zorder=5, clip_on=False)
    left, right = ax.get_xlim()
    low, high = sorted(ax.get_ylim())
    share = (x - left) / (right - left)
    above = 9 if (y - low) / (high - low) < 0.5 else -18
    side = "left" if share < 0.2 else "right" if share > 0.8 else "center"
    look = {"ha": side, "weight": "bold", "zorder": 5, "label": MARK}
    write_beside(ax, f"yours: {_counted(yours)}", (x, y), (0, above), **look)


def yours_in_words(yours: _Sample | None) -> str:
    """The same in a text alternative: a sentence to add, or nothing."""
    return f" Yours: {_counted(yours)}." if yours else ""


def _counted(yours: _Sample) -> str:
    return f"{round(yours.share * yours.n)} of {yours.n}"


class Drawing:
    """What a notebook displays: an inline SVG, or its text where pages have none."""

    def __init__(self, svg: str, alt: str):
        self.svg, self.alt = svg, alt

    def __repr__(self) -> str:
        return f"[Figure: {self.alt}]"

    def _repr_html_(self) -> str:
        return self.svg


def show(fig: Figure, *, alt: str) -> None:
    """Display a figure with a text alternative, and close it.

    Args:
        fig: the figure; black and white follow the page's theme.
        alt: what the figure shows, for people who do not see it: its kind, its axes and
            what there is to notice, in a sentence or two.

    Raises:
        ValueError: `alt` is empty.
    """
    one_of("fig", fig, (Figure,), "a figure, such as plt.subplots() makes")
    svg = to_svg(fig, alt=alt)
    plt.close(fig)
    display(Drawing(svg, alt))
