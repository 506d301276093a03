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

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.reading import PIECE, Page, Reading, reading
from llm_lessons.text.tokenizers import Tokenizer

RUN = 11  # tokens of the shortest stretch that counts


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


def stretches(hits: Sequence[bool] | Bool[np.ndarray, " pieces"]) -> list[range]:
    """The places of the tokens that count as read, stretch by stretch.

    Args:
        hits: for each piece, in its order, whether Fjordby has it.
    """
    edges = np.flatnonzero(np.diff([False, *hits, False]))
    read: list[range] = []
    for first, end in edges.reshape(-1, 2).tolist():
        if end - first > RUN - PIECE:
            begin = max(first, read[-1].stop) if read else first
            read.append(range(begin, end + PIECE - 1))
    return read


@checked()
def origins(
    lm: LanguageModel, texts: Sequence[str], before: Sequence[str] | None = None
) -> list[Origin]:
    """For each text, what of it stands in Fjordby word for word.

    The first call on a computer reads all of Fjordby: a quarter of a minute.

    Args:
        before: what each text goes on from, such as a prompt. A stretch may begin in
            it; only what lies in the text counts.

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
    hits = read.places(rows)
    return [
        _origin(read, row, len(before), places)
        for row, places, (before, _) in zip(rows, hits, texts, strict=True)
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
    for stretch in stretches([len(piece) > 0 for piece in places]):
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
    beyond them, the rest counts. A character of several bytes belongs to its last.
    """
    joined: list[tuple[int, str, int]] = []
    at = 0
    *pieces, _ = tokenizer.decode_stream(row)  # which is the end: no text is left
    for piece, label in zip(pieces, labels, strict=True):
        text = piece[max(0, given - at) :]
        is_given = at + len(piece) < given or (at + len(piece) == given and piece)
        at += len(piece)
        if is_given:
            continue
        if joined and joined[-1][0] == label:
            _, before, tokens = joined.pop()
            joined.append((label, before + text, tokens + 1))
        else:
            joined.append((label, text, 1))
    return joined
