"""The figure of the forms: rows of marks in two panels, for one or two models."""

from collections.abc import Mapping, Sequence

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share

type Marks = Mapping[str, Sequence[Share | None]]  # by kind, one a row

_LOOKS = (  # of the kinds of a panel: colour, marker, sign beside its name
    ("copied", "new words copied", figures.CONTEXT, "o", "●"),
    ("note", "the note wins", figures.CONTEXT, "o", "●"),
    ("weights", "the weights win", figures.WEIGHTS, "D", "◆"),
)
_APART = 0.17  # of a row, between two marks


def draw(
    title: str,
    rows: Sequence[str],
    copied: Sequence[Marks],
    won: Sequence[Marks],
) -> Figure:
    """Two panels with the same rows; the marks of a second model are hollow.

    Args:
        title: what was found.
        rows: their names, from the top.
        copied, won: for each model, the marks of the left and of the right panel.
    """
    with figures.style():
        fig, (left, right) = plt.subplots(
            1, 2, figsize=(6.4, 0.36 * len(rows) + 1.3), sharey=True
        )
        _panel(left, copied, "invented people")
        _panel(right, won, "well-known people")
        left.set_yticks([-row for row in range(len(rows))], rows)
        left.set_ylim(0.6 - len(rows), 0.6)
        fig.suptitle(title, x=0.01, ha="left", weight="bold", size=12)
        twin = "filled: Fjord; hollow: its twin\n" if len(copied) > 1 else ""
        figures.tell_intervals(left, f"{twin}thin lines")
    return fig


def _panel(ax: Axes, models: Sequence[Marks], title: str) -> None:
    kinds = [look for look in _LOOKS if look[0] in models[0]]
    places = len(kinds) * len(models)
    for k, (kind, name, color, marker, sign) in enumerate(kinds):
        ax.text(
            *(0, 1.10 - 0.055 * k),
            f"{sign} {name}",
            color=color,
            weight="bold",
            size=10,
            transform=ax.transAxes,
        )
        for m, marks in enumerate(models):
            place = k * len(models) + m
            shift = _APART * ((places - 1) / 2 - place)
            found = [(shift - y, one) for y, one in enumerate(marks[kind]) if one]
            shares = [one for _, one in found]
            ax.errorbar(
                [one.share for one in shares],
                [y for y, _ in found],
                xerr=figures.whiskers(shares),
                color=color,
                marker=marker,
                markersize=4.5,
                markerfacecolor="none" if m else color,
                elinewidth=1,
                linestyle="none",
            )
    ax.set_title(title, y=1.15, size=11)
    ax.set_xlim(-0.04, 1.04)
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    ax.set_xticks((0, 0.5, 1))
    ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
