"""Noise and a story side by side: what the knobs alone make of one beginning.

Claim C3: both texts come from the same arithmetic with equally many knobs. In the one,
the knobs stand at random; in the other, where training left them.
"""

import jax

from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.parameters import init_parameters

TOKENS = 40
NAMES = ("knobs at random", "knobs after training")


@checked()
def write(lm: LanguageModel, beginning: str) -> dict[str, str]:
    """Go on with a beginning, by knobs at random and by the model's own.

    Returns:
        What each of NAMES writes.
    """
    at_random = lm.with_params(init_parameters(jax.random.key(0), lm.config))
    texts = (one.generate(beginning, TOKENS, seed=1) for one in (at_random, lm))
    return dict(zip(NAMES, texts, strict=True))
