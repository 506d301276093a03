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

STYLES: dict[str, tuple[str, ...]] = {  # one for each depth
    "color": (figures.BLUE, figures.GREEN, figures.VERMILION, figures.PURPLE),
    "marker": ("o", "D", "s", "v"),
    "linestyle": (":", "-.", "--", "-"),
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

    def _pairs(self) -> list[tuple[Look, Look]]:
        """For each number of changes, the shallowest model and the best deeper one."""
        return [
            (one, max(others, key=lambda look: look.right.share, default=one))
            for one, *others in zip(*self.by_depth.values(), strict=True)
        ]

    @property
    def enough(self) -> int:
        """The fewest layers that no deeper model clearly beats at any question."""
        *shallow, (deepest, _) = self.by_depth.items()
        for place, (layers, own) in enumerate(shallow, 1):
            deeper = [*self.by_depth.values()][place:]
            pairs = [pair for model in deeper for pair in zip(own, model, strict=True)]
            if not any(other.right.low > one.right.high for one, other in pairs):
                return layers
        return deepest

    def _depth(self) -> str:
        """What layers bring; clearly is: the intervals lie apart."""
        shallow, pairs = next(iter(self.by_depth.values())), self._pairs()
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
        if shallow[0].layers < self.enough < max(self.by_depth):
            helps = f"{helps} More than {self.enough} layers bring no clear gain."
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

    def title(self) -> str:
        """Whether layers help clearly, and how far the best model gets."""
        if not any(best.right.low > one.right.high for one, best in self._pairs()):
            return "No clear gain from more layers, with equal practice"
        best = max(self._pairs()[-1], key=lambda look: look.right.share)
        helps = (
            f"{self.enough} layers are enough"
            if self.enough < max(self.by_depth)
            else "More layers help"
        )
        return (
            f"{helps}; with {_listed([best.changes])}, "
            f"{best.right.percent} right at best"
        )

    def _panel(self, changes: int) -> dict[int, list[Look]]:
        """The looks at each model with one number of changes, in their order."""
        return {
            layers: [one for look in looks for one in look if one.changes == changes]
            for layers, looks in self.practised.items()
        }

    def alt(self) -> str:
        """The figure in words."""
        panels = (
            f"{_listed([changes])}: "
            + ", ".join(
                f"{_layers(layers)} {', '.join(one.right.percent for one in looks)}"
                for layers, looks in self._panel(changes).items()
            )
            for changes in (self.changes[0], self.changes[-1])
        )
        read = sorted({look.documents for look in self.looks})
        after = ", ".join(f"{documents:,}" for documents in read)
        return (
            f"{self.title()}. Two panels, for few changes and for many. In each a line "
            "for each depth: right answers at once over the texts that were read, with "
            f"95 % intervals. After {after} texts, {'; '.join(panels)}."
        )

    def figure(self) -> Figure:
        """Few changes and many: a line for each depth, over more and more practice."""
        few, *_, many = self.changes
        with figures.style():
            fig, axes = plt.subplots(1, 2, sharey=True, figsize=(6.4, 3.1))
            axes[0].set(ylabel="right at once", ylim=(-0.04, 1.06))
            axes[0].yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            for ax, changes in zip(axes, (few, many), strict=True):
                for place, looks in enumerate(self._panel(changes).values()):
                    _draw(ax, looks, place)
                ax.set_title(_listed([changes]), weight="normal", size=11)
                ax.set_xlabel("thousand texts of each kind")
            ends = [
                (_layers(layers), looks[-1].right.share, color)
                for (layers, looks), color in zip(
                    self.by_depth.items(), STYLES["color"], strict=False
                )
            ]
            last = max(look.documents for look in self.looks)
            figures.name_ends(axes[-1], last, ends, room=0.11)
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


def _draw(ax: Axes, looks: Sequence[Look], place: int) -> None:
    """One model after more and more practice, with intervals side by side."""
    style: dict[str, Any] = {name: those[place] for name, those in STYLES.items()}
    read, shares = [look.documents for look in looks], [look.right for look in looks]
    ax.set_xscale("log", base=2)
    ax.errorbar(
        [documents * 2 ** (0.08 * (place - 1)) for documents in read],
        [one.share for one in shares],
        figures.whiskers(shares),
        **style,
        capsize=2,
        elinewidth=1,
        markersize=5,
    )
    ax.set_xticks(read, [f"{documents / 1000:.2g}" for documents in read])
    ax.minorticks_off()


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
