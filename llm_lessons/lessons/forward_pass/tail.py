"""Most tiny, a few large: next-token probabilities, counted over the whole vocabulary.

Claim C5: the model gives every token that it knows a probability; a few are large and
most are tiny.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel

OPEN = "Once upon a time, there was a"  # many tokens can follow
CLOSED = "The capital of France is the city of"  # hardly any but one
LARGE = 0.01
LAST = 0.01  # of all probability: the share that the least likely ones have together


@dataclass(frozen=True)
class Tail:
    """A text, and all its next-token probabilities, the largest first."""

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


def counted(lm: LanguageModel) -> str:
    """Both texts, counted, as Markdown."""
    tails = (count(lm, text) for text in (OPEN, CLOSED))
    return "\n\n".join(f"**{tail.sentence()}**" for tail in tails)


@checked()
def count(lm: LanguageModel, prompt: str) -> Tail:
    """Order all next-token probabilities of a text.

    Raises:
        ValueError: the text is empty or too long.
    """
    logits = lm.logits(prompt).astype(np.float64)
    odds = np.exp(logits - logits.max())
    return Tail(prompt, np.sort(odds / odds.sum())[::-1])
