"""What training bought: surprise at unseen texts, before and after, and of two rivals.

Claim C3: training finds a setting of the knobs so that predictions fit the training
text. The class model stands beside the same network with random numbers, and beside two
rivals that know no network: one guesses evenly, one has counted pairs.

What the trained one and counting cost changes from no learner to the next: it is kept.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import jax
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures, fjordby
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit
from llm_lessons.measuring.intervals import Number
from llm_lessons.measuring.kept import Experiment, result_of
from llm_lessons.model.parameters import init_parameters

WINDOW = 128  # tokens of a text that are read


@dataclass(frozen=True)
class Rivals:
    """Surprise of who counted pairs of tokens in Fjordby, and of the class model."""

    pairs: Number
    model: Number


def unseen(texts: int = fit.TEXTS) -> tuple[str, ...]:
    """Texts that no model has read; pages of notes, of lesson 9, are left out."""
    return fjordby.unseen(texts, notes=False)


def of_texts(lm: LanguageModel, texts: Sequence[str], window: int) -> Rivals:
    """Measure both on texts, each as far as a window reaches."""
    ids = fit.beginnings(lm, texts, window)
    return Rivals(
        fit.mean(fit.pair_surprise(lm, ids), ids),
        fit.mean(fit.surprise(lm.params, ids, lm.config), ids),
    )


def measure(lm: LanguageModel, texts: int) -> Rivals:
    """Measure both on so many texts that none has read."""
    return of_texts(lm, unseen(texts), WINDOW)


RIVALS = Experiment("05_rivals", measure, fit.TEXTS)


def evenly(lm: LanguageModel) -> Number:
    """What a token costs somebody who holds every token for equally likely."""
    return Number(math.log2(lm.config.vocab_size), fit.UNIT)


def untrained(lm: LanguageModel, texts: Sequence[str], window: int) -> Number:
    """What a token costs the network with the numbers that training began with."""
    ids, start = fit.beginnings(lm, texts, window), jax.random.key(0)
    params = init_parameters(start, lm.config)
    return fit.mean(fit.surprise(params, ids, lm.config), ids)


@dataclass(frozen=True)
class Learning:
    """Mean surprise at unseen texts, in bits a token, by who guesses.

    Attributes:
        of: of each, by its name: who guesses evenly, the network before training, who
            counts pairs, and the class model.
        texts: how many texts that is.
    """

    of: dict[str, Number]
    texts: int

    def _bits(self) -> list[float]:
        return [number.value for number in self.of.values()]

    def sentence(self) -> str:
        """Who guesses how well, in numbers."""
        even, before, pairs, after = self._bits()
        return (
            f"On {self.texts} texts that no model here has read, guessing evenly costs "
            f"{even:.1f} bits a token, and counting pairs {pairs:.2f}; Fjord goes from "
            f"{before:.1f} to {after:.2f}."
        )

    def title(self) -> str:
        """What training does for the class model, on texts that are new to it."""
        _, before, _, after = self._bits()
        return f"Training takes Fjord from {before:.1f} to {after:.1f} bits a token"

    def alt(self) -> str:
        """The bars in words."""
        rows = "; ".join(
            f"{name}: {measured.value:.2f}" for name, measured in self.of.items()
        )
        return (
            f"{self.title()}. Bars of the mean surprise at unseen texts, in bits a "
            f"token. {rows}."
        )

    def figure(self) -> Figure:
        """A bar for each, with its 95 % interval where it has one."""
        values = self._bits()
        rival, model = figures.NEUTRAL, figures.CHANCE
        with figures.style():
            fig, ax = plt.subplots()
            bars = ax.barh([*self.of], values, color=[rival, model, rival, model])
            for i, (value, _, low, high) in enumerate(self.of.values()):
                if low is not None and high is not None:
                    ends = [[value - low], [high - value]]
                    ax.errorbar(value, i, xerr=ends, color=figures.INK, capsize=3)
            figures.tell_intervals(ax)
            ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=12)
            ax.invert_yaxis()
            ax.grid(axis="x")
            ax.grid(axis="y", visible=False)
            ax.set(xlabel="surprise, bits a token", xlim=(0, 1.18 * max(values)))
            figures.set_title(fig, self.title())
        return fig


@checked()
def compare(lm: LanguageModel) -> Learning:
    """Measure all of them on the same unseen texts; intervals are clustered by text."""
    texts, kept = unseen(), result_of(RIVALS, lm)
    found = {
        "guessing evenly": evenly(lm),
        "Fjord, untrained": untrained(lm, texts, WINDOW),
        "counting pairs": kept.pairs,
        "Fjord, trained": kept.model,
    }
    return Learning(found, len(texts))
