"""The figure of learning from rewards: two curves over the steps, run by run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share

if TYPE_CHECKING:
    from llm_lessons.lessons.reward.learned import Rewarded

_BESIDE = 1.2  # steps between a curve's end and the mark of unseen problems


_CURVES = (  # attribute, name, colour, marker
    ("stepwise", "written\nstep by step", figures.CONTEXT, "o"),
    ("right", "right", figures.RIGHT, "s"),
)


def draw(own: "Rewarded", twin: "Rewarded | None", yours: Share | None) -> Figure:
    """Each run thin, their mean thick; a twin's mean dashed; unseen problems apart."""
    steps = len(own.runs[0].right)
    with figures.style():
        fig, ax = plt.subplots()
        names = []
        for attribute, name, color, marker in _CURVES:
            for run in own.runs:
                ax.plot(getattr(run, attribute), "-", color=color, lw=0.8, alpha=0.35)
            mean = _mean(own, attribute)
            ax.plot(mean, "-", color=color)
            if twin is not None:
                ax.plot(_mean(twin, attribute), "--", color=color, lw=1.2)
            _mark(ax, [own, twin], attribute, steps, (color, marker))
            names.append((name, float(np.mean(mean[-5:])), color))
        ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        ax.set(ylim=(-0.03, 1.06), xlim=(-2.5, steps + 2))
        ax.set(xlabel="rounds of reward", ylabel="of the answers")
        figures.name_ends(ax, steps + 2, sorted(names, key=lambda one: one[1]), 0.18)
        figures.tell_intervals(ax, "marks: unseen problems; their lines")
        figures.set_title(fig, own.title())
        if yours:
            figures.draw_yours(ax, steps, yours)
    return fig


def _mean(one: "Rewarded", attribute: str) -> np.ndarray:
    return np.mean([getattr(run, attribute) for run in one.runs], axis=0)


def _mark(
    ax: Axes,
    models: Sequence["Rewarded | None"],
    attribute: str,
    steps: int,
    look: tuple[str, str],
) -> None:
    """Unseen problems before and after, left and right of the curves."""
    color, marker = look
    for place, one in enumerate(models):
        if one is None:
            continue
        found = [getattr(one.before, attribute), getattr(one, attribute)]
        shift = 0.5 * place
        more: dict[str, Any] = {"color": color, "marker": marker, "capsize": 3}
        more["markerfacecolor"] = "none" if place else color
        ax.errorbar(
            [-_BESIDE - shift, steps - 1 + _BESIDE + shift],
            [share.share for share in found],
            figures.whiskers(found),
            linestyle="none",
            **more,
        )


def alt(own: "Rewarded", twin: "Rewarded | None", yours: Share | None) -> str:
    """The figure in words."""
    told = _told(own)
    if twin is not None:
        told = f"{told} Its twin, dashed and hollow: {_told(twin)}"
    return (
        f"{own.title()}. Two curves over the rounds of reward, thin for each run and "
        "thick for their mean: answers that are written step by step, and right ones. "
        f"Beside their ends stand unseen problems with 95 % intervals. {told}"
        f"{figures.yours_in_words(yours)}"
    )


def _told(one: "Rewarded") -> str:
    before = one.before
    return (
        f"Step by step: {before.stepwise} before, {one.stepwise} after; right: "
        f"{before.right} before, {one.right} after."
    )
