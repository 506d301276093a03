"""Where did that come from: what of a text stands in Fjordby word for word.

Claim C12: mostly the output is a remix that matches no document. Here any text of the
class model is held beside all that it read, token by token. A stretch counts as read
where every piece of `PIECE` neighbouring tokens in it stands in a document of Fjordby,
and where it is `RUN` tokens long or longer. So all that was copied in one go, `RUN`
tokens or more, is found; what is joined from copied pieces that overlap is found, too.
The rest is a new mixture.

It is exact: by the tokens of all documents. `pages/origins_script.py` packs the
fingerprints of these pieces for pages without a kernel, and `web/engine/origins.js`
does there what is done here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int, UInt16, UInt32

from llm_lessons import fjordby
from llm_lessons.checks import Refusal, checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training.data import START, encode

PIECE = 7  # neighbouring tokens that are looked up together
RUN = 11  # tokens of the shortest stretch that counts

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


@dataclass(frozen=True)
class Part:
    """A part of a text.

    Attributes:
        text: what it says.
        tokens: how many it has.
        page: one that has it word for word; None where it is a new mixture.
    """

    text: str
    tokens: int
    page: Page | None = None


@dataclass(frozen=True)
class Origin:
    """Where a text came from: its parts, which joined are the text."""

    parts: tuple[Part, ...]

    @property
    def tokens(self) -> int:
        """How many the text has."""
        return sum(part.tokens for part in self.parts)

    @property
    def found(self) -> int:
        """How many of them stand in stretches that Fjordby has."""
        return sum(part.tokens for part in self.parts if part.page)


def fingerprints(tokens: UInt16[np.ndarray, " n"]) -> UInt32[np.ndarray, " pieces"]:
    """A number of 32 bits for each piece, in the order in which the pieces begin."""
    count = max(0, len(tokens) - PIECE + 1)
    found = np.full(count, _BEGIN)
    for i in range(PIECE):
        found ^= tokens[i : i + count]
        found *= _MIX
        found ^= found >> np.uint32(15)
    return found


def stretches(hits: Sequence[bool] | Bool[np.ndarray, " pieces"]) -> list[range]:
    """The places of the tokens that count as read, stretch by stretch.

    Args:
        hits: for each piece, in its order, whether Fjordby has it.
    """
    edges = np.flatnonzero(np.diff([False, *hits, False]))
    found: list[range] = []
    for first, end in edges.reshape(-1, 2).tolist():
        if end - first > RUN - PIECE:
            begin = max(first, found[-1].stop) if found else first
            found.append(range(begin, end + PIECE - 1))
    return found


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
    ) -> None:
        self._documents, self.tokenizer = documents, tokenizer
        rows = encode([text for _, text in documents], tokenizer, show)
        self._starts = np.cumsum([0, *map(len, rows)])
        self.tokens = np.concatenate([*rows, np.zeros(0, np.uint16)])

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
        for first, found in self.pieces():
            tokens = self.tokens[first : first + len(found) + PIECE - 1]
            is_text = np.ones(len(found), bool)
            for i in range(PIECE):
                is_text &= tokens[i : i + len(found)] != START
            inside.append(found[is_text])
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
        for first, found in self.pieces():
            hits = np.flatnonzero(table[found >> shift])
            number = np.searchsorted(known, found[hits])
            number[number == len(known)] = 0
            right = known[number] == found[hits] if len(known) else number < 0
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
    """All of Fjordby in this tokenizer's tokens; the first call takes some seconds."""
    return Reading(fjordby.build().documents, tokenizer)


@checked()
def origins(
    lm: LanguageModel, texts: Sequence[str], before: Sequence[str] | None = None
) -> list[Origin]:
    """For each text, what of it stands in Fjordby word for word.

    The first call reads all of Fjordby, which takes some seconds.

    Args:
        before: what each text goes on from, such as a prompt. A stretch may begin in
            it; only what lies in the text is told.

    Raises:
        ValueError: texts, and what stands before them, are not as many.
    """
    given = [""] * len(texts) if before is None else before
    if len(given) != len(texts):
        raise Refusal(
            f"before must have an entry for each of the {len(texts)} texts; it had "
            f"{len(given)}."
        )
    return traced(reading(lm.tokenizer), list(zip(given, texts, strict=True)))


def traced(read: Reading, texts: Sequence[tuple[str, str]]) -> list[Origin]:
    """`origins` by documents of one's own: pairs of what stands before, and a text."""
    rows = [read.tokenizer.encode(before + text) for before, text in texts]
    found = read.places(rows)
    return [
        _origin(read, row, len(before), places)
        for row, places, (before, _) in zip(rows, found, texts, strict=True)
    ]


def _origin(
    read: Reading,
    row: list[int],
    given: int,
    places: Sequence[Int[np.ndarray, " places"]],
) -> Origin:
    """The origin of a row behind so many characters."""
    pages: list[Page | None] = [None]
    labels = [0] * len(row)
    for stretch in stretches([len(one) > 0 for one in places]):
        at = stretch.start
        while at < stretch.stop:  # what one page has, as far as it goes
            begin = min(at, stretch.stop - PIECE)
            place, length = read.longest(row, begin, stretch.stop, places[begin])
            end = begin + length
            labels[at:end] = [len(pages)] * (end - at)
            pages.append(read.page(place, length))
            at = end
    return Origin(
        tuple(
            Part(text, tokens, pages[label])
            for label, text, tokens in parts(read.tokenizer, row, labels, given)
        )
    )


def parts(
    tokenizer: Tokenizer, row: Sequence[int], labels: Sequence[int], given: int
) -> list[tuple[int, str, int]]:
    """Neighbouring tokens of one label together: the label, their text, how many.

    A token that lies in the first `given` characters is left out; of one that reaches
    beyond them, the rest is told. A character of several bytes belongs to its last.
    """
    told: list[tuple[int, str, int]] = []
    at = 0
    *pieces, _ = tokenizer.decode_stream(row)  # which is the end: no text is left
    for piece, label in zip(pieces, labels, strict=True):
        text = piece[max(0, given - at) :]
        is_given = at + len(piece) < given or (at + len(piece) == given and piece)
        at += len(piece)
        if is_given:
            continue
        if told and told[-1][0] == label:
            _, before, tokens = told.pop()
            told.append((label, before + text, tokens + 1))
        else:
            told.append((label, text, 1))
    return told
