"""Few cases, each counted and each drawn: a row of marks, one mark a case.

With eight or twelve cases a share in percent looks surer than it is. A count says what
it is: "5 of 8".
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from llm_lessons import figures


class Outcome(NamedTuple):
    """What a case can come to.

    Attributes:
        name: as it stands behind a number: "the note's".
        color, marker: of its marks; the marker tells it without the colour, too.
    """

    name: str
    color: str
    marker: str


RIGHT, WRONG, NEITHER = (
    (figures.RIGHT, "o"),
    (figures.WRONG, "X"),
    (figures.NEUTRAL, "|"),
)


def counted(cases: Sequence[int], outcome: int) -> str:
    """How many of the cases came to this outcome: "5 of 8"."""
    return f"{sum(case == outcome for case in cases)} of {len(cases)}"


def alt(
    title: str, rows: Mapping[str, Sequence[int]], outcomes: Sequence[Outcome]
) -> str:
    """The figure in words.

    Args:
        title: what was found.
        rows: for each row the outcomes of its cases, as places in `outcomes`.
        outcomes: what they can come to.
    """
    counts = (
        f"{name.replace('\n', ' ')}: "
        + ", ".join(
            f"{counted(cases, i)} {outcome.name}" for i, outcome in enumerate(outcomes)
        )
        for name, cases in rows.items()
    )
    return f"{title}. Rows of marks, one mark a case. {'; '.join(counts)}."


def figure(
    title: str, rows: Mapping[str, Sequence[int]], outcomes: Sequence[Outcome]
) -> Figure:
    """A row of marks for each name, those of one outcome side by side.

    Args:
        title: what was found.
        rows: for each row the outcomes of its cases, as places in `outcomes`.
        outcomes: what they can come to; they are named above the rows.
    """
    most = max(map(len, rows.values()))
    with figures.style():
        fig, ax = plt.subplots(figsize=(figures.WIDTH, 0.8 + 0.36 * len(rows)))
        for y, cases in enumerate(rows.values()):
            ordered = sorted(cases)
            for i, outcome in enumerate(outcomes):
                places = [x for x, case in enumerate(ordered) if case == i]
                ax.plot(places, [y] * len(places), **_look(outcome))
        names = ax.legend(
            handles=[
                Line2D([], [], label=each.name, **_look(each)) for each in outcomes
            ],
            loc="lower right",
            bbox_to_anchor=(1.02, 0.96),
            ncols=len(outcomes),
            fontsize=10,
            handletextpad=0.1,
            columnspacing=1.2,
        )
        for text, outcome in zip(names.get_texts(), outcomes, strict=True):
            text.set(color=outcome.color, weight="bold")
        ax.set(xlim=(-0.6, most - 0.4), ylim=(len(rows) - 0.5, -0.5), xticks=[])
        ax.set_yticks(range(len(rows)), list(rows))
        ax.grid(visible=False)
        ax.tick_params(axis="y", length=0)
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
        figures.set_title(fig, title)
    return fig


def _look(outcome: Outcome) -> dict[str, Any]:
    return {"color": outcome.color, "marker": outcome.marker, "linestyle": "none"}
