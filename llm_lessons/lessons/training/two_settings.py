"""Noise and a story side by side: what the knobs alone make of one beginning.

Claim C3: both texts come from the same arithmetic with equally many knobs. In the one,
the knobs stand at random; in the other, where training left them.
"""

import html
from dataclasses import dataclass

import jax

from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.parameters import init_parameters
from llm_lessons.pieces import visible

BEGINNING = "Once upon a time"
TOKENS = 40
NAMES = ("knobs at random", "knobs after training")


@dataclass(frozen=True)
class TwoSettings:
    """One beginning, gone on with twice.

    Attributes:
        beginning: it.
        noise, story: what follows with each setting of the knobs.
    """

    beginning: str
    noise: str
    story: str

    def __repr__(self) -> str:
        pairs = zip(NAMES, (self.noise, self.story), strict=True)
        told = ((name, visible(text, keep=" ")) for name, text in pairs)
        return "\n".join(f"{name}: {self.beginning}{text}" for name, text in told)

    def _repr_html_(self) -> str:
        boxes = map(self._box, NAMES, (self.noise, self.story))
        return (
            '<div class="ll-two-settings" style="display: flex; flex-wrap: wrap; '
            f'gap: 0.8em 2em; max-width: 46rem">{"".join(boxes)}</div>'
        )

    def _box(self, name: str, text: str) -> str:
        words = html.escape(visible(text, keep=" "))
        return (
            '<div style="flex: 1 1 15em; min-width: 0; overflow-wrap: anywhere">'
            f"<small>{name}</small><br><b>{html.escape(self.beginning)}</b>{words}</div>"
        )


@checked()
def write(lm: LanguageModel, beginning: str = BEGINNING) -> TwoSettings:
    """Go on with a beginning, by knobs at random and by the model's own."""
    at_random = lm.with_params(init_parameters(jax.random.key(0), lm.config))
    noise, story = (one.generate(beginning, TOKENS, seed=1) for one in (at_random, lm))
    return TwoSettings(beginning, noise, story)
