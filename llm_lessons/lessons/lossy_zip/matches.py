"""The longest stretch of a text that stands in Fjordby word for word.

Of many texts at once, in one pass over all of Fjordby: blocks of characters are looked
up by a fingerprint, and what is found is stretched letter by letter.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Int, UInt8, UInt64

from llm_lessons.measuring.marking import Marked
from llm_lessons.waiting import waited

BLOCK = 16  # characters that are looked up at once
SHORTEST = 2 * BLOCK - 1  # characters; about six words

_STRIDE = 8  # bytes in a 64-bit number
_PIECE = 2**22  # bytes of the corpus that are looked through at once
_TABLE_BITS = 20
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


class Match(NamedTuple):
    """The longest stretch of a text that stands in the corpus.

    Attributes:
        text: the whole text.
        start, end: where in it the stretch is; both 0 if none is long enough to count.
    """

    text: str
    start: int
    end: int

    @property
    def stretch(self) -> str:
        """The matching part of the text."""
        return self.text[self.start : self.end]

    @property
    def share(self) -> float:
        """The stretch as a share of the text's characters."""
        return (self.end - self.start) / len(self.text)

    @property
    def words(self) -> int:
        """How many whole words the stretch has."""
        spans = (word.span() for word in re.finditer(r"\S+", self.text))
        return sum(self.start <= start and end <= self.end for start, end in spans)

    @property
    def marked(self) -> Marked:
        """The text with its stretch marked."""
        share = f"{round(100 * self.share)}\u00a0%"
        head = f"{share} of this story in one piece: {self.words} words"
        before, after = self.text[: self.start], self.text[self.end :]
        return Marked(
            head, (("plain", before), ("same", self.stretch), ("plain", after))
        )


def longest_matches(texts: Sequence[str], documents: Iterable[str]) -> list[Match]:
    """For each text its longest stretch that stands in one of the documents.

    Exact for a stretch of 31 characters or more; a shorter one doesn't count as a
    match. For so long a stretch holds one of the blocks of 16 characters that the texts
    are cut into: one pass over the documents finds all places of all blocks, and each
    is then stretched to both sides for as long as the letters agree.

    Args:
        documents: plain Latin-1 without the control characters 0 and 1, as all of
            Fjordby is.
    """
    # Padded, and separated by what the other side never holds: a stretch ends there.
    pad = "\0" * 2 * BLOCK
    read = "\0".join([pad, *dict.fromkeys(documents), pad]).encode("latin-1")
    corpus = np.frombuffer(read, np.uint8)
    plain = [re.sub(r"[^\x02-\xff]", "\1", text) for text in texts]
    pad = "\1" * 2 * BLOCK
    drawn = np.frombuffer((pad + "\1".join(plain) + pad).encode("latin-1"), np.uint8)
    starts = len(pad) + np.cumsum([0, *(len(text) + 1 for text in plain[:-1])])

    place, at = _places(corpus, drawn)
    before = _agreeing(corpus, drawn, place - 1, at - 1, -1)
    after = _agreeing(corpus, drawn, place, at, 1)
    length, begin = before + after, at - before
    found = {}
    for i in np.argsort(length, kind="stable"):  # the longest of a text stays
        if length[i] >= SHORTEST:
            text = int(np.searchsorted(starts, begin[i], side="right")) - 1
            start = int(begin[i] - starts[text])
            found[text] = (start, start + int(length[i]))
    return [Match(text, *found.get(i, (0, 0))) for i, text in enumerate(texts)]


def _fingerprints(
    data: UInt8[np.ndarray, " bytes"], offset: int
) -> UInt64[np.ndarray, " n"]:
    """One number for each block that starts at `offset`, `offset` + 8, and so on."""
    words = np.frombuffer(data, "<u8", (len(data) - offset) // _STRIDE, offset)
    return words[:-1] * _MIX[0] ^ words[1:] * _MIX[1]


def _places(
    corpus: UInt8[np.ndarray, " C"], drawn: UInt8[np.ndarray, " T"]
) -> tuple[Int[np.ndarray, " n"], Int[np.ndarray, " n"]]:
    """Where in the corpus a block of the texts stands, and where in the texts.

    Chance may add places that don't match; none is left out.
    """
    blocks = _fingerprints(drawn, 0)[:: BLOCK // _STRIDE]
    order = np.argsort(blocks)
    known = blocks[order]
    shift = np.uint64(64 - _TABLE_BITS)
    table = np.zeros(2**_TABLE_BITS, bool)
    table[known >> shift] = True  # rules out nearly all with one look
    places, ats = [], []
    begins = range(0, len(corpus) - BLOCK + 1, _PIECE)
    for begin in waited(begins, "searching Fjordby"):
        # the blocks that begin in this piece may end in the next
        piece = corpus[begin : begin + _PIECE + BLOCK]
        for offset in range(_STRIDE):
            prints = _fingerprints(piece, offset)[: _PIECE // _STRIDE]
            hits = np.flatnonzero(table[prints >> shift])
            first, last = (
                np.searchsorted(known, prints[hits], s) for s in ("left", "right")
            )
            count = last - first
            # All blocks of the same print: first, first + 1, ... last - 1.
            within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            places.append(np.repeat(begin + offset + _STRIDE * hits, count))
            ats.append(BLOCK * order[np.repeat(first, count) + within])
    return np.concatenate(places), np.concatenate(ats)


def _agreeing(
    corpus: UInt8[np.ndarray, " C"],
    drawn: UInt8[np.ndarray, " T"],
    place: Int[np.ndarray, " n"],
    at: Int[np.ndarray, " n"],
    step: int,
) -> Int[np.ndarray, " n"]:
    """How many letters agree from each pair of places on, going by `step`."""
    length = np.zeros(len(place), int)
    alive = np.arange(len(place))
    while alive.size:
        i = step * length[alive]
        alive = alive[corpus[place[alive] + i] == drawn[at[alive] + i]]
        length[alive] += 1
    return length
