"""All of Fjordby in tokens, and where in it pieces of a few tokens stand.

A piece is looked up by a fingerprint of 32 bits, in one pass over all tokens; then the
tokens themselves are compared, so that what is found is exact.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Int, UInt16, UInt32

from llm_lessons import fjordby
from llm_lessons.fjordby import kept_texts
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training.data import START, encode
from llm_lessons_starter import atomic

PIECE = 7  # neighbouring tokens that are looked up together

_AT_ONCE = 2**20  # tokens of Fjordby that are looked through at a time
_TABLE_BITS = 20
_MIX = np.uint32(0x9E3779B1)
_BEGIN = np.uint32(0x811C9DC5)

type Row = Int[np.ndarray, " tokens"] | Sequence[int]


class Page(NamedTuple):
    """A document that has a piece of a text, and where in its text the piece is."""

    section: str
    text: str
    start: int
    end: int


def fingerprints(tokens: UInt16[np.ndarray, " n"]) -> UInt32[np.ndarray, " pieces"]:
    """A number of 32 bits for each piece, in the order in which the pieces begin."""
    count = max(0, len(tokens) - PIECE + 1)
    prints = np.full(count, _BEGIN)
    for i in range(PIECE):
        prints ^= tokens[i : i + count]
        prints *= _MIX
        prints ^= prints >> np.uint32(15)
    return prints


class Reading:
    """The tokens of all documents, one behind the other, each behind its start token.

    Attributes:
        tokens: uint16 [n].
        tokenizer: what cut them.
    """

    def __init__(
        self,
        documents: Sequence[fjordby.Document],
        tokenizer: Tokenizer,
        show: bool = False,
        tokens: UInt16[np.ndarray, " n"] | None = None,
    ) -> None:
        self._documents, self.tokenizer = documents, tokenizer
        if tokens is None:
            rows = encode([text for _, text in documents], tokenizer, show)
            tokens = np.concatenate([*rows, np.zeros(0, np.uint16)])
        self.tokens = tokens
        self._starts = np.append(np.flatnonzero(tokens == START), len(tokens))

    def pieces(self) -> Iterator[tuple[int, UInt32[np.ndarray, " pieces"]]]:
        """Fingerprints of all pieces, some at a time, with the place of the first.

        Pieces that reach from one document into the next are among them.
        """
        for first in range(0, len(self.tokens), _AT_ONCE):
            yield (
                first,
                fingerprints(self.tokens[first : first + _AT_ONCE + PIECE - 1]),
            )

    def fingerprints(self) -> UInt32[np.ndarray, " pieces"]:
        """Those of all pieces within a document, in the order of reading."""
        inside = []
        for first, prints in self.pieces():
            tokens = self.tokens[first : first + len(prints) + PIECE - 1]
            is_text = np.ones(len(prints), bool)
            for i in range(PIECE):
                is_text &= tokens[i : i + len(prints)] != START
            inside.append(prints[is_text])
        return np.concatenate([*inside, np.zeros(0, np.uint32)])

    def places(self, rows: Sequence[Row]) -> list[list[Int[np.ndarray, " places"]]]:
        """For each piece of each row, all places in `tokens` where it stands."""
        wanted = [np.asarray(row, np.uint16) for row in rows]
        prints = [fingerprints(row) for row in wanted]
        known = np.unique(np.concatenate([*prints, np.zeros(0, np.uint32)]))
        at, which = self._looked_up(known)
        ends = np.searchsorted(which, np.arange(len(known) + 1))
        return [
            [
                self._same(at[ends[k] : ends[k + 1]], row[i : i + PIECE])
                for i, k in enumerate(np.searchsorted(known, own).tolist())
            ]
            for row, own in zip(wanted, prints, strict=True)
        ]

    def _looked_up(
        self, known: UInt32[np.ndarray, " m"]
    ) -> tuple[Int[np.ndarray, " n"], Int[np.ndarray, " n"]]:
        """Places with one of these fingerprints, and with which; ordered by these."""
        shift = np.uint32(32 - _TABLE_BITS)
        table = np.zeros(2**_TABLE_BITS, bool)
        table[known >> shift] = True  # rules out nearly all with one look
        at, which = [np.zeros(0, int)], [np.zeros(0, int)]
        for first, prints in self.pieces():
            hits = np.flatnonzero(table[prints >> shift])
            number = np.searchsorted(known, prints[hits])
            number[number == len(known)] = 0
            right = known[number] == prints[hits] if len(known) else number < 0
            at.append(first + hits[right])
            which.append(number[right])
        places, numbers = np.concatenate(at), np.concatenate(which)
        order = np.argsort(numbers, kind="stable")
        return places[order], numbers[order]

    def _same(
        self, places: Int[np.ndarray, " n"], piece: UInt16[np.ndarray, " piece"]
    ) -> Int[np.ndarray, " m"]:
        """Those places where the piece itself stands, and no other of its print."""
        for i, token in enumerate(piece):
            places = places[self.tokens[places + i] == token]
        return places

    def longest(
        self, row: Row, begin: int, end: int, places: Int[np.ndarray, " n"]
    ) -> tuple[int, int]:
        """Where a document goes on the longest as the row does.

        Args:
            begin: where the piece begins in the row.
            end: how far one looks.
            places: where the piece stands in `tokens`; one at least.

        Returns:
            One of the places, and how many tokens agree there.
        """
        length = PIECE
        while begin + length < end:
            inside = places[places + length < len(self.tokens)]
            more = inside[self.tokens[inside + length] == row[begin + length]]
            if not len(more):
                break
            places, length = more, length + 1
        return int(places[0]), length

    def page(self, place: int, length: int) -> Page:
        """The document at this place of `tokens`, with so many of them marked."""
        number = int(np.searchsorted(self._starts, place, side="right")) - 1
        section, text = self._documents[number]
        first = place - int(self._starts[number])
        own = self.tokens[self._starts[number] : self._starts[number + 1]].tolist()
        ends = (len(self.tokenizer.decode(own[:n])) for n in (first, first + length))
        return Page(section, text, *ends)


@cache
def reading(tokenizer: Tokenizer) -> Reading:
    """All of Fjordby in this tokenizer's tokens.

    They take a quarter of a minute the first time; then their 60 MB lie beside the
    texts in the user's cache folder.
    """
    documents, texts = fjordby.build().documents, kept_texts.place()
    if texts is None:
        return Reading(documents, tokenizer)
    own = hashlib.sha256(repr(tokenizer.pieces).encode()).hexdigest()[:16]
    return kept_reading(documents, tokenizer, texts.with_suffix(f".{own}.npy"))


def kept_reading(
    documents: Sequence[fjordby.Document], tokenizer: Tokenizer, place: Path
) -> Reading:
    """The same, once it was read; where nothing can be kept, it is read each time."""
    with suppress(OSError, ValueError, EOFError):
        stored = Reading(documents, tokenizer, tokens=np.load(place))
        if np.count_nonzero(stored.tokens == START) == len(documents):
            return stored
    made = Reading(documents, tokenizer)
    with suppress(OSError), atomic.replacing(place) as partial:
        np.save(partial, made.tokens)
    return made
