"""What training bought: surprise at unseen texts, before and after.

Claim C3: training finds a setting of the knobs so that predictions fit the training
text. A small model that has just been trained stands beside Fjord, which had the same
recipe and far more time, and beside two rivals that know no network.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass

import jax
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit, rivals
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
        times: how many times as much as the small model Fjord has read.
    """

    even: Number
    before: Number
    pairs: Number
    small: Number
    large: Number
    texts: int
    times: float

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
        return (
            f"On {self.texts} texts that none of them has read, guessing evenly costs "
            f"{self.even.value:.1f} bits a token, and counting pairs "
            f"{self.pairs.value:.2f}; the small model goes from "
            f"{self.before.value:.1f} to {self.small.value:.2f}, and Fjord, which read "
            f"{self.times:.0f} times as much, comes to {self.large.value:.2f}."
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
        rival, model = figures.NEUTRAL, figures.CHANCE
        with figures.style():
            fig, ax = plt.subplots()
            bars = ax.barh(names, values, color=[rival, model, rival, model, model])
            for i, number in enumerate(numbers):
                if number.low is not None and number.high is not None:
                    ends = [[number.value - number.low], [number.high - number.value]]
                    ax.errorbar(
                        number.value, i, xerr=ends, color=figures.INK, capsize=3
                    )
            figures.tell_intervals(ax)
            ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=12)
            ax.invert_yaxis()
            ax.grid(axis="x")
            ax.grid(axis="y", visible=False)
            ax.set(xlabel="surprise, bits a token", xlim=(0, 1.18 * max(values)))
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked(tokens=1)
def measure(
    small: LanguageModel,
    tokens: int,
    large: LanguageModel,
    texts: Sequence[str] | None = None,
) -> Learning:
    """Measure all of them on the same unseen texts; takes seconds.

    Each text is read as far as the smaller window reaches. Intervals are clustered by
    text. What the class model and counting cost is not measured anew where it is kept.

    Args:
        small: the model that was just trained; its tokens are those of `large`.
        tokens: that it has read.
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
        times=tokens_of_fjord() / tokens,
    )


def tokens_of_fjord() -> int:
    """How many tokens Fjord has read in its training."""
    with CURVE.open() as file:
        *_, last = csv.DictReader(file)
    return int(last["tokens"])


def _reach(number: Number) -> tuple[float, float]:
    """The ends of a number's interval; without one, the number itself."""
    low, high = number.low, number.high
    return (
        number.value if low is None else low,
        number.value if high is None else high,
    )
