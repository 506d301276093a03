"""The context window: how much a model reads, and what becomes of a longer text."""

import warnings
from collections.abc import Sequence
from typing import Literal

from llm_lessons.foundation.checks import shown
from llm_lessons.foundation.paths import PACKAGE
from llm_lessons.text.tokenizers import Tokenizer

SLIDE = 4  # a sliding window drops one part in so many at a time

type Window = Literal["stop", "slide"]


class SlidingWindowWarning(UserWarning):
    """The text is longer than the window: the model no longer sees its beginning."""


class ContextWindow:
    """The longest text that a model reads.

    Args:
        size: of the window, in tokens.
        tokenizer: what cuts a text into tokens.
    """

    def __init__(self, size: int, tokenizer: Tokenizer):
        self._size, self._tokenizer = size, tokenizer

    def encode(self, text: str, window: Window) -> list[int]:
        """Token ids of a text, as `LanguageModel.encode` gives them."""
        if not text:
            raise ValueError("The prompt is empty: write at least one letter.")
        prefix, encode = self._tokenizer.prefix, self._tokenizer.encode
        text = self._tokenizer.lead + text
        if window == "slide":
            ids = [*prefix, *encode(text)]
            return self.slide(ids) if len(ids) > self._size - 1 else ids
        if window != "stop":
            raise ValueError(
                f'window must be "stop" or "slide"; it was {shown(window)}.'
            )
        # A token is rarely as long as 64 letters: don't cut up a novel to refuse it.
        most = 64 * self._size
        ids = [*prefix, *encode(text[:most])]
        self.check(len(ids), "over " if len(text) > most else "")
        return ids

    def check(self, length: int, least: str = "") -> None:
        """Refuse a text of so many tokens, or of even more, if it doesn't fit.

        Raises:
            ValueError: says how many tokens the model reads.
        """
        own = len(self._tokenizer.prefix)
        if least or length > self._size:
            raise ValueError(
                f"The prompt is too long: {least}{length - own:,} tokens, and this "
                f"model reads at most {self._size - own:,}. Shorten it."
            )

    def slide(self, ids: list[int]) -> list[int]:
        """Drop the oldest tokens of a text that fills the window, and say so."""
        kept = ids[-(self._size - self._size // SLIDE) :]
        warnings.warn(
            f"The text no longer fits into the window of {self._size:,} tokens: the "
            f"model does not see its first {len(ids) - len(kept):,} tokens any more.",
            SlidingWindowWarning,
            skip_file_prefixes=(str(PACKAGE),),
        )
        return kept

    def room(self, ids: Sequence[int], most: int) -> int:
        """How many of `most` tokens can be drawn before the window is full."""
        return min(most, self._size - len(ids))
