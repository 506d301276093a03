"""A token as people see it: a sign for what can't be seen, a name for what is no text.

In a browser, `web/lib/pieces.js` and `web/answers/words.js` show the same.
"""

import re
from collections.abc import Iterable
from typing import Protocol

_SIGNS = {chr(code): chr(0x2400 + code) for code in range(32)}
_SIGNS |= {" ": "␣", "\n": "↵", "\t": "⇥", "\u00a0": "⍽"}
_BRACKETED = re.compile(r"<(.+)>", re.DOTALL)


class Vocabulary(Protocol):
    """What is needed of a tokenizer."""

    pieces: list[str]
    stops: tuple[int, ...]

    def decode(self, ids: list[int]) -> str: ...


def visible(piece: str) -> str:
    """A piece of text with signs for spaces, line breaks and whatever is unseen."""
    return "".join(map(_sign, piece)) or "⟨nothing⟩"


def _sign(letter: str) -> str:
    return _SIGNS.get(letter) or (
        letter if letter.isprintable() else f"⟨U+{ord(letter):04X}⟩"
    )


def mark(tokenizer: Vocabulary, token: int) -> str | None:
    """The name of a token that is no text of its own: a byte, the end of a text."""
    piece = tokenizer.pieces[token]
    bracketed = _BRACKETED.fullmatch(piece)
    if token in tokenizer.stops:
        return "⟨end of text⟩"
    if bracketed and tokenizer.decode([token]) != piece:
        return f"⟨{bracketed[1]}⟩"
    return None


def seen(tokenizer: Vocabulary, token: int) -> str:
    """A token by its id: its name or its text, with signs."""
    return mark(tokenizer, token) or visible(tokenizer.pieces[token])


def marks(tokenizer: Vocabulary, tokens: Iterable[int] | None = None) -> dict[str, str]:
    """Token id -> name, for those of these tokens that are no text of their own.

    Args:
        tokenizer: cuts texts into the tokens.
        tokens: token ids; by default all that there are.
    """
    there = range(len(tokenizer.pieces)) if tokens is None else tokens
    names = ((str(token), mark(tokenizer, token)) for token in there)
    return {token: name for token, name in names if name}
