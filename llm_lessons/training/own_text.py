"""A text of one's own in the place of Fjordby: `python3 start.py train --text FILE`."""

import math
import re
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import UInt16

from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.training.data import START, TokenStream, encode, pack
from llm_lessons.training.loop import Trainer, mean_loss
from llm_lessons.training.optimizer import stack
from llm_lessons_starter.trouble import Trouble

FEWEST = 100_000  # letters; of less, so many knobs learn nothing but the text itself
MOST = 5_000_000  # letters; more are not read in an hour on two cores
PARAGRAPHS = 20  # at least, so that whole ones can be kept aside
# A reading more is worth hardly less than new text up to 4, and nothing from about 16
# on: Muennighoff et al., 2023 (arXiv 2305.16264).
READINGS = 16
ASIDE = 0.1  # share of the text that is never learned from
ROWS_ASIDE = 64  # of it that are looked at, at the most


def own_paragraphs(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs of a plain text: those to learn from, and those kept aside.

    Raises:
        Trouble: it is no plain text, or too short, too long, or in one piece.
    """
    text = _read(path)
    if not FEWEST <= len(text) <= MOST:
        raise Trouble(
            f"{path} has {len(text):,} letters, and this takes {FEWEST:,} to {MOST:,}: "
            "take a part of it, or more texts in one file. (Lesson 5 has a box for "
            "short ones.)"
        )
    for ends in (r"\n\s*\n", r"\n"):
        paragraphs = [
            paragraph.strip() for paragraph in re.split(ends, text) if paragraph.strip()
        ]
        if len(paragraphs) >= PARAGRAPHS:
            return parted(paragraphs)
    raise Trouble(
        f"{path} has fewer than {PARAGRAPHS} paragraphs: put an empty line between two."
    )


def _read(path: Path) -> str:
    try:
        # No pipe and no device, which may never end; and no letter has 5 bytes.
        whole = path.is_file() and path.stat().st_size <= 4 * MOST
        text = path.read_text(encoding="utf-8-sig") if whole else None
    except UnicodeDecodeError:
        text = None
    except OSError as error:
        raise Trouble(f"{path} can't be read ({error.strerror}): mend that.") from error
    if text is None or "\0" in text:
        raise Trouble(
            f"{path} is no file of plain text of up to {MOST:,} letters: name one "
            "(.txt, saved as UTF-8)."
        )
    return text


def parted(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """All but the last tenth of a text, and that tenth, in whole paragraphs."""
    ends = [*accumulate(map(len, paragraphs))]
    begins = sum(end <= (1 - ASIDE) * ends[-1] for end in ends)
    begins = min(max(begins, 1), len(paragraphs) - 1)
    return [*paragraphs[:begins]], [*paragraphs[begins:]]


def read_often(
    rows: UInt16[np.ndarray, "n_rows row"], seed: int
) -> UInt16[np.ndarray, "_more row"]:
    """All rows READINGS times, each time in another order."""
    dice = np.random.default_rng(seed)
    orders = [dice.permutation(len(rows)) for _ in range(READINGS)]
    return rows[np.concatenate(orders)]


def loss_aside(trainer: Trainer, path: Path, tokenizer: SentencePieceTokenizer) -> str:
    """A sentence: the loss on what was read last, and on what was kept aside."""
    _, aside = own_paragraphs(path)
    documents = encode(aside, tokenizer, show=False)
    rows = pack(documents, trainer.recipe.row_length)[:ROWS_ASIDE]
    batch = jnp.asarray(TokenStream(rows, len(rows), START).batch(0))
    weights = stack(jax.tree.map(jnp.asarray, jax.device_get(trainer.params)))
    found = float(mean_loss(weights, batch, trainer.config, START))
    read, kept = (nats / math.log(2) for nats in (trainer.losses[-1], found))
    return (
        f"Loss: {read:.2f} bits a token on what it read, {kept:.2f} on the last tenth "
        "of the text, which it never read."
    )
