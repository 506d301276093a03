"""Names for tokens that are no text of their own: a byte, the end of a text."""

import re
from collections.abc import Iterable
from typing import Protocol

_BRACKETED = re.compile(r"<(.+)>", re.DOTALL)


class Vocabulary(Protocol):
    """What a widget needs of a tokenizer."""

    pieces: list[str]
    stops: tuple[int, ...]

    def decode(self, ids: list[int]) -> str: ...


def marks(tokenizer: Vocabulary, tokens: Iterable[int] | None = None) -> dict[str, str]:
    """Token id -> name, for those of these tokens that are no text of their own.

    Args:
        tokenizer: cuts texts into the tokens.
        tokens: token ids; by default all that there are.
    """
    found = {}
    for token in range(len(tokenizer.pieces)) if tokens is None else tokens:
        piece = tokenizer.pieces[token]
        bracketed = _BRACKETED.fullmatch(piece)
        if token in tokenizer.stops:
            found[str(token)] = "⟨end of text⟩"
        elif bracketed and tokenizer.decode([token]) != piece:
            found[str(token)] = f"⟨{bracketed[1]}⟩"
    return found
