"""What the control came to: answers at once, by practice and by depth.

Claims C13 and C14. All models practised every number of changes equally often, more and
more of it, so depth is told apart from practice; `shallow_and_deep` says how, and
trains them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.lessons.per_token_compute.shallow_and_deep import (
    BEGUN,
    LOG,
    PLATEAU,
    Look,
    read_log,
)

DRAWN = (1, 2, 4, 6)  # changes
STYLES: dict[str, tuple[str, ...]] = {
    "color": (figures.BLUE, figures.GREEN, figures.VERMILION, figures.PURPLE),
    "marker": ("o", "D", "s", "v"),
    "linestyle": ("-", "-.", "--", ":"),
}


@dataclass(frozen=True)
class Control:
    """All looks at each model: by depth, by practice, by number of changes."""

    looks: tuple[Look, ...]

    @property
    def by_depth(self) -> dict[int, list[Look]]:
        """The last looks by the number of layers, each from few changes to many."""
        return {n: looks[-1] for n, looks in self.practised.items()}

    @property
    def practised(self) -> dict[int, list[list[Look]]]:
        """By the number of layers, what was seen after more and more practice."""
        depths = sorted({look.layers for look in self.looks})
        return {n: self._of(n) for n in depths}

    def _of(self, layers: int) -> list[list[Look]]:
        own = sorted(
            (look for look in self.looks if look.layers == layers),
            key=lambda look: (look.documents, look.changes),
        )
        return [
            [look for look in own if look.documents == count]
            for count in sorted({look.documents for look in own})
        ]

    @property
    def changes(self) -> list[int]:
        """The numbers of changes in the questions."""
        return sorted({look.changes for look in self.looks})

    def sentence(self) -> str:
        """The fewest and the most changes, in numbers."""
        few, *_, many = self.changes

        def told(changes: int) -> str:
            return ", ".join(
                f"{_layers(n)} {look.right.percent}"
                for n, looks in self.by_depth.items()
                for look in looks
                if look.changes == changes
            )

        read = {looks[0].documents for looks in self.by_depth.values()}
        after = f"{min(read):,}" + (f" to {max(read):,}" if len(read) > 1 else "")
        return (
            f"After about {after} texts for every number of changes, right answers at "
            f"once for {few} change: {told(few)}; for {many} changes: {told(many)}."
        )

    def conclusion(self) -> str:
        """What layers bring, and whether practice still does."""
        return f"{self._depth()} {self._practice()}"

    def _depth(self) -> str:
        """What layers bring; clearly is: the intervals lie apart."""
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

    def _practice(self) -> str:
        """What the last look at each model added, and what had not begun by then."""
        gains = [
            (after.right.share - before.right.share, after, before)
            for looks in self.practised.values()
            if len(looks) > 1
            for before, after in zip(*looks[-2:], strict=True)
        ]
        most, after, before = max(gains, key=lambda gain: gain[0])
        points = round(100 * most)
        if most < PLATEAU:
            told = (
                f"The last texts added less than {100 * PLATEAU:.0f} points anywhere: "
                "of this kind of practice, more would hardly help."
            )
        else:
            told = (
                f"Practice had not done all yet: between {before.documents:,} and "
                f"{after.documents:,} texts, {_layers(after.layers)} still gained "
                f"{points} points with {_listed([after.changes])}."
            )
        idle = [
            _layers(n)
            for n, looks in self.by_depth.items()
            if max(look.right.share for look in looks) < BEGUN
        ]
        return f"{told} Not even begun: {', '.join(idle)}." if idle else told

    def alt(self) -> str:
        """The figure in words."""
        panels = "; ".join(
            f"{_layers(n)}: {', '.join(look.right.percent for look in looks)}"
            for n, looks in self.by_depth.items()
        )
        return (
            "One panel for each depth: right answers at once over the texts read, with "
            f"95 % intervals, a curve each for {_listed(self.drawn)}. At the end, for "
            f"{_listed(self.changes)}, {panels}."
        )

    @property
    def drawn(self) -> list[int]:
        """The numbers of changes that have a curve: all six would hide each other."""
        return [changes for changes in self.changes if changes in DRAWN]

    def figure(self) -> Figure:
        """One panel for each depth, one curve for each number of changes."""
        depths = self.practised
        with figures.style():
            fig, (panels,) = plt.subplots(
                1, len(depths), sharey=True, squeeze=False, figsize=(6.4, 2.9)
            )
            for ax, (layers, looks) in zip(panels, depths.items(), strict=True):
                self._draw(ax, looks)
                ax.set(title=_layers(layers), ylim=(-0.03, 1.03))
            names = [_listed([changes]) for changes in self.drawn]
            curves = panels[0].containers
            fig.legend(curves, names, loc="outside upper center", ncols=len(names))
            fig.supxlabel("texts read, for every number of changes", size=11)
        return fig

    def _draw(self, ax: Axes, looks: Sequence[Sequence[Look]]) -> None:
        for place, changes in enumerate(self.drawn):
            own = [one for look in looks for one in look if one.changes == changes]
            style: dict[str, Any] = {n: those[place] for n, those in STYLES.items()}
            ax.errorbar(
                [one.documents for one in own],
                [one.right.share for one in own],
                figures.whiskers([one.right for one in own]),
                capsize=2,
                markersize=4,
                **style,
            )
        read = sorted({look.documents for look in self.looks})
        ax.set_xscale("log")
        ends = (read[0], read[-1])
        ax.set_xticks(ends, [f"{end:,}" for end in ends], size=9)
        ax.minorticks_off()
        ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))


def read(path: Path = LOG) -> Control:
    """What the control measured.

    Raises:
        FileNotFoundError: `python3 start.py control` has not written there yet.
    """
    return Control(tuple(read_log(path)))


def _layers(count: int) -> str:
    return f"{count} layer{'s' * (count > 1)}"


def _listed(changes: Sequence[int]) -> str:
    *firsts, last = map(str, changes)
    numbers = f"{', '.join(firsts)} and {last}" if firsts else last
    return f"{numbers} change{'s' * (numbers != '1')}"
