"""An open prompt and a closed one: where two runs part, and where they hardly can.

Claim C8 holds where a text can go on in many ways. A problem that is worked out step by
step leaves the coin no choice: all the odds lie on one token, place after place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.divergence import (
    BEGINNING,
    LENGTH,
    PAIRS,
    Divergence,
    divergence,
    token,
)
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment, Fresh

RARER = 5  # pairs from a story for one from a closed prompt
SOON = 5  # tokens: by then, most stories have parted
FRESH = 20  # pairs of a learner's own sample
CHANGES = 3  # to the marbles of a bag, in each problem


@dataclass(frozen=True)
class OpenAndClosed:
    """Where pairs of runs part: of stories, and of problems worked out step by step."""

    open: Divergence
    closed: Divergence

    def sentence(self) -> str:
        """Both, in numbers."""
        parted = self.closed.within(LENGTH)
        return (
            f"{self.open.sentence()} But from problems worked out step by "
            f"step, {round(parted.share * parted.n) or 'none'} of {parted.n} pairs "
            f"parted in {LENGTH} tokens."
        )

    def headline(self) -> Share:
        """The pairs of stories that have not parted soon."""
        return together(self.open)

    def title(self) -> str:
        """The token by which half of the stories have parted."""
        return f"Half of the stories part by {token(self.open.median.median)}"

    def alt(
        self, said: Mapping[int, float] | None = None, yours: Share | None = None
    ) -> str:
        """The figure in words."""
        apart = self.closed.within(LENGTH).percent
        guesses = ", ".join(
            f"{x:.0f}\u00a0% after {n}" for n, x in (said or {}).items()
        )
        return (
            f"{self.title()}. {self.open.alt()} A second curve, for problems "
            f"worked out step by step: after {LENGTH} tokens, {apart} have parted."
            f"{f' You said, of the problems: {guesses}.' if guesses else ''}"
            f"{figures.yours_in_words(yours)}"
        )

    def figure(
        self, said: Mapping[int, float] | None = None, yours: Share | None = None
    ) -> Figure:
        """The share of pairs that are still together, token by token, for both.

        Args:
            said: after some numbers of tokens, how many percent of the problems are
                still the same, before anybody knew.
            yours: other pairs of stories: those that have not parted soon.
        """
        looks = (
            ("step by step", self.closed, figures.CONTEXT, "--", -14),
            ("a story", self.open, figures.CHANCE, "-", 8),
        )
        tokens = range(LENGTH + 1)
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            for name, found, color, line, above in looks:
                apart = np.array([found.within(n)[:3] for n in tokens])
                together, high, low = 1 - apart.T
                look = {"step": "post", "linewidth": 0, "color": color}
                ax.fill_between(tokens, low, high, alpha=0.2, **look)
                ax.step(tokens, together, where="post", color=color, linestyle=line)
                end = (LENGTH, together[-1]), (0, above)
                look = {"ha": "right", "color": color, "weight": "bold"}
                figures.write_beside(ax, name, *end, **look)
            figures.tell_intervals(ax, "pale bands")
            ax.set(xlabel="tokens drawn", ylabel="pairs still the same")
            ax.set(xlim=(0, LENGTH), ylim=(-0.03, 1.03))
            ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            figures.set_title(fig, self.title())
            if said:
                (first, *_), guess = said, [percent / 100 for percent in said.values()]
                found = (first, 1 - self.closed.within(first).share)
                figures.draw_guess(ax, [*said], guess, found)
            if yours:
                figures.draw_yours(ax, SOON, yours)
        return fig


@checked(pairs=1)
def compare(lm: LanguageModel, pairs: int = PAIRS) -> OpenAndClosed:
    """Run a story's beginning twice, and problems; takes seconds.

    Args:
        lm: a model that works such problems out.
        pairs: of runs of a story; of a problem there is one for five.
    """
    problems = marbles.held_out(-(-pairs // RARER), CHANGES)
    return OpenAndClosed(
        divergence(lm, (BEGINNING,) * pairs),
        divergence(lm, [problem.step_prompt for problem in problems]),
    )


def together(parted: Divergence) -> Share:
    """The pairs that have not parted soon."""
    return share(at > SOON for at in parted.parted_at)


def fresh_stories(lm: LanguageModel, seed: int) -> Share:
    """Other pairs of runs of a story: those that have not parted soon."""
    return together(divergence(lm, (BEGINNING,) * FRESH, seed))


SAMPLE = Fresh(
    fresh_stories,
    OpenAndClosed.headline,
    f"pairs of stories still the same after {SOON} tokens",
    "stories",
)
PARTING = Experiment(
    "03_parting", compare, PAIRS, fresh=SAMPLE, on_card=r"two runs of .*"
)
