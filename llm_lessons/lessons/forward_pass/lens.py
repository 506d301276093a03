"""The guess on its way: what the model would say after each of its layers.

Claim C1: nothing but a fixed sequence of steps stands between the tokens that go in and
the probabilities that come out. Between two of them, the stream can be read with the
same last step as at the end (the "logit lens": nostalgebraist, 2020). The layers were
never trained to be read there: what is seen early is a hint, not an opinion.
"""

from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.decoding.sampling import softmax
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.inspection import guesses


@dataclass(frozen=True)
class Lens:
    """The favourite next token before the first layer and after every one.

    Attributes:
        prompt: the text.
        favourites: the likeliest token at each step; the last is the model's answer.
        chances: its probability.
    """

    prompt: str
    favourites: tuple[str, ...]
    chances: tuple[float, ...]

    @property
    def settled(self) -> int:
        """The layer from which on the favourite stays what it is at the end.

        0 is before the first layer.
        """
        others = [i for i, one in enumerate(self.favourites) if one != self.answer]
        return others[-1] + 1 if others else 0

    @property
    def answer(self) -> str:
        """The favourite at the end."""
        return self.favourites[-1]

    def sentence(self) -> str:
        """From where on the answer stands."""
        answer, layers = figures.visible(self.answer), len(self.favourites) - 1
        chance = _percent(self.chances[-1])
        if self.settled == layers:
            when = "only after the last layer is the favourite"
        elif self.settled:
            when = f"from layer {self.settled} of {layers} on, the favourite is"
        else:
            when = "even before the first layer, the favourite is"
        return f"After “{self.prompt}”, {when} “{answer}”; at the end it has {chance}."

    def title(self) -> str:
        """From which layer on the answer stands."""
        answer, layers = figures.visible(self.answer), len(self.favourites) - 1
        if self.settled == layers:
            return f"Only the last layer makes “{answer}” the favourite"
        if self.settled:
            return (
                f"From layer {self.settled} of {layers} on, the favourite is “{answer}”"
            )
        return f"Even before layer 1, the favourite is “{answer}”"

    def alt(self) -> str:
        """The figure in words."""
        steps = (
            f"{_step(i)}: “{figures.visible(piece)}”, {_percent(chance)}"
            for i, (piece, chance) in enumerate(
                zip(self.favourites, self.chances, strict=True)
            )
        )
        return (
            f"{self.title()}. Bars of the favourite next token, layer by layer. "
            f"{'; '.join(steps)}."
        )

    def figure(self) -> Figure:
        """A bar a step: the favourite and its chance; the answer's own in colour."""
        steps = range(len(self.favourites))
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 1.1 + 0.3 * len(steps)))
            for step, piece, chance in zip(
                steps, self.favourites, self.chances, strict=True
            ):
                right = piece == self.answer
                face = figures.BLUE if right else "none"
                ax.barh(step, chance, 0.7, color=face, edgecolor=figures.BLUE)
                ax.text(
                    *(chance + 0.015, step, f"{figures.visible(piece)}"),
                    va="center",
                    parse_math=False,
                    weight="bold" if right else "normal",
                )
            ax.set_yticks(steps, [_step(i) for i in steps])
            ax.set_ylim(steps[-1] + 0.6, -0.6)
            ax.grid(visible=False)
            ax.set(xlim=(0, 1.2), xticks=np.linspace(0, 1, 5))
            ax.set_xlabel("chance of the favourite, if the model stopped here")
            ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            look: dict[str, Any] = {"ha": "left", "weight": "bold", "size": 12}
            fig.suptitle(self.title(), x=0.01, parse_math=False, **look)
        return fig


@checked()
def look(lm: LanguageModel, prompt: str) -> Lens:
    """Read the stream of the last token of a text before, between and after the layers.

    Raises:
        ValueError: the text is empty or too long.
    """
    ids = jnp.array(lm.encode(prompt), jnp.int32)
    odds = np.asarray(softmax(guesses(lm.params, ids, lm.config)))
    favourites = (lm.tokenizer.pieces[i] for i in odds.argmax(axis=-1))
    return Lens(prompt, tuple(favourites), tuple(map(float, odds.max(axis=-1))))


def _step(number: int) -> str:
    return f"after layer {number}" if number else "before layer 1"


def _percent(chance: float) -> str:
    return f"{100 * chance:.1f}\u00a0%"
