"""Three sizes of one model: what more knobs alone are worth.

Claim C17: what a model can do comes from one operation at a huge scale. Scale is knobs
and text. Here the text is held fixed: three models of the same kind read the very same
tokens, once, with the same recipe, and the learning rate of each fell to nothing at
the end. They differ in width and depth, so in the number of their knobs, and in the
work that these take. Their loss was measured on texts that none of them had read.

The models were trained once, in ten minutes, and `data/control/sizes.json` keeps what
they came to. Commit 509aada5 is the last that has their trainer: this file, and
`python3 start.py sizes`.
"""

import json
from dataclasses import dataclass
from itertools import pairwise

from llm_lessons.foundation.paths import DATA

LOG = DATA / "control" / "sizes.json"


@dataclass(frozen=True)
class Sized:
    """One of the models, trained.

    Attributes:
        parameters: how many knobs it has.
        bits: surprise on unseen texts, in bits a token.
        low, high: the 95 % interval of that.
    """

    parameters: int
    bits: float
    low: float
    high: float


@dataclass(frozen=True)
class Sizes:
    """All models, from few knobs to many.

    Attributes:
        corpus_sha256: of the corpus whose documents they read.
        tokens: that each of them read, once.
        texts: unseen ones, over which surprise was averaged.
        models: one for each size.
    """

    corpus_sha256: str
    tokens: int
    texts: int
    models: tuple[Sized, ...]

    def sentence(self) -> str:
        """The loss of each size, and whether each is clearly better than the last."""
        told = ", ".join(
            f"{m.bits:.2f} with {m.parameters:,} knobs" for m in self.models
        )
        falls = all(more.high < few.low for few, more in pairwise(self.models))
        end = (
            "With each size the loss is clearly lower."
            if falls
            else "Not each size is clearly better than the one before."
        )
        return (
            f"After the same {self.tokens / 1e6:.1f} million tokens, unseen text costs "
            f"{told}, in bits a token. {end}"
        )


def read_log() -> Sizes:
    """What was measured."""
    fields = json.loads(LOG.read_text(encoding="utf-8"))
    models = tuple(Sized(**size) for size in fields["models"])
    return Sizes(**fields | {"models": models})
