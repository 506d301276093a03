"""What training bought: surprise at unseen texts, before and after.

Claim C3: training finds a setting of the knobs so that predictions fit the training
text. The class model and its twin stand beside the same network with random numbers,
and beside two rivals that know no network.
"""

import math
from dataclasses import dataclass

import jax
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit, rivals
from llm_lessons.measuring.intervals import Number
from llm_lessons.model.parameters import init_parameters


@dataclass(frozen=True)
class Learning:
    """Mean surprise at unseen texts, in bits a token, by who guesses.

    Attributes:
        even: somebody who holds every token for equally likely.
        before: the class model's network, with random numbers.
        pairs: somebody who counted which token follows which in Fjordby.
        after: the class model.
        twin: its twin, trained alike.
        texts: how many texts that is.
    """

    even: Number
    before: Number
    pairs: Number
    after: Number
    twin: Number
    texts: int

    def _rows(self) -> list[tuple[str, Number]]:
        return [
            ("guessing evenly", self.even),
            ("Fjord, untrained", self.before),
            ("counting pairs", self.pairs),
            ("Fjord, trained", self.after),
            ("its twin, trained", self.twin),
        ]

    def sentence(self) -> str:
        """Who guesses how well, in numbers."""
        return (
            f"On {self.texts} texts that no model here has read, guessing evenly costs "
            f"{self.even.value:.1f} bits a token, and counting pairs "
            f"{self.pairs.value:.2f}; Fjord goes from {self.before.value:.1f} to "
            f"{self.after.value:.2f}, and its twin comes to {self.twin.value:.2f}."
        )

    def title(self) -> str:
        """What training does for the class model, on texts that are new to it."""
        start, end = self.before.value, self.after.value
        return f"Training takes Fjord from {start:.1f} to {end:.1f} bits a token"

    def alt(self) -> str:
        """The bars in words."""
        rows = "; ".join(f"{name}: {number.value:.2f}" for name, number in self._rows())
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
            figures.set_title(fig, self.title())
        return fig


@checked()
def measure(lm: LanguageModel, twin: LanguageModel) -> Learning:
    """Measure all of them on the same unseen texts; takes seconds.

    Intervals are clustered by text. What the trained ones and counting cost is not
    measured anew where it is kept.

    Args:
        lm, twin: the class model and its twin.
    """
    texts, found = rivals.unseen(), [rivals.known(one) for one in (lm, twin)]
    ids = fit.beginnings(lm, texts, rivals.WINDOW)
    start = init_parameters(jax.random.key(0), lm.config)
    return Learning(
        even=Number(math.log2(lm.config.vocab_size), fit.UNIT),
        before=fit.mean(fit.surprise(start, ids, lm.config), ids),
        pairs=found[0].pairs,
        after=found[0].model,
        twin=found[1].model,
        texts=len(texts),
    )
