"""From documents to rows of tokens: packed head to tail, every token read once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from tqdm import tqdm

from llm_lessons.tokenizers import SentencePieceTokenizer, train_sentencepiece

CHUNK = 2000  # documents encoded between two moves of the progress bar


@dataclass(frozen=True)
class TokenStream:
    """A corpus as one long line of tokens, cut into batches.

    Attributes:
        tokens: uint16 [n_tokens], each document behind its start token.
        rows: rows a batch.
        row_length: tokens a row predicts.
    """

    tokens: np.ndarray
    rows: int
    row_length: int

    @property
    def steps(self) -> int:
        """Batches in one pass; the last tokens that fill no batch are left out."""
        return (len(self.tokens) - 1) // (self.rows * self.row_length)

    def batch(self, step: int) -> np.ndarray:
        """int32 [rows, row_length + 1]: inputs, and the same moved on by one token."""
        size = self.rows * self.row_length
        span = self.tokens[step * size : (step + 1) * size + 1].astype(np.int32)
        starts = np.arange(self.rows) * self.row_length
        return span[starts[:, None] + np.arange(self.row_length + 1)]


def encode(
    texts: Sequence[str], tokenizer: SentencePieceTokenizer, show: bool = True
) -> np.ndarray:
    """Encode documents to one uint16 array, each behind its start token."""
    parts = []
    with tqdm(total=len(texts), desc="tokens", unit="doc", disable=not show) as bar:
        for i in range(0, len(texts), CHUNK):
            chunk = texts[i : i + CHUNK]
            ids = ([tokenizer.start_id, *tokenizer.encode(text)] for text in chunk)
            parts.append(np.fromiter(chain.from_iterable(ids), np.uint16))
            bar.update(len(chunk))
    return np.concatenate(parts)


def prepare(
    texts: Sequence[str], sample: Sequence[str], vocab_size: int, cache: Path
) -> tuple[np.ndarray, SentencePieceTokenizer]:
    """Learn the vocabulary from a sample and encode the texts, or use the cache folder.

    What is cached is named after the texts, so a changed corpus is encoded anew.
    """
    digest = hashlib.sha256(f"{vocab_size}".encode())
    for text in texts:
        digest.update(text.encode() + b"\0")
    stem = cache / digest.hexdigest()[:16]
    tokens_path, model_path = stem.with_suffix(".npy"), stem.with_suffix(".model")
    if tokens_path.exists() and model_path.exists():
        return np.load(tokens_path), SentencePieceTokenizer(model_path.read_bytes())
    cache.mkdir(parents=True, exist_ok=True)
    print(f"Learning a vocabulary of {vocab_size} pieces ...", flush=True)
    tokenizer = train_sentencepiece(sample, vocab_size)
    tokens = encode(texts, tokenizer)
    tokenizer.save(model_path)
    partial = tokens_path.with_suffix(".partial.npy")
    np.save(partial, tokens)
    partial.replace(tokens_path)
    return tokens, tokenizer
