"""What the control came to: answers at once by models of several depths.

Claims C13 and C14. All of them practised every number of changes equally often, so
depth is told apart from practice; `shallow_and_deep` says how, and trains them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.lessons.per_token_compute.shallow_and_deep import LOG, Look, read_log


@dataclass(frozen=True)
class Control:
    """The last look at each model: one for each depth and number of changes."""

    looks: tuple[Look, ...]

    @property
    def by_depth(self) -> dict[int, list[Look]]:
        """The looks by the number of layers, each from few changes to many."""
        depths = sorted({look.layers for look in self.looks})
        ordered = sorted(self.looks, key=lambda look: look.changes)
        return {n: [look for look in ordered if look.layers == n] for n in depths}

    def sentence(self) -> str:
        """The fewest and the most changes, in numbers."""
        few, *_, many = sorted({look.changes for look in self.looks})

        def told(changes: int) -> str:
            return ", ".join(
                f"{_layers(n)} {look.right.percent}"
                for n, looks in self.by_depth.items()
                for look in looks
                if look.changes == changes
            )

        return (
            f"After about {self.looks[0].documents:,} texts for every number of "
            f"changes, right answers at once for {few} change: {told(few)}; for "
            f"{many} changes: {told(many)}."
        )

    def conclusion(self) -> str:
        """What layers bring at equal practice; clearly is: the intervals lie apart."""
        shallow, *deeper = self.by_depth.values()
        pairs = [
            (one, max(others, key=lambda look: look.right.share))
            for one, *others in zip(shallow, *deeper, strict=True)
        ]
        better = [a.changes for a, b in pairs if b.right.low > a.right.high]
        missed = [
            a.changes for a, b in pairs if max(a.right.share, b.right.share) < 0.5
        ]
        every = "every number of changes"

        def where(changes: list[int]) -> str:
            return every if len(changes) == len(pairs) else _listed(changes)

        than = f"clearly better than that of {_layers(shallow[0].layers)}"
        helps = (
            f"With equal practice, a deeper model is {than} with {where(better)}."
            if better
            else f"With equal practice, no deeper model is {than}."
        )
        reach = (
            f"Even the best model is wrong more often than right with {where(missed)}."
            if missed
            else f"The best model is right as often as wrong, or more, with {every}."
        )
        return f"{helps} {reach}"

    def alt(self) -> str:
        """The figure in words."""
        panels = "; ".join(
            f"{_layers(n)}: {', '.join(look.right.percent for look in looks)}"
            for n, looks in self.by_depth.items()
        )
        changes = sorted({look.changes for look in self.looks})
        return (
            "One panel for each depth: right answers at once over the number of "
            f"changes, {changes[0]} to {changes[-1]}, with 95 % intervals. {panels}."
        )

    def figure(self) -> Figure:
        """One panel for each depth, side by side on one scale."""
        with figures.style():
            depths = self.by_depth
            fig, panels = plt.subplots(
                1, len(depths), sharey=True, figsize=(6.4, 2.6), squeeze=False
            )
            for ax, (layers, looks) in zip(panels[0], depths.items(), strict=True):
                x = [look.changes for look in looks]
                shares = [look.right for look in looks]
                figures.draw_shares(ax, x, shares, figures.VERMILION, "s")
                ax.set(title=_layers(layers), xticks=x, ylim=(-0.03, 1.03))
            fig.supxlabel("number of changes", size=11)
        return fig


def read(path: Path = LOG) -> Control:
    """What the control measured at its end.

    Raises:
        FileNotFoundError: `python3 start.py control` has not written there yet.
    """
    last: dict[tuple[int, int], Look] = {}
    for look in read_log(path):  # later looks take the place of earlier ones
        last[look.layers, look.changes] = look
    return Control(tuple(last.values()))


def _layers(count: int) -> str:
    return f"{count} layer{'s' * (count > 1)}"


def _listed(changes: Sequence[int]) -> str:
    *firsts, last = map(str, changes)
    numbers = f"{', '.join(firsts)} and {last}" if firsts else last
    return f"{numbers} change{'s' * (numbers != '1')}"
