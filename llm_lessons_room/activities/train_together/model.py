"""The model that a room trains: its shape, and the weights that it begins with.

The pages build it from the same lines with `shapeFor` of `train_your_own_model.js`; the
tests hold both to one another. Letters in the shapes: D d_model, F d_ff, A all heads.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
D, F, A, LAYERS = 32, 96, 32, 2
# Matrices of a block as the pages lay them, a row an output: rows, columns, and whether
# the block adds what comes of it to the stream. 0 rows is a norm.
BLOCK = (
    (0, D, False),
    *3 * ((A, D, False),),
    (D, A, True),
    (0, D, False),
    *2 * ((F, D, False),),
    (D, F, True),
)
MAX_LETTERS = 200  # that have a token of their own; all others share one more
MAX_BYTES = 20_000  # of all lines: from there on the pages build a larger model


def vocabulary(lines: list[str]) -> int:
    """How many tokens there are: one a letter, and one for the ends of a line."""
    return 1 + min(len(set("".join(lines))), MAX_LETTERS + 1)


def lines_of(listed: list[str], names: list[str]) -> list[str]:
    """What the model reads, each line once: a list, and the names there is room for."""
    lines = dict.fromkeys(listed)
    left = MAX_BYTES - len("\n".join(lines).encode())
    for name in names:
        left -= 0 if name in lines else len(f"\n{name}".encode())
        if left >= 0:
            lines[name] = None
    return [*lines]


def first_weights(tokens: int, seed: int) -> Floats:
    """Random weights [count], with the spread of `drawParameters` in `parameters.js`.

    Args:
        tokens: of the vocabulary.
        seed: another one is another beginning.
    """
    rng = np.random.default_rng(seed)
    parts = [0.02 * rng.standard_normal(tokens * D), np.ones(D)]
    for _ in range(LAYERS):
        for rows, columns, is_added in BLOCK:
            spread = (columns * (2 * LAYERS if is_added else 1)) ** -0.5
            drawn = spread * rng.standard_normal(rows * columns)
            parts.append(drawn if rows else np.ones(columns))
    return np.concatenate(parts).astype(np.float32)
