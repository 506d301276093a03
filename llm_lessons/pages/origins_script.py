"""What Fjordby holds word for word, as one small script for pages without a kernel.

All pieces of Fjordby (`measuring/reading.py`) as a Bloom filter (Bloom, 1970): a row of
bits in which each piece sets two, at places that its fingerprint gives. A piece that
Fjordby has always finds both of its bits set. One that it does not have finds them set
by others now and then; a stretch needs several such accidents side by side.

A Bloom filter because it is the simplest: it is filled in one pass, and asked by two
looks. With `BITS` bits for each different piece, a million pieces make 583 KB of script
(six bits a letter), and 19 % of the pieces that Fjordby does not have are taken for its
own. That sounds like much, but a stretch needs `RUN` - `PIECE` + 1 = 5 such accidents
side by side: of a text that is new throughout, 1 token in 455 is marked, and at each
end of a stretch a mark reaches 0.2 tokens too far. `errors` works these out from the
bits that are set, and the script brings them along for the page to say.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import UInt8, UInt32

from llm_lessons import fjordby
from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.foundation.paths import BUILD
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.origins import RUN
from llm_lessons.measuring.reading import PIECE, Reading
from llm_lessons.pages.sources import kept
from llm_lessons.text.tokenizers import SentencePieceTokenizer

FILE = "fjordby.js"  # which `web/answers/origins.js` looks for beside the model's file
KEPT = BUILD / "origins"
BITS = 3.5  # for each different piece
_VERSION = 1  # of what is kept: raise it when fingerprints or places change


class Errors(NamedTuple):
    """How often the filter is wrong where Fjordby does not have a piece."""

    piece: float  # share of such pieces that it takes for Fjordby's
    token: float  # share of the tokens of a text that is new throughout that it marks
    edge: float  # tokens by which a mark reaches too far, at each end of a stretch


@checked()
def origins_script(lm: LanguageModel, folder: Path = KEPT) -> str:
    """JavaScript, all of it ASCII, that tells a page what Fjordby has.

    It is kept in the folder until Fjordby or the vocabulary changes. Made anew in some
    seconds, with a bar that moves.

    Raises:
        ValueError: the model's vocabulary is none of SentencePiece's.
    """
    if not isinstance(lm.tokenizer, SentencePieceTokenizer):
        raise Refusal(
            f"{lm.name} has a vocabulary that pages can't cut with: take a model whose "
            "tokenizer is a SentencePieceTokenizer."
        )
    model, corpus = lm.tokenizer.model, fjordby.build()
    settings = f"{PIECE} {RUN} {BITS} {_VERSION} {lm.name}"
    parts = [corpus.sha256, settings, hashlib.sha256(model).hexdigest()]
    documents, tokenizer = corpus.documents, lm.tokenizer

    def make() -> str:
        return as_script(lm.name, filled(Reading(documents, tokenizer, show=True)))

    return kept(folder / "fjordby.json", parts, make)


def as_script(name: str, bits: UInt8[np.ndarray, " bytes"]) -> str:
    """JavaScript that offers a filter to the model of this name."""
    data = json.dumps(packed(bits))
    own = f"(globalThis.llmLessonsReadings ??= {{}})[{json.dumps(name)}]"
    return f"{own} = {data};\n"


def packed(bits: UInt8[np.ndarray, " bytes"]) -> dict[str, Any]:
    """What `web/engine/origins.js` takes."""
    return {
        "bits": base64.b64encode(bits.tobytes()).decode(),
        "errors": errors(bits)._asdict(),
    }


def filled(read: Reading) -> UInt8[np.ndarray, " bytes"]:
    """The filter of all pieces: bits, the lowest of each byte first."""
    prints = np.sort(read.fingerprints())
    prints = prints[np.diff(prints, prepend=~prints[:1]) != 0]
    size = 8 * max(1, ceil(BITS * len(prints) / 8))
    is_set = np.zeros(size, bool)
    for places in places_of(prints, size):
        is_set[places] = True
    return np.packbits(is_set, bitorder="little")


def places_of(
    prints: UInt32[np.ndarray, " n"], size: int
) -> Iterable[UInt32[np.ndarray, " n"]]:
    """The two places of each fingerprint in a row of so many bits."""
    other = (prints ^ prints >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    other = (other ^ other >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    other ^= other >> np.uint32(16)
    return prints % np.uint32(size), other % np.uint32(size)


def errors(bits: UInt8[np.ndarray, " bytes"]) -> Errors:
    """The errors that so many set bits make.

    Both bits of a piece are set by others as often as chance has it. A stretch begins
    behind a piece that is told right, and needs `RUN` - `PIECE` + 1 that are not.
    """
    piece = float(np.unpackbits(bits).mean() ** 2)
    edge = piece / (1 - piece)
    begins = (1 - piece) * piece ** (RUN - PIECE + 1)
    return Errors(piece, begins * (RUN + edge), edge)
