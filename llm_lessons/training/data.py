"""From documents to rows of tokens: every document whole, every token read once."""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from jaxtyping import Int, UInt16
from tqdm import tqdm

from llm_lessons.fjordby.dice import Dice
from llm_lessons.text.tokenizers import (
    SentencePieceTokenizer,
    Tokenizer,
    train_sentencepiece,
)
from llm_lessons.training.writing import Damaged, seal, unseal, writing
from llm_lessons_starter import atomic

TOGETHER = 1000  # documents packed at a time ...
OPEN_ROWS = 256  # ... and rows, still with some room, that the next ones may fill
SHUFFLED = 4000  # rows that change places with one another
START = 1  # the id of the start token, SentencePiece's own
PADDING = np.uint16(2**16 - 1)  # fills a row up; neither read nor predicted


@dataclass(frozen=True)
class TokenStream:
    """A corpus as rows of tokens, read in batches of so many rows.

    Attributes:
        tokens: uint16 [n_rows, row_length + 1]; `PADDING` fills a row up.
        rows: rows a batch.
        start: the token that begins each of several texts in a row, which then don't
            see each other; None where a row is one text.
    """

    tokens: UInt16[np.ndarray, "n_rows row"]
    rows: int
    start: int | None = None

    @property
    def steps(self) -> int:
        """Batches in one pass; the last rows that fill no batch are left out."""
        return len(self.tokens) // self.rows

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of all tokens in their order."""
        return hashlib.sha256(self.tokens.tobytes()).hexdigest()

    @cached_property
    def _predicted(self) -> Int[np.ndarray, " n_rows"]:
        return np.cumsum((self.tokens[:, 1:] != PADDING).sum(axis=1))

    def tokens_read(self, step: int) -> int:
        """How many tokens are predicted in the first `step` batches."""
        return int(self._predicted[step * self.rows - 1]) if step else 0

    def batch(self, step: int) -> Int[np.ndarray, "rows row"]:
        """int32 [rows, row_length + 1], with -1 for padding.

        A row holds its inputs and, moved on by one, what is to be predicted.
        """
        rows = self.tokens[step * self.rows : (step + 1) * self.rows]
        return np.where(rows == PADDING, -1, rows.astype(np.int32))


def encode(
    texts: Sequence[str], tokenizer: Tokenizer, show: bool = True
) -> list[UInt16[np.ndarray, "_length"]]:
    """Encode documents, each behind its start token."""
    return [
        np.array([*tokenizer.prefix, *tokenizer.encode(text)], np.uint16)
        for text in tqdm(texts, "tokens", unit="doc", disable=not show)
    ]


def pack(
    documents: Sequence[UInt16[np.ndarray, "_length"]], row_length: int
) -> UInt16[np.ndarray, "n_rows row"]:
    """Put whole documents side by side into rows of `row_length` + 1 tokens.

    Of some documents at a time the longest comes first, each goes where it leaves the
    least room, and then so many rows at a time are shuffled: so none is cut in two,
    hardly any room is left over, and what comes early is read early. (Put head to tail,
    45 of 100 pages of notes would be cut by the end of a row of 256.) A document longer
    than a row is cut into several.
    """
    size, dice = row_length + 1, Dice(0, "packing")
    pieces = [
        document[i : i + size]
        for document in documents
        for i in range(0, len(document), size)
    ]
    done: list[list[np.ndarray]] = []
    open_rows: list[tuple[int, int]] = []  # room, and number in `done`
    for start in range(0, len(pieces), TOGETHER):
        for piece in sorted(pieces[start : start + TOGETHER], key=len, reverse=True):
            best = bisect_left(open_rows, (len(piece), 0))
            if best < len(open_rows):
                room, number = open_rows.pop(best)
            else:
                room, number = size, len(done)
                done.append([])
            done[number].append(piece)
            insort(open_rows, (room - len(piece), number))
        del open_rows[:-OPEN_ROWS]  # the fullest
    packed = np.full((len(done), size), PADDING)
    stretches = [done[i : i + SHUFFLED] for i in range(0, len(done), SHUFFLED)]
    rows = chain.from_iterable(map(dice.shuffled, stretches))
    for row, parts in zip(packed, rows, strict=True):
        tokens = np.concatenate(dice.shuffled(parts))
        row[: len(tokens)] = tokens
    return packed


def prepare(
    texts: Sequence[str],
    sample: Sequence[str],
    vocab_size: int,
    row_length: int,
    cache: Path,
) -> tuple[UInt16[np.ndarray, "n_rows row"], SentencePieceTokenizer]:
    """Learn the vocabulary from a sample and pack the texts, or use the cache folder.

    What is cached is named after the texts, so a changed corpus is packed anew; and
    so is what was damaged on the disk.

    Raises:
        Trouble: the cache can't be written.
    """
    digest = hashlib.sha256(f"{vocab_size} {row_length}".encode())
    for text in texts:
        digest.update(text.encode() + b"\0")
    path = cache / f"{digest.hexdigest()[:16]}.safetensors"
    if path.exists():
        try:
            arrays, about = unseal(path.read_bytes())
            if about != path.stem:
                raise Damaged("It holds something else.")
            return arrays["tokens"], SentencePieceTokenizer(arrays["model"].tobytes())
        except (Damaged, OSError):
            print(f"{path} is damaged, and made anew.", flush=True)
    print(f"Learning a vocabulary of {vocab_size} pieces ...", flush=True)
    tokenizer = train_sentencepiece(sample, vocab_size)
    tokens = pack(encode(texts, tokenizer), row_length)
    with writing(path):
        cache.mkdir(parents=True, exist_ok=True)
        model = np.frombuffer(tokenizer.model, np.uint8)
        atomic.write_bytes(path, seal({"tokens": tokens, "model": model}, path.stem))
    return tokens, tokenizer
