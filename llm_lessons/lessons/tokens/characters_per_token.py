"""How many characters one token carries, for texts of five kinds and each vocabulary.

Claim C5: a model reads and writes tokens, about 100,000 different ones in a vocabulary
of GPT-4's class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.lessons.tokens.passages import KINDS
from llm_lessons.measuring.intervals import Number, bootstrap
from llm_lessons.text.tokenizers import Tokenizer

MARKERS = ("o", "s", "D")


@checked()
def characters_per_token(tokenizer: Tokenizer, passages: Sequence[str]) -> Number:
    """Characters of all passages by their tokens, with the interval over passages.

    A character is what Unicode counts as one; some emoji are made of several.
    """
    characters = np.array([len(passage) for passage in passages])
    tokens = np.array([len(tokenizer.encode(passage)) for passage in passages])

    def ratio(cases: np.ndarray) -> float:
        return float(characters[cases].sum() / tokens[cases].sum())

    return bootstrap(ratio, len(passages), "characters a token")


@dataclass(frozen=True)
class Lengths:
    """What was measured: `of[vocabulary][kind]`, in characters a token.

    Attributes:
        sizes: tokens in each vocabulary.
    """

    of: Mapping[str, Mapping[str, Number]]
    sizes: Mapping[str, int]

    @property
    def kinds(self) -> list[str]:
        """The kinds of text."""
        return list(next(iter(self.of.values())))

    def sentence(self) -> str:
        """The longest and the shortest tokens of the largest vocabulary, in numbers."""
        name = max(self.sizes, key=lambda one: self.sizes[one])
        ranked = sorted(self.of[name].items(), key=lambda item: -item[1].value)
        (best, most), (worst, least) = ranked[0], ranked[-1]
        text = (
            f"One token of {name}'s carries {most.value:.1f} characters of {best}, "
            f"but only {least.value:.1f} of {worst}"
        )
        if name != "Fjord" and "Fjord" in self.of:
            fjord = self.of["Fjord"]
            text += (
                f"; one of Fjord's carries {fjord[best].value:.1f} and "
                f"{fjord[worst].value:.1f}"
            )
        return f"{text}."

    def title(self) -> str:
        """The kinds with the longest and the shortest tokens, in any vocabulary."""
        most = {
            kind: max((of[kind] for of in self.of.values()), key=lambda n: n.value)
            for kind in self.kinds
        }
        ranked = sorted(most, key=lambda kind: -most[kind].value)
        best, worst = ranked[0], ranked[-1]
        high, low = most[worst].high, most[best].low
        if high is None or low is None or high >= low:
            return "No clear difference between the kinds of text"
        return (
            f"Up to {most[best].value:.1f} characters a token in {best}, "
            f"{most[worst].value:.1f} in {worst}"
        )

    def alt(self) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{kind}: "
            + ", ".join(f"{name} {self.of[name][kind].value:.2f}" for name in self.of)
            for kind in self.kinds
        )
        return (
            f"{self.title()}. A row for each kind of text, and in it a point with its "
            f"95 % interval for each vocabulary: characters a token. {rows}."
        )

    def figure(self) -> Figure:
        """A row a kind, a point a vocabulary, named beside the points of the first."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 4.2))
            for place, (name, measured) in enumerate(self.of.items()):
                color = figures.COLORS[place]
                x = [number.value for number in measured.values()]
                y = [row + 0.22 * (place - 1) for row in range(len(x))]
                ends = [
                    (n.value - (n.low or 0), (n.high or 0) - n.value)
                    for n in measured.values()
                ]
                error = np.maximum(0, np.array(ends).T)
                marker = MARKERS[place]
                ax.errorbar(x, y, xerr=error, color=color, marker=marker, ls="none")
                ax.annotate(
                    name,
                    (measured[self.kinds[0]].high or x[0], y[0]),
                    (8, 0),
                    textcoords="offset points",
                    va="center",
                    color=color,
                    weight="bold",
                )
            ax.set(xlabel="characters in one token", xscale="log")
            ax.set_xticks([0.25, 0.5, 1, 2, 4], ["¼", "½", "1", "2", "4"])
            ax.set_xlim(0.2, 12)
            ax.minorticks_off()
            ax.set_yticks(range(len(self.kinds)), self.kinds)
            ax.invert_yaxis()
            ax.grid(visible=True, axis="x")
            ax.grid(visible=False, axis="y")
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked()
def measure(
    tokenizers: Mapping[str, Tokenizer],
    kinds: Mapping[str, Sequence[str]] = KINDS,
) -> Lengths:
    """Cut the passages of each kind with each vocabulary; takes a moment."""
    return Lengths(
        {
            name: {kind: characters_per_token(one, kinds[kind]) for kind in kinds}
            for name, one in tokenizers.items()
        },
        {name: one.vocab_size for name, one in tokenizers.items()},
    )
