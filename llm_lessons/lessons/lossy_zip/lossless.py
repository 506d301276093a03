"""A lossless zip made of a language model: texts into a short file and back.

An arithmetic coder spends -log2(p) bits on a token to which the model gives probability
p. So the better the model predicts a text, the shorter its file; and whatever it
predicts, the text comes back bit for bit.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Int

from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip.arithmetic_coding import (
    ArithmeticDecoder,
    ArithmeticEncoder,
)
from llm_lessons.model.kv_cache import decode_step, make_cache
from llm_lessons.serving.compiled_sizes import CHUNK
from llm_lessons.serving.prefill import grow_cache
from llm_lessons.waiting import Waiting

FINENESS = 2**24  # probabilities are rounded down to this many parts, plus one
MOST_TEXTS = 255  # in one file: their number is its first byte
TOGETHER = 32  # texts read side by side; the cache of more would be large

_HEADER = struct.Struct("<BHI")  # texts, tokens of the longest, checksum


@partial(jax.jit, static_argnames="config", donate_argnums=2)
def _step(params, token, cache, config):
    """One token a text in, the odds of the next one out: the coder's only model."""
    logits, cache = decode_step(params, token, cache, config)
    return jax.nn.softmax(logits), cache


def _reader(
    lm: LanguageModel, texts: int
) -> Callable[[Sequence[int]], Int[np.ndarray, "texts bounds"]]:
    """A function that reads one more token of each text, and shares out what may come.

    It returns where each token's share of the whole begins; the last number is the
    whole. Whoever reads the same tokens in as many texts gets the same.
    """
    cache = make_cache(lm.config, jnp.zeros(texts, jnp.int32), CHUNK)
    step = 0

    def read(tokens: Sequence[int]) -> Int[np.ndarray, "texts bounds"]:
        nonlocal cache, step
        # The cache grows with the texts, at the same steps for writer and reader.
        cache = grow_cache(cache, lm.config) if step == cache.slots else cache
        step += 1
        token = np.array(tokens, np.int32)
        odds, cache = _step(lm.params, token, cache, lm.config)
        shares = (np.asarray(odds) * FINENESS).astype(np.int64) + 1  # none is nothing
        return np.pad(np.cumsum(shares, axis=1), ((0, 0), (1, 0)))

    return read


@checked()
def compress(lm: LanguageModel, texts: Sequence[str]) -> bytes:
    """Pack texts into a file that the same model turns back into them, bit for bit.

    Each token costs -log2(p) bits; a text begins behind the tokenizer's start token and
    is ended by it. A bar in the notebook shows how far it is.

    The file is for this model on this machine: the decoder computes every probability
    anew, and one that differs in its last digit makes nonsense of all that follows.

    Args:
        texts: 1 to 255, none longer than the model's window.

    Raises:
        ValueError: texts that don't fit, or that the tokenizer can't give back.
    """
    return write(lm, texts)[0]


@checked()
def write(
    lm: LanguageModel, texts: Sequence[str]
) -> tuple[bytes, Float[np.ndarray, " texts"]]:
    """The file, and the bits that each text costs in it."""
    rows, encoder = _tokens(lm, texts), ArithmeticEncoder()
    with Waiting("compressing", len(rows)) as bar:
        bits = [
            _write_rows(lm, rows[first : first + TOGETHER], encoder, bar)
            for first in range(0, len(rows), TOGETHER)
        ]
    header = _HEADER.pack(len(rows), max(map(len, rows)), _checksum(texts))
    return header + encoder.finish(), np.concatenate(bits)


def _write_rows(
    lm: LanguageModel, rows: list[list[int]], encoder: ArithmeticEncoder, bar: Waiting
) -> Float[np.ndarray, " texts"]:
    """Write texts token by token, side by side; returns the bits that each costs."""
    read, stop = _reader(lm, len(rows)), lm.tokenizer.stops[0]
    before, bits = [stop] * len(rows), np.zeros(len(rows))
    for at in range(max(map(len, rows))):
        bounds = read(before)
        # A text that has ended goes on with nothing but start tokens, unwritten.
        before = [row[at] if at < len(row) else stop for row in rows]
        for i, token in enumerate(before):
            if at < len(rows[i]):
                start, end, whole = bounds[i, [token, token + 1, -1]].tolist()
                encoder.write(start, end, whole)
                bits[i] += np.log2(whole / (end - start))
                bar.done(at + 1 == len(rows[i]))
    return bits


def _tokens(lm: LanguageModel, texts: Sequence[str]) -> list[list[int]]:
    """What is written of each text: its tokens, and the start token that ends it."""
    if not texts:
        raise ValueError("There is nothing to compress: give at least one text.")
    if len(texts) > MOST_TEXTS:
        raise ValueError(
            f"One file holds at most {MOST_TEXTS} texts, and these are {len(texts):,}; "
            "make several files."
        )
    most, rows = lm.config.max_seq_len - 1, []
    for number, text in enumerate(texts, 1):
        ids = lm.tokenizer.encode(text)
        if len(ids) > most:
            raise ValueError(
                f"Text {number} is too long: {len(ids):,} tokens, and this model reads "
                f"at most {most:,}; cut it in two."
            )
        if lm.tokenizer.decode(ids) != text:
            raise ValueError(
                f"Text {number} holds half a character, which no token stands for; "
                "take it out."
            )
        rows.append([*ids, lm.tokenizer.stops[0]])
    return rows


def _checksum(texts: Sequence[str]) -> int:
    return zlib.crc32("\0".join(texts).encode())


@checked()
def decompress(lm: LanguageModel, data: bytes) -> list[str]:
    """The texts of a file that `compress` made with the same model.

    A bar in the notebook shows how far it is.

    Raises:
        ValueError: the file is damaged, or was made by another model or elsewhere.
    """
    trouble = (
        "This file does not open: it is damaged, or was made by another model or on "
        "another machine. Compress the texts again here."
    )
    if len(data) < _HEADER.size:
        raise ValueError(trouble)
    texts, steps, checksum = _HEADER.unpack_from(data)
    if not texts or not 0 < steps <= lm.config.max_seq_len:
        raise ValueError(trouble)
    rows, decoder = list[list[int]](), ArithmeticDecoder(data[_HEADER.size :])
    with Waiting("decompressing", texts) as bar:
        for first in range(0, texts, TOGETHER):
            count = min(TOGETHER, texts - first)
            rows += _read_rows(lm, decoder, count, steps, bar)
    found = [lm.tokenizer.decode(row) for row in rows]
    has_ended = max(map(len, rows)) + 1 == steps  # the longest, with its last step
    if not has_ended or _checksum(found) != checksum:
        raise ValueError(trouble)
    return found


def _read_rows(
    lm: LanguageModel, decoder: ArithmeticDecoder, texts: int, steps: int, bar: Waiting
) -> list[list[int]]:
    """The tokens of each text, as the very steps of `_write_rows` make them likely."""
    read, stop = _reader(lm, texts), lm.tokenizer.stops[0]
    rows: list[list[int]] = [[] for _ in range(texts)]
    before, going = [stop] * texts, list(range(texts))
    for _ in range(steps):  # at the most; a damaged file may end nothing
        if not going:
            break
        bounds = read(before)
        for i in going:
            whole = int(bounds[i, -1])
            place = decoder.peek(whole)
            before[i] = int(np.searchsorted(bounds[i], place, side="right")) - 1
            start, end = bounds[i, before[i] : before[i] + 2].tolist()
            decoder.skip(start, end, whole)
        still = [i for i in going if before[i] != stop]
        bar.done(len(going) - len(still))
        going = still
        for i in going:
            rows[i].append(before[i])
    return rows
