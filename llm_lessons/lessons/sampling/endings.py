"""How a piece of a word would likely go on: " co" as "cottage".

The likeliest token again and again, up to the end of the word. Nothing is drawn by a
coin, and no temperature changes it. Behind a token that hardly fits, the model has
little to go by, and many letters are a little likely: then nothing is said.
"""

import re
from collections.abc import Iterator, Sequence

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from llm_lessons.decoding.sampling import Settings
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.surprise import bits_of_rows
from llm_lessons.model.kv_cache import KVCache, decode_step
from llm_lessons.serving.generate import generate
from llm_lessons.serving.prefill import prefill_prompts
from llm_lessons.serving.sizes import SIZES, whole_chunks

LIKELY = 1 / 16  # the least chance of an ending that is told
MOST = 6  # tokens that are looked at; a word that is longer ends in "…"
# Letters with their accents, and an apostrophe between letters.
_REST_OF_WORD = re.compile(r"(?:[^\W\d_]\u0301?|['’](?=[^\W\d_]))+")

type Asked = tuple[int, Sequence[int]]


def likely_endings(
    lm: LanguageModel, text: Sequence[int], asked: Sequence[Asked]
) -> list[dict[int, str]]:
    """The rest of the word that a token begins, for tokens behind parts of one text.

    Args:
        text: token ids, the start token included.
        asked: for each place, how many tokens of the text stand before it, and the ids
            of the tokens that could stand there; one place or more.

    Returns:
        For each place, token id -> the letters that likely follow, with "…" where the
        word is longer. A token that no letter likely follows is left out, and so is one
        whose ending has a chance below `LIKELY`.
    """
    found: list[dict[int, str]] = [{} for _ in asked]
    begun = [
        (place, one, two)
        for place, pairs in enumerate(_seconds(lm, text, asked))
        for one, two in pairs
    ]
    if not begun:
        return found
    rows = [[*text[: asked[place][0]], one, two] for place, one, two in begun]
    room = lm.config.max_seq_len
    limits = [max(0, min(MOST - 1, room - len(row))) for row in rows]
    stops = tuple(lm.tokenizer.stops)
    greedy = Settings(temperature=0.0)
    drawn = generate(lm.params, rows, lm.config, greedy, limits, stops)
    rests = [[two, *more] for (_, _, two), more in zip(begun, drawn, strict=True)]
    odds = _chances(lm, rows, rests)
    for i, (place, one, _) in enumerate(begun):
        rest = lm.tokenizer.decode(rests[i])
        ending = _ending(rest, len(drawn[i]) == limits[i])
        tokens = _spelling(lm, rests[i], len(ending.rstrip("…")))
        if ending and odds[i, :tokens].prod() >= LIKELY:
            found[place][one] = ending
    return found


def _chances(
    lm: LanguageModel, rows: Sequence[Sequence[int]], rests: Sequence[Sequence[int]]
) -> Float[np.ndarray, "rows tokens"]:
    """The chance of each token of a rest, which begins with its row's last one."""
    width = whole_chunks(max(map(len, rows)) + MOST) + 1
    size = SIZES[1]
    filled = np.full((-(-len(rows) // size) * size, width), -1, np.int32)
    for at, row, rest in zip(filled, rows, rests, strict=False):
        at[: len(row) + len(rest) - 1] = [*row, *rest[1:]]
    groups = np.split(filled, len(filled) // size)
    bits = np.concatenate([bits_of_rows(lm.params, g, lm.config) for g in groups])
    # The bits of a row's token i stand in place i - 1.
    return np.array(
        [2.0 ** -at[len(row) - 2 :][:MOST] for at, row in zip(bits, rows, strict=False)]
    )


def _spelling(lm: LanguageModel, rest: Sequence[int], letters: int) -> int:
    """How many of these tokens it takes until so many letters stand there."""
    n = 1
    while n < len(rest) and len(lm.tokenizer.decode(rest[:n])) < letters:
        n += 1
    return n


def _ending(rest: str, is_cut: bool) -> str:
    """The letters with which a text goes on, up to the end of the word."""
    match = _REST_OF_WORD.match(rest)
    letters = match[0] if match else ""
    return f"{letters}…" if letters == rest and letters and is_cut else letters


def _seconds(
    lm: LanguageModel, text: Sequence[int], asked: Sequence[Asked]
) -> Iterator[list[tuple[int, int]]]:
    """For each place, the tokens that a letter likely follows, each with what follows.

    The text is read once, and each token by itself behind its part of it.
    """
    pieces, stops = lm.tokenizer.pieces, lm.tokenizer.stops
    last = lm.config.max_seq_len - 1
    longest = max(before for before, _ in asked)
    _, cache = prefill_prompts(lm.params, [text[:longest]], lm.config, 1)
    for before, tokens in asked:
        own = [t for t in tokens if before < last and _begins_a_word(pieces[t])]
        after: list[int] = []
        for i in range(0, len(own), SIZES[1]):
            after += _likeliest_after(lm, cache, before, own[i : i + SIZES[1]])
        yield [
            (token, second)
            for token, second in zip(own, after, strict=True)
            if second not in stops and pieces[second][:1].isalpha()
        ]


def _begins_a_word(piece: str) -> bool:
    return piece == " " or piece[-1:].isalpha()


def _likeliest_after(
    lm: LanguageModel, cache: KVCache, before: int, tokens: Sequence[int]
) -> list[int]:
    """Read a few tokens, each by itself, behind the first tokens of one text."""
    rows, end = SIZES[1], int(cache.start[0]) + before
    slots = min(cache.slots, whole_chunks(end + 1))
    keys, values = (
        tuple(jnp.tile(x[:, :, :slots], (rows, 1, 1, 1)) for x in arrays)
        for arrays in (cache.keys, cache.values)
    )
    # What the text has behind this place is overwritten, or not looked at.
    start, length = jnp.tile(cache.start, rows), jnp.int32(end)
    spread = KVCache(keys, values, start, length)
    filled = np.resize(np.array(tokens, np.int32), rows)
    logits, _ = decode_step(lm.params, jnp.asarray(filled), spread, lm.config)
    return np.asarray(logits).argmax(axis=-1)[: len(tokens)].tolist()
