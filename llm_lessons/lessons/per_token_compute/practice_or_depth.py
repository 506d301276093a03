"""Practice or depth: marbles-only models of 1, 2 and 4 layers, answering at once.

A control for C13 and C14. The class model answers at once for one change and not for
six; but of six changes it had less practice. Models of several depths read nothing but
marbles answered at once, as often for every number of changes. What a deeper model
learned and a shallow one didn't is a matter of depth; what all of them fail at, with
equal practice, was not learned in one jump by any.

Each was measured after more and more practice, twice as much each time. For every such
look the learning rate fell to nothing over the last 40 % of what was read: looks that
had it at its peak would show a model better than the one before only because its own
rate had fallen. A deeper model is as wide as a shallow one, so it has more knobs, too:
depth means layers with their knobs.

The models were trained once, in two hours, and `data/control/marbles.csv` keeps what
they answered. Commit 509aada5 is the last that has their trainer: `shallow_and_deep.py`
in this folder, and `python3 start.py control`.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.foundation.paths import DATA
from llm_lessons.measuring.intervals import Share, better

LOG = DATA / "control" / "marbles.csv"
# One for each depth: its marker, the sign for it beside a name, its line.
STYLES = (("o", "●", ":"), ("D", "◆", "-."), ("s", "■", "--"), ("v", "▼", "-"))


class Look(NamedTuple):
    """How well a model answers at once at one point of its training.

    Attributes:
        layers: depth of the model.
        documents: how many it has read for every number of changes, about.
        changes: number of changes in the questions.
        right: share of held-out questions answered rightly.
    """

    layers: int
    documents: int
    changes: int
    right: Share


@dataclass(frozen=True)
class Control:
    """All looks at each model, after more and more practice."""

    looks: tuple[Look, ...]

    @property
    def read(self) -> list[int]:
        """How many texts of each kind were read by each look."""
        return sorted({look.documents for look in self.looks})

    @property
    def few_and_many(self) -> tuple[int, int]:
        """The fewest changes in the questions, and the most."""
        changes = {look.changes for look in self.looks}
        return min(changes), max(changes)

    def of(self, changes: int) -> dict[int, list[Share]]:
        """By the number of layers, right answers after more and more practice."""
        own = sorted(look for look in self.looks if look.changes == changes)
        depths = dict.fromkeys(look.layers for look in own)
        return {n: [one.right for one in own if one.layers == n] for n in depths}

    def sentence(self) -> str:

        def told(changes: int) -> str:
            ends = (
                f"{_layers(n)} {rights[-1].percent}"
                for n, rights in self.of(changes).items()
            )
            return f"{_changes(changes)}: {', '.join(ends)}"

        few, many = map(told, self.few_and_many)
        return (
            f"After about {self.read[-1]:,} texts for every number of changes, right "
            f"answers at once for {few}; for {many}."
        )

    def conclusion(self) -> str:
        """Which depth does best with the most changes, and what practice still adds."""
        many = self.of(self.few_and_many[1])
        ends = {n: rights[-1] for n, rights in many.items()}
        best = max(ends, key=lambda n: ends[n].share)
        behind = [_layers(n) for n, end in ends.items() if better(ends[best], end)]
        clearly = f"; clearly less: {', '.join(behind)}" if behind else ""
        gains = {n: rights[-1].share - rights[-2].share for n, rights in many.items()}
        most = max(gains, key=lambda n: gains[n])
        return (
            f"With {_changes(self.few_and_many[1])}, {_layers(best)} do best, in one "
            f"training each{clearly}. Between {self.read[-2]:,} and "
            f"{self.read[-1]:,} texts, {_layers(most)} gained "
            f"{round(100 * gains[most])} points."
        )

    def beside(self, layers: int) -> str:
        """Whether a model that read nothing else does the most changes, in numbers.

        Of those that do, the one that had read the fewest texts when clearly over half
        of its answers were right.

        Args:
            layers: of the class model.
        """
        most, rights = self.few_and_many[1], self.of(self.few_and_many[1])
        enough = [
            (read, n, right)
            for n, own in rights.items()
            for read, right in zip(self.read, own, strict=True)
            if right.low > 0.5
        ]
        if not enough:
            return (
                "Nor did models that read nothing but such jumps: the best of them has "
                f"{max(own[-1] for own in rights.values()).percent} right with "
                f"{_changes(most)}."
            )
        read, own, right = min(enough)
        work = ", and so with less work for each token" if own < layers else ""
        return (
            f"Another model did: with {_layers(own)} instead of Fjord's "
            f"{layers}{work}, but with {read:,} texts of every kind and nothing else "
            f"to learn, it has {right.percent} right with {_changes(most)}. So the "
            "budget alone does not explain the fall."
        )

    def title(self) -> str:
        """How far the models get with the most changes."""
        ends = [rights[-1] for rights in self.of(self.few_and_many[1]).values()]
        told = f"{min(ends).percent} to {max(ends).percent}"
        return f"With {_changes(self.few_and_many[1])}, right at once: {told}"

    def alt(self) -> str:
        panels = (
            f"{_changes(changes)}: "
            + ", ".join(
                f"{_layers(n)} {', '.join(one.percent for one in rights)}"
                for n, rights in self.of(changes).items()
            )
            for changes in self.few_and_many
        )
        after = ", ".join(f"{documents:,}" for documents in self.read)
        return (
            f"{self.title()}. Two panels, for few changes and for many. In each a line "
            "for each depth: right answers at once over the texts that were read, with "
            f"95 % intervals. After {after} texts, {'; '.join(panels)}."
        )

    def figure(self) -> Figure:
        """Few changes and many: a line for each depth, over more and more practice."""
        with figures.style():
            fig, axes = plt.subplots(1, 2, sharey=True, figsize=(figures.WIDTH, 3.1))
            axes[0].set(ylabel="right at once", ylim=(-0.04, 1.06))
            axes[0].yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            ends = []
            for ax, changes in zip(axes, self.few_and_many, strict=True):
                for place, (n, rights) in enumerate(self.of(changes).items()):
                    _draw(ax, self.read, rights, place)
                    name = f"{STYLES[place][1]} {_layers(n)}"
                    ends.append((name, rights[-1].share, figures.WEIGHTS))
                ax.set_title(_changes(changes), weight="normal", size=11)
                ax.set_xlabel("thousand texts\nof each kind")
                ax.set_xticks(self.read, [f"{n / 1000:.2g}" for n in self.read])
                ax.minorticks_off()
            last = ends[len(ends) // 2 :]
            figures.name_ends(axes[-1], self.read[-1], last, room=0.11)
            figures.set_title(fig, self.title())
        return fig


def _draw(ax: Axes, read: Sequence[int], rights: Sequence[Share], place: int) -> None:
    """One model after more and more practice, with intervals side by side."""
    marker, _, line = STYLES[place]
    ax.set_xscale("log", base=2)
    ax.errorbar(
        [documents * 2 ** (0.08 * (place - 1)) for documents in read],
        [one.share for one in rights],
        figures.whiskers(rights),
        color=figures.WEIGHTS,
        marker=marker,
        linestyle=line,
        capsize=2,
        elinewidth=1,
        markersize=5,
    )
    figures.tell_intervals(ax)


def read() -> Control:
    """What the control measured."""
    with LOG.open() as file:
        _, *rows = csv.reader(file)
    return Control(
        tuple(
            Look(
                *(int(layers), int(documents), int(changes)),
                Share(float(right), float(low), float(high), int(n)),
            )
            for layers, documents, changes, right, low, high, n in rows
        )
    )


def _layers(count: int) -> str:
    return f"{count} layer{'s' * (count > 1)}"


def _changes(count: int) -> str:
    return f"{count} change{'s' * (count > 1)}"
