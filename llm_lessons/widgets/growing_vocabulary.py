"""A vocabulary that grows and shrinks on a slider, and a text that is cut with it."""

from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control

FIRST = 3 + 256  # ids before these: unknown, start, line break, and every byte


class GrowingVocabulary(Control):
    """How a text is cut by a vocabulary as it was after its first so many pieces.

    Byte-pair encoding learns one piece after the other, and a smaller vocabulary is the
    beginning of a larger one. So one training is enough for every size: the browser
    joins with the first pieces, within a frame and without a kernel.

    Args:
        tokenizer: what `train_sentencepiece` has learned.
        text: the text to cut.
        size: tokens in the vocabulary to begin with; by default the fewest.

    Attributes:
        fewest: the size at which single letters are all there is.

    Raises:
        ValueError: a size below the fewest or above the tokenizer's own.
    """

    _esm, _css = assets("growing_vocabulary")

    text = traitlets.Unicode().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    _pieces = traitlets.List().tag(sync=True)  # joined ones, as they were learned
    _letters = traitlets.List().tag(sync=True)  # single ones, as their ids follow
    _first = traitlets.Int(FIRST).tag(sync=True)  # id of the first joined piece

    @checked()
    def __init__(
        self, tokenizer: SentencePieceTokenizer, text: str, size: int | None = None
    ):
        learned = tokenizer.pieces[FIRST:]
        pieces = [piece for piece in learned if len(piece) > 1]
        letters = [piece for piece in learned if len(piece) == 1]
        self.fewest = FIRST + len(letters)
        super().__init__(
            text=text,
            _pieces=pieces,
            _letters=letters,
            size=self.fewest if size is None else size,
        )

    def __repr__(self) -> str:
        return f"GrowingVocabulary({self.text!r}, size={self.size})"

    @traitlets.validate("size")
    def _check_size(self, proposal: Any) -> int:
        most = self.fewest + len(self._pieces)
        if self.fewest <= proposal.value <= most:
            return proposal.value
        raise ValueError(
            f"size must be from {self.fewest:,} (single letters) to {most:,}, all that "
            f"was learned; it was {proposal.value:,}."
        )
