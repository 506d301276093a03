"""Where a token looks, and what happens when it can't: attention heads switched off.

Claim C1: nothing else is inside. To write a name again, the model has to fetch it from
the text; some heads look at it. Looking is not proof of use, so they are silenced: the
ones that look most, and as many drawn at random.
"""

from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.decoding.sampling import softmax
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass.knobs import Head, quieted, volumes
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.model.inspection import looks

MOST = 6  # heads that are silenced together
DRAWS = 30  # of heads at random, for each number of them


@dataclass(frozen=True)
class Looks:
    """Where the last token of a text looks, in every head.

    Attributes:
        pieces: the tokens of the text.
        weights: how much of its look each of them gets, [L N T].
    """

    pieces: tuple[str, ...]
    weights: Float[np.ndarray, "L N T"]

    def at(self, piece: str) -> Float[np.ndarray, "L N"]:
        """How much every head looks at a token of the text, wherever it stands.

        Raises:
            ValueError: it does not stand there.
        """
        if piece not in self.pieces:
            raise ValueError(f"{piece!r} is no token of this text: {self.pieces}.")
        places = [i for i, one in enumerate(self.pieces) if one == piece]
        return self.weights[:, :, places].sum(axis=-1)

    def most(self, piece: str) -> list[Head]:
        """All heads, the one first that looks at this token most."""
        there = self.at(piece)
        order = np.argsort(-there, axis=None, kind="stable")
        return [(int(i) // there.shape[1], int(i) % there.shape[1]) for i in order]


def head_name(head: Head) -> str:
    """A head in words, counted from 1: "layer 5, head 1"."""
    return f"layer {head[0] + 1}, head {head[1] + 1}"


@checked()
def look(lm: LanguageModel, prompt: str) -> Looks:
    """See where the last token of a text looks.

    Raises:
        ValueError: the text is empty or too long.
    """
    ids = lm.encode(prompt)
    weights = looks(lm.params, jnp.array(ids, jnp.int32), lm.config)
    pieces = tuple(lm.tokenizer.pieces[i] for i in ids)
    return Looks(pieces, np.asarray(weights)[:, :, -1])


@dataclass(frozen=True)
class Silence:
    """The chance of writing a token again, with more and more heads silenced.

    Attributes:
        piece: the token.
        heads: those that look at it most, in this order.
        looking: its chance with none of them silenced, the first, the first two ...
        random: the mean chance with one head drawn at random silenced, with two ...
    """

    piece: str
    heads: tuple[Head, ...]
    looking: tuple[float, ...]
    random: tuple[Share, ...]

    @property
    def enough(self) -> int:
        """How many have to be silenced until the chance is below a tenth, or all."""
        below = (i for i, chance in enumerate(self.looking) if chance < 0.1)
        return next(below, len(self.heads))

    def sentence(self) -> str:
        """What silencing does, in numbers."""
        n = self.enough
        names = "; ".join(map(head_name, self.heads[:n]))
        return (
            f"With all heads on, “{figures.visible(self.piece)}” has "
            f"{_percent(self.looking[0])}. With the first of them off, it has "
            f"{_percent(self.looking[1])}; with {n} off ({names}), "
            f"{_percent(self.looking[n])}. With {n} drawn at random, it has "
            f"{_percent(self.random[n - 1].share)} on average."
        )

    def title(self) -> str:
        """What silencing those that look most does, beside any as many."""
        n = max(1, self.enough)
        chance, drawn = self.looking[n], self.random[n - 1]
        if chance > drawn.high:
            return "Heads drawn at random matter more than those that look"
        if chance >= drawn.low:
            return "No clear difference to heads drawn at random"
        most = f"{n} that look" if n > 1 else "one that looks"
        piece = figures.visible(self.piece)
        return f"Without the {most} most, “{piece}” has {_percent(chance)}"

    def alt(self) -> str:
        """The figure in words."""
        pairs = zip(self.looking[1:], self.random, strict=True)
        rows = "; ".join(
            f"{i}: {_percent(one)} and {_percent(other.share)}"
            for i, (one, other) in enumerate(pairs, 1)
        )
        return (
            f"{self.title()}. Two curves: the chance of "
            f"“{figures.visible(self.piece)}” over the number of silenced heads, for "
            "those that look at it most and for heads drawn at random. With none "
            f"silenced it is {_percent(self.looking[0])}; then, read as pairs, {rows}."
        )

    def figure(self) -> Figure:
        """Both curves, named at their ends."""
        steps = range(len(self.looking))
        with figures.style():
            fig, ax = plt.subplots()
            ax.plot(steps, self.looking, color=figures.VERMILION, marker="o")
            figures.draw_shares(ax, steps[1:], self.random, figures.BLUE, "s")
            beginning = self.looking[0], self.random[0].share
            ax.plot(steps[:2], beginning, color=figures.BLUE, linestyle="--")
            ends = (
                ("look at it\nmost", self.looking[-1], figures.VERMILION),
                ("drawn at\nrandom", self.random[-1].share, figures.BLUE),
            )
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
            ax.set(xlabel="heads silenced", ylim=(-0.03, 1.03))
            figures.name_ends(ax, steps[-1], ends, room=0.2)
            ax.set_ylabel(f"chance of {figures.visible(self.piece)}", parse_math=False)
            ax.margins(x=0.02)
            look: dict[str, Any] = {"ha": "left", "weight": "bold", "size": 12}
            fig.suptitle(self.title(), x=0.01, parse_math=False, **look)
        return fig


@checked()
def silence(lm: LanguageModel, prompt: str, piece: str) -> Silence:
    """Switch heads off: those that look at a token of the text most, and any.

    Raises:
        ValueError: the token does not stand in the text.
    """
    order = look(lm, prompt).most(piece)
    steps = range(min(MOST, len(order)) + 1)
    rng = np.random.default_rng(0)
    sets = [order[:k] for k in steps]
    for k in steps[1:]:
        drawn = (rng.choice(len(order), k, replace=False) for _ in range(DRAWS))
        sets += [[order[i] for i in chosen] for chosen in drawn]
    logits = quieted(lm, prompt, np.stack([volumes(lm.config, one) for one in sets]))
    odds = np.asarray(softmax(jnp.asarray(logits)))
    token = lm.tokenizer.pieces.index(piece)
    random = odds[len(steps) :, token].reshape(-1, DRAWS)
    return Silence(
        piece,
        tuple(order[: steps[-1]]),
        tuple(odds[: len(steps), token].tolist()),
        tuple(share(row) for row in random),
    )


def _percent(chance: float) -> str:
    return f"{100 * chance:.1f}\u00a0%"
