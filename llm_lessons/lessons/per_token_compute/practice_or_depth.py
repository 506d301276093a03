"""What the control came to: answers at once, by practice and by depth.

Claims C13 and C14. All models practised every number of changes equally often, more and
more of it, so depth is told apart from practice; `shallow_and_deep` says how, and
trains them.
"""

from collections.abc import Sequence
from pathlib import Path

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.lessons.per_token_compute.looks import Looks
from llm_lessons.lessons.per_token_compute.shallow_and_deep import (
    BEGUN,
    LOG,
    PLATEAU,
    Look,
    read_log,
)
from llm_lessons.measuring.intervals import better

# One for each depth: its marker, the sign for it beside a name, its line.
STYLES = (("o", "●", ":"), ("D", "◆", "-."), ("s", "■", "--"), ("v", "▼", "-"))


class Control(Looks):
    """What the looks come to: told, and drawn."""

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

    def beside(self, layers: int) -> str:
        """Whether a model that read nothing else does the most changes, in numbers.

        Args:
            layers: of the class model.
        """
        most, look = _listed([self.changes[-1]]), self.learned(self.changes[-1])
        if look is None:
            best = self.pairs[-1][1].right.percent
            return (
                "Nor did models that read nothing but such jumps: the best of them has "
                f"{best} right with {most}."
            )
        less = look.layers < layers
        work = ", and so with less work for each token" if less else ""
        return (
            f"Another model did: with {_layers(look.layers)} instead of Fjord's "
            f"{layers}{work}, but with {look.documents:,} texts of every kind and "
            f"nothing else to learn, it has {look.right.percent} right with {most}. So "
            "the budget alone does not explain the fall."
        )

    def _depth(self) -> str:
        """What layers bring; clearly is: the intervals lie apart."""
        ends, pairs, own = self.by_depth, self.pairs, self.no_gain_beyond
        gained = [one.changes for one, other in pairs if better(other.right, one.right)]
        every = len(gained) == len(pairs)
        than = f"clearly better than that of {_layers(min(ends))}"
        if gained:
            where = "every number of changes" if every else _listed(gained)
            helps = f"{self._when()}, a deeper model is {than} with {where}."
        else:
            helps = f"{self._when()}, no deeper model is {than}."
        if min(ends) < own < max(ends):
            helps += (
                f" More than {own} layers brought no clear gain, in one training each"
            )
            worse = f"{_layers(max(ends))} are even clearly behind with"
            helps += f": {worse} {_listed(self.behind)}." if self.behind else "."
        hard, best = min(
            ((one.changes, max(one.right, other.right)) for one, other in pairs),
            key=lambda found: found[1].share,
        )
        told = f"the best model has {best.percent} right."
        return f"{helps} Even with {_listed([hard])}, {told}"

    def _when(self) -> str:
        """What the last looks have in common: a settled model reads no more."""
        read = {looks[0].documents for looks in self.by_depth.values()}
        return "With equal practice" if len(read) == 1 else "After their last texts"

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
                f"More practice still helped: between {before.documents:,} and "
                f"{after.documents:,} texts, {_layers(after.layers)} gained "
                f"{points} points with {_listed([after.changes])}."
            )
        idle = [
            _layers(n)
            for n, looks in self.practised.items()
            if not any(
                last.right.share >= BEGUN or better(last.right, first.right)
                for first, last in zip(looks[0], looks[-1], strict=True)
            )
        ]
        return f"{told} Not even begun: {', '.join(idle)}." if idle else told

    def title(self) -> str:
        """Whether layers help clearly, and how far the best model gets."""
        if not any(better(best.right, one.right) for one, best in self.pairs):
            return "No clear gain from more layers"
        best = max(self.pairs[-1], key=lambda look: look.right.share)
        helps = (
            f"No gain here beyond {self.no_gain_beyond} layers"
            if self.no_gain_beyond < max(self.by_depth)
            else "More layers help"
        )
        return f"{helps}; {best.right.percent} right with {_listed([best.changes])}"

    def alt(self) -> str:
        """The figure in words."""
        read = sorted({look.documents for look in self.looks})

        def told(looks: Sequence[Look]) -> str:
            rights = ", ".join(one.right.percent for one in looks)
            end = looks[-1].documents
            return rights if end == read[-1] else f"{rights} (up to {end:,} texts)"

        panels = (
            f"{_listed([changes])}: "
            + ", ".join(
                f"{_layers(layers)} {told(looks)}"
                for layers, looks in self.of_changes(changes).items()
            )
            for changes in (self.changes[0], self.changes[-1])
        )
        after = ", ".join(f"{documents:,}" for documents in read)
        return (
            f"{self.title()}. Two panels, for few changes and for many. In each a line "
            "for each depth: right answers at once over the texts that were read, with "
            f"95 % intervals. After {after} texts, {'; '.join(panels)}."
        )

    def figure(self) -> Figure:
        """Few changes and many: a line for each depth, over more and more practice."""
        few, *_, many = self.changes
        read = sorted({look.documents for look in self.looks})
        with figures.style():
            fig, axes = plt.subplots(1, 2, sharey=True, figsize=(figures.WIDTH, 3.1))
            axes[0].set(ylabel="right at once", ylim=(-0.04, 1.06))
            axes[0].yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            for ax, changes in zip(axes, (few, many), strict=True):
                for place, looks in enumerate(self.of_changes(changes).values()):
                    _draw(ax, looks, place)
                ax.set_title(_listed([changes]), weight="normal", size=11)
                ax.set_xlabel("thousand texts\nof each kind")
                ax.set_xticks(read, [f"{documents / 1000:.2g}" for documents in read])
                ax.minorticks_off()
            ends = [
                (f"{sign} {_layers(n)}", looks[-1].right.share, figures.WEIGHTS)
                for (n, looks), (_, sign, _) in zip(
                    self.by_depth.items(), STYLES, strict=False
                )
            ]
            figures.name_ends(axes[-1], read[-1], ends, room=0.11)
            figures.set_title(fig, self.title())
        return fig


def _draw(ax: Axes, looks: Sequence[Look], place: int) -> None:
    """One model after more and more practice, with intervals side by side."""
    marker, _, line = STYLES[place]
    shares = [look.right for look in looks]
    ax.set_xscale("log", base=2)
    ax.errorbar(
        [look.documents * 2 ** (0.08 * (place - 1)) for look in looks],
        [one.share for one in shares],
        figures.whiskers(shares),
        color=figures.WEIGHTS,
        marker=marker,
        linestyle=line,
        capsize=2,
        elinewidth=1,
        markersize=5,
    )
    figures.tell_intervals(ax)


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
