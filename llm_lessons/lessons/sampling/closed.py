"""An open prompt and a closed one: where two runs part, and where they hardly can.

Claim C8 holds where a text can go on in many ways. A problem that is worked out step by
step leaves the coin no choice: all the odds lie on one token, place after place.
"""

from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.divergence import (
    LENGTH,
    Divergence,
    divergence,
    token,
)

PAIRS = 40  # from the closed prompts
CHANGES = 3  # to the marbles of a bag, in each problem


@dataclass(frozen=True)
class OpenAndClosed:
    """Where pairs of runs part, from both kinds of prompt.

    Attributes:
        open: from the beginning of a story.
        closed: from problems that are worked out step by step, each run twice.
    """

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

    def title(self, said: float | None = None) -> str:
        """The token by which half of the stories have parted, beside what was said."""
        found = f"Half of the stories part by {token(self.open.median.median)}"
        return found if said is None else f"{found}; you said {said:g}"

    def alt(self, said: float | None = None) -> str:
        """The figure in words."""
        apart = self.closed.within(LENGTH).percent
        return (
            f"{self.title(said)}. {self.open.alt()} A second curve, for problems "
            f"worked out step by step, stays above it: after {LENGTH} tokens, "
            f"{apart} have parted."
        )

    def figure(self, said: float | None = None) -> Figure:
        """The share of pairs that are still together, token by token, for both.

        Args:
            said: by which token half of the stories have parted, before anybody knew.
        """
        looks = (
            ("step by step", self.closed, figures.VERMILION, "--", -14),
            ("a story", self.open, figures.BLUE, "-", 8),
        )
        tokens = range(LENGTH + 1)
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 3.2))
            for name, found, color, line, above in looks:
                apart = [found.within(n) for n in tokens]
                together = [1 - one.share for one in apart]
                low, high = ([1 - one[i] for one in apart] for i in (2, 1))
                look = {"step": "post", "linewidth": 0, "color": color}
                ax.fill_between(tokens, low, high, alpha=0.2, **look)
                ax.step(tokens, together, where="post", color=color, linestyle=line)
                ax.annotate(
                    *(name, (LENGTH, together[-1]), (0, above)),
                    textcoords="offset points",
                    ha="right",
                    color=color,
                    weight="bold",
                )
            ax.set(xlabel="tokens drawn", ylabel="pairs still the same")
            ax.set(xlim=(0, LENGTH), ylim=(-0.03, 1.03))
            ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            ax.set_title(self.title(said))
            if said is not None:
                half = min(self.open.median.median, LENGTH)
                figures.draw_guess(ax, [said], [0.5], (half, 0.5))
        return fig


@checked()
def compare(lm: LanguageModel, parted: Divergence) -> OpenAndClosed:
    """Run problems twice, and put them beside runs of a story; takes seconds.

    Args:
        lm: a model that works such problems out.
        parted: where runs of a story part, as `divergence` measures it.
    """
    problems = marbles.held_out(PAIRS, CHANGES)
    prompts = [problem.step_prompt for problem in problems]
    return OpenAndClosed(parted, divergence(lm, prompts))
