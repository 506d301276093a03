"""How many characters one token carries, for texts of five kinds and each vocabulary.

Claim C5: a model reads and writes tokens, about 100,000 different ones in a vocabulary
of GPT-4's class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.lessons.tokens.passages import KINDS
from llm_lessons.measuring.intervals import Number, bootstrap
from llm_lessons.text.tokenizers import Tokenizer

APART = 0.27  # of a row's height, from one vocabulary's points to the next one's


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

    @property
    def largest(self) -> str:
        """The largest vocabulary."""
        return max(self.sizes, key=lambda name: self.sizes[name])

    def sentence(self) -> str:
        """The longest and the shortest tokens of the largest vocabulary, in numbers."""
        name = self.largest
        own = {kind: number.value for kind, number in self.of[name].items()}
        best, worst = max(own, key=own.__getitem__), min(own, key=own.__getitem__)
        text = (
            f"One token of {name}'s carries {own[best]:.1f} characters of {best}, "
            f"but only {own[worst]:.1f} of {worst}"
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
            kind: max(of[kind].value for of in self.of.values()) for kind in self.kinds
        }
        best, worst = max(most, key=most.__getitem__), min(most, key=most.__getitem__)
        return (
            f"Up to {most[best]:.1f} characters a token in {best}, "
            f"{most[worst]:.1f} in {worst}"
        )

    def alt(self, said: int | None = None) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{kind}: "
            + ", ".join(f"{name} {self.of[name][kind].value:.2f}" for name in self.of)
            for kind in self.kinds
        )
        guess = "" if said is None else f" You said {said} of {self.kinds[0]}."
        return (
            f"{self.title()}. A row for each kind of text, and in it a point with its "
            f"95 % interval for each vocabulary: characters a token. {rows}.{guess}"
        )

    def figure(self, said: int | None = None) -> Figure:
        """A row a kind, a point a vocabulary, named beside the points of the first.

        Args:
            said: how many characters of the first kind somebody thought that one token
                of the largest vocabulary carries.
        """
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 4.2))
            for place, name in enumerate(self.of):
                self._draw_points(ax, place, name)
            ends = [n.high or n.value for of in self.of.values() for n in of.values()]
            ax.set(xlabel="characters in one token")
            ax.set_xlim(0, 1.3 * max(*ends, said or 0))
            ax.set_yticks(range(len(self.kinds)), self.kinds)
            ax.invert_yaxis()
            ax.grid(visible=True, axis="x")
            ax.grid(visible=False, axis="y")
            if said is not None:
                self._draw_guess(ax, said)
            figures.set_title(fig, self.title())
        return fig

    def _draw_points(self, ax: Axes, place: int, name: str) -> None:
        """What a vocabulary's tokens carry of each kind, with the intervals."""
        numbers, (color, marker) = [*self.of[name].values()], figures.MODELS[place]
        x = [number.value for number in numbers]
        y = [row + APART * (place - 1) for row in range(len(x))]
        ends = [(n.value - (n.low or 0), (n.high or 0) - n.value) for n in numbers]
        error = np.maximum(0, np.array(ends).T)
        ax.errorbar(x, y, xerr=error, color=color, marker=marker, ls="none")
        figures.tell_intervals(ax)
        end = (numbers[0].high or x[0], y[0]), (8, 0)
        look = {"va": "center", "color": color, "weight": "bold"}
        figures.write_beside(ax, name, *end, **look)

    def _draw_guess(self, ax: Axes, said: int) -> None:
        """Mark what somebody said, above the first row, where there is room."""
        y = APART * ([*self.of].index(self.largest) - 1)
        found = (self.of[self.largest][self.kinds[0]].value, y)
        ax.set_ylim(len(self.kinds) - 0.5, -1.1)
        figures.draw_guess(ax, [said], [-0.6], found)


@checked()
def measure(
    tokenizers: Mapping[str, Tokenizer],
    kinds: Mapping[str, Sequence[str]] = KINDS,
) -> Lengths:
    """Cut the passages of each kind with each vocabulary; takes a moment."""
    return Lengths(
        {
            name: {kind: characters_per_token(tokenizer, kinds[kind]) for kind in kinds}
            for name, tokenizer in tokenizers.items()
        },
        {name: tokenizer.vocab_size for name, tokenizer in tokenizers.items()},
    )
