"""Most tiny, a few large: next-token probabilities, counted over the whole vocabulary.

Claim C5: the model gives every token that it knows a probability; a few are large and
most are tiny.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel

LARGE = 0.01
LAST = 0.01  # of all probability: the share that the least likely ones have together


@dataclass(frozen=True)
class Tail:
    """How one text's next-token probabilities are spread.

    Attributes:
        prompt: the text.
        ordered: every probability, the largest first.
    """

    prompt: str
    ordered: Float[np.ndarray, " V"]

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return self.ordered.size

    @property
    def large(self) -> int:
        """How many tokens have over 1 %."""
        return int(np.sum(self.ordered > LARGE))

    @property
    def sharing(self) -> int:
        """How many tokens, the least likely ones, share the last 1 %."""
        ends = np.cumsum(self.ordered[::-1])
        return int(np.searchsorted(ends, LAST, side="right"))

    def sentence(self) -> str:
        """Both counts."""
        have = "has" if self.large == 1 else "have"
        return (
            f"After “{self.prompt}”, {self.large:,} of {self.size:,} tokens {have} "
            f"more than 1\u00a0%, together {100 * self.ordered[: self.large].sum():.0f}"
            f"\u00a0%; the {self.sharing:,} least likely ones share the last 1\u00a0%."
        )


@checked()
def count(lm: LanguageModel, prompt: str) -> Tail:
    """Order all next-token probabilities of a text.

    Raises:
        ValueError: the text is empty or too long.
    """
    logits = lm.logits(prompt).astype(np.float64)
    odds = np.exp(logits - logits.max())
    return Tail(prompt, np.sort(odds / odds.sum())[::-1])


def title(tails: Sequence[Tail]) -> str:
    """How many tokens have more than 1 %, in these texts."""
    counts = [tail.large for tail in tails]
    fewest, most, size = min(counts), max(counts), tails[0].size
    many = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    have = "has" if many == "1" else "have"
    return f"{many} of {size:,} tokens {have} more than 1\u00a0%"


def figure(tails: Sequence[Tail]) -> Figure:
    """Probability against rank, a curve a text; both axes grow by factors of ten."""
    colors = (figures.BLUE, figures.VERMILION, figures.GREEN, figures.PURPLE)
    with figures.style():
        fig, ax = plt.subplots()
        for place, (tail, color) in enumerate(zip(tails, colors, strict=False)):
            ranks = np.unique(np.geomspace(1, tail.size, 200).astype(int))
            y = tail.ordered[ranks - 1]
            ax.plot(ranks, y, color=color)
            words = tail.prompt.split()
            name = f"… {' '.join(words[-4:])}" if len(words) > 4 else tail.prompt
            ax.text(
                *(0.03, 0.14 - 0.09 * place, name),
                transform=ax.transAxes,
                color=color,
                weight="bold",
                parse_math=False,
            )
        ax.axhline(LARGE, color="#000000", linewidth=1, linestyle=":")
        ax.annotate(
            *("1 %", (tails[0].size, LARGE), (0, 3)),
            textcoords="offset points",
            ha="right",
        )
        decades = np.arange(0, np.log10(min(t.ordered[-1] for t in tails)) - 2, -2)
        ax.set(xscale="log", yscale="log")
        ax.set(yticks=10**decades, ylim=(10 ** decades[-1], 2))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.set(xlabel="token, from the likeliest to the least", ylabel="probability")
        ax.set_title(title(tails))
    return fig


def alt(tails: Sequence[Tail]) -> str:
    """The figure in words."""
    return (
        f"{title(tails)}. Probability of every token, from the likeliest to the least, "
        "on axes that grow by factors of ten; each curve starts high and falls far. "
        + " ".join(tail.sentence() for tail in tails)
    )
