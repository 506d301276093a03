"""The figure of learning from rewards: two curves over the steps, run by run."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share

_BESIDE = 1.2  # steps between a curve's end and the mark of unseen problems
STEPWISE, RIGHTLY = "written\nstep by step", "right"
_LOOKS = {STEPWISE: (figures.CONTEXT, "o"), RIGHTLY: (figures.RIGHT, "s")}


class Curve(NamedTuple):
    """A share of the answers while they are rewarded.

    Attributes:
        runs: for each run, the share at each step.
        unseen: the share of other problems' answers, before and after.
    """

    runs: Sequence[Sequence[float]]
    unseen: tuple[Share, Share]

    @property
    def mean(self) -> np.ndarray:
        """Of all runs, at each step."""
        return np.mean(self.runs, axis=0)


type Curves = Mapping[str, Curve]  # by its name, `STEPWISE` or `RIGHTLY`


def draw(title: str, own: Curves, twin: Curves | None, yours: Share | None) -> Figure:
    """Each run thin, their mean thick; a twin's mean dashed; unseen problems apart."""
    steps = len(own[RIGHTLY].mean)
    with figures.style():
        fig, ax = plt.subplots()
        names = []
        for name, curve in own.items():
            color, _ = _LOOKS[name]
            for run in curve.runs:
                ax.plot(run, "-", color=color, lw=0.8, alpha=0.35)
            ax.plot(curve.mean, "-", color=color)
            _mark(ax, name, curve)
            if twin is not None:
                ax.plot(twin[name].mean, "--", color=color, lw=1.2)
                _mark(ax, name, twin[name], shift=0.5)
            names.append((name, float(np.mean(curve.mean[-5:])), color))
        ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        ax.set(ylim=(-0.03, 1.06), xlim=(-2.5, steps + 2))
        ax.set(xlabel="rounds of reward", ylabel="of the answers")
        figures.name_ends(ax, steps + 2, names, 0.18)
        figures.tell_intervals(ax, "marks: unseen problems; their lines")
        figures.set_title(fig, title)
        if yours:
            figures.draw_yours(ax, steps, yours)
    return fig


def _mark(ax: Axes, name: str, curve: Curve, shift: float = 0.0) -> None:
    """Unseen problems before and after, left and right of the curves."""
    color, marker = _LOOKS[name]
    more: dict[str, Any] = {"color": color, "marker": marker, "capsize": 3}
    more["markerfacecolor"] = "none" if shift else color
    ax.errorbar(
        [-_BESIDE - shift, len(curve.mean) - 1 + _BESIDE + shift],
        [share.share for share in curve.unseen],
        figures.whiskers(curve.unseen),
        linestyle="none",
        **more,
    )


def told(curves: Curves) -> str:
    """What both came to, in words."""
    (was, steps), (right, now) = curves[STEPWISE].unseen, curves[RIGHTLY].unseen
    return (
        f"Step by step: {was} before, {steps} after; right: {right} before, {now} "
        "after."
    )
