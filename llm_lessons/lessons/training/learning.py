"""What training bought: surprise at unseen texts, before and after, and its curve.

Claim C3: training finds a setting of the knobs so that predictions fit the training
text. A small model that has just been trained stands beside Fjord, which had the same
recipe and far more time, and beside two rivals that know no network.

Both learning rates stay at their peak for 60 % of the steps and then fall to nothing;
with each, the loss falls, too. So two points of the curves can be compared where both
rates are at their peak, or where both have fallen, and not one with the other.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass

import jax
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit, rivals
from llm_lessons.lessons.training.fall import PEAK, Curve, Fall, around
from llm_lessons.measuring.intervals import Number
from llm_lessons.model.parameters import init_parameters
from llm_lessons.paths import DATA

CURVE = DATA / "fjord" / "learning_curve.csv"


@dataclass(frozen=True)
class Learning:
    """Mean surprise at unseen texts, in bits a token, by who guesses.

    Attributes:
        even: somebody who holds every token for equally likely.
        before: the small model with the random numbers that it began with.
        pairs: somebody who counted which token follows which in Fjordby.
        small, large: the small model and Fjord, both trained.
        texts: how many texts that is.
        small_curve, large_curve: their loss on what they were about to read.
    """

    even: Number
    before: Number
    pairs: Number
    small: Number
    large: Number
    texts: int
    small_curve: Curve
    large_curve: Curve

    def _rows(self) -> list[tuple[str, Number]]:
        return [
            ("guessing evenly", self.even),
            ("small model,\nuntrained", self.before),
            ("counting pairs", self.pairs),
            ("small model,\ntrained", self.small),
            ("Fjord", self.large),
        ]

    def sentence(self) -> str:
        """Who guesses how well, in numbers."""
        times = self.large_curve[-1][0] / self.small_curve[-1][0]
        return (
            f"On {self.texts} texts that none of them has read, guessing evenly costs "
            f"{self.even.value:.1f} bits a token, and counting pairs "
            f"{self.pairs.value:.2f}; the small model goes from "
            f"{self.before.value:.1f} to {self.small.value:.2f}, and Fjord, which read "
            f"{times:.0f} times as much, comes to {self.large.value:.2f}."
        )

    def title(self) -> str:
        """What training does for the small model, on texts that are new to it."""
        start, end = self.before, self.small
        found = f"from {start.value:.1f} to {end.value:.1f} bits"
        if _reach(end)[1] < _reach(start)[0]:
            return f"Training brings the small model {found}"
        if _reach(end)[0] > _reach(start)[1]:
            return f"Training makes the small model worse, {found}"
        return f"No clear difference by training, {found}"

    def alt(self) -> str:
        """The bars in words."""
        rows = "; ".join(
            f"{' '.join(name.split())}: {number.value:.2f}"
            for name, number in self._rows()
        )
        return (
            f"{self.title()}. Bars of the mean surprise at unseen texts, in bits a "
            f"token. {rows}."
        )

    def figure(self) -> Figure:
        """A bar for each, with its 95 % interval where it has one."""
        names, numbers = zip(*self._rows(), strict=True)
        values = [number.value for number in numbers]
        grey, blue = "#8c8c8c", figures.BLUE
        with figures.style():
            fig, ax = plt.subplots()
            bars = ax.barh(names, values, color=[grey, blue, grey, blue, blue])
            for i, number in enumerate(numbers):
                if number.low is not None and number.high is not None:
                    ends = [[number.value - number.low], [number.high - number.value]]
                    ax.errorbar(number.value, i, xerr=ends, color="black", capsize=3)
            ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=12)
            ax.invert_yaxis()
            ax.grid(axis="x")
            ax.grid(axis="y", visible=False)
            ax.set(xlabel="surprise, bits a token", xlim=(0, 1.18 * max(values)))
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig

    def curve_title(self) -> str:
        """How much more Fjord read, and where both curves end."""
        (tokens, bits), (more, fewer) = self.small_curve[-1], self.large_curve[-1]
        times = more / tokens
        much = f"{times:.0f}" if times >= 10 else f"{times:.2g}"
        ends, other = f"{fewer:.1f}", f"{bits:.1f}"
        both = f"both end at {ends} bits"
        end = both if ends == other else f"ends at {ends} bits, not {other}"
        return f"Fjord read {much} times as much, and {end}"

    def curve_alt(self) -> str:
        """The curves in words."""
        (tokens, bits), (more, fewer) = self.small_curve[-1], self.large_curve[-1]
        there, fall = self.large_at(tokens), self.fall()
        return (
            f"{self.curve_title()}. Two curves of the loss over the tokens read, on an "
            "axis where each mark is ten times the one before. The small model falls "
            f"to {bits:.2f} bits a token at {_millions(tokens)} tokens. Fjord, with "
            f"{there:.2f} there, goes on to {fewer:.2f} at {_millions(more)}. Its fall "
            "is steep, then flat, "
            f"{'and steeper again' if fall.is_steeper else 'and flat to the end'}, "
            "from a ring on where its learning rate begins to fall; the small model's "
            "curve has such a ring, too."
        )

    def large_at(self, tokens: float) -> float:
        """Fjord's loss when it had read so many tokens, in bits a token."""
        return around(self.large_curve, tokens)

    def at_peak(self) -> tuple[int, float, float]:
        """Tokens read, and the losses of the small model and of Fjord there.

        It is where the small model's learning rate begins to fall. Fjord's is then at
        its peak as well, so neither has an advantage.
        """
        tokens = PEAK * self.small_curve[-1][0]
        small = around(self.small_curve, tokens)
        return round(tokens), small, self.large_at(tokens)

    def fall(self) -> Fall:
        """How fast Fjord's loss fell late in its training."""
        return Fall.of(self.large_curve)

    def curves(self) -> Figure:
        """Both learning curves, over tokens read on a logarithmic scale."""
        looks = (
            ("small model", self.small_curve, figures.BLUE, "-", "left", (8, 0)),
            ("Fjord", self.large_curve, figures.VERMILION, "--", "center", (0, 20)),
        )
        with figures.style():
            fig, ax = plt.subplots()
            for name, curve, color, dash, side, beside in looks:
                x, y = np.array(curve).T
                ax.plot(x, y, dash, color=color)
                turn = PEAK * x[-1]
                look = {"color": color, "markerfacecolor": "none", "markersize": 9}
                ax.plot(turn, around(curve, turn), "o", **look)
                ax.annotate(
                    name,
                    (x[-1], y[-1]),
                    beside,
                    textcoords="offset points",
                    ha=side,
                    color=color,
                    weight="bold",
                )
            ax.text(0.02, 0.04, "○ from here on, steps shrink", transform=ax.transAxes)
            ax.set_xscale("log")
            ends = (1e5, 1e6, 1e7)
            ax.set_xticks(ends, [f"{end / 1e6:g} million" for end in ends])
            ax.minorticks_off()
            ax.set(xlabel="tokens read", ylabel="loss, bits a token", ylim=(0, 10.5))
            fig.suptitle(self.curve_title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked()
def measure(
    small: LanguageModel,
    small_curve: Curve,
    large: LanguageModel,
    texts: Sequence[str] | None = None,
) -> Learning:
    """Measure all of them on the same unseen texts; takes seconds.

    Each text is read as far as the smaller window reaches. Intervals are clustered by
    text. What the class model and counting cost is not measured anew where it is kept.

    Args:
        small: the model that was just trained; its tokens are those of `large`.
        small_curve: its loss on its way.
        large: the class model.
        texts: never read; None takes Fjordby's own unseen ones, of the kinds that both
            have read.
    """
    window = min(small.config.max_seq_len, large.config.max_seq_len)
    if texts is None:
        texts, others = rivals.unseen(), rivals.known(large, window)
    else:
        others = rivals.of_texts(large, texts, window)
    ids = fit.beginnings(small, texts, window)
    start = init_parameters(jax.random.key(0), small.config)
    return Learning(
        even=Number(math.log2(small.config.vocab_size), fit.UNIT),
        before=fit.mean(fit.surprise(start, ids, small.config), ids),
        pairs=others.pairs,
        small=fit.mean(fit.surprise(small.params, ids, small.config), ids),
        large=others.model,
        texts=len(texts),
        small_curve=small_curve,
        large_curve=read_curve(),
    )


def read_curve() -> Curve:
    """Fjord's own learning curve, in bits a token."""
    with CURVE.open() as file:
        return [
            (int(row["tokens"]), float(row["loss"]) / math.log(2))
            for row in csv.DictReader(file)
        ]


def _reach(number: Number) -> tuple[float, float]:
    """The ends of a number's interval; without one, the number itself."""
    low, high = number.low, number.high
    return (
        number.value if low is None else low,
        number.value if high is None else high,
    )


def _millions(tokens: int) -> str:
    return f"{tokens / 1e6:.1f} million"
