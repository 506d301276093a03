"""One knob, turned: what a single weight, or a whole head, does to every probability.

Claims C1, C2: the model is one fixed function, and its numbers are like the knobs on a
DJ set. Here a copy of the model gets one of its numbers changed, and is asked the same
question again; the model itself is left as it is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.foundation.checks import (
    WrongKind,
    checked,
    one_of,
    several,
    shown,
    text,
    whole_number,
)
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import forward

REACH = 20  # standard deviations of its matrix by which a weight is turned at most
POSITIONS = 33  # of a knob's slider; the trained value is the one in the middle
_PAD = 32  # texts are filled up to a multiple: few lengths are compiled

type Head = tuple[int, int]  # layer and head, counted from 0


@dataclass(frozen=True)
class Weight:
    """The place of one number of a model.

    Attributes:
        matrix: its name in Python below `params`, such as "layers[2].down".
        row, column: counted from 0. All axes but one are read as one: heads lie side
            by side in the columns of query, key and value, and below each other in the
            rows of output. What has one axis is one row.
    """

    matrix: str
    row: int
    column: int


def matrices(params: Parameters) -> dict[str, Array]:
    """All arrays of weights by the names that they have in Python below `params`."""
    leaves = jax.tree_util.tree_leaves_with_path(params)
    return {jax.tree_util.keystr(path)[1:]: leaf for path, leaf in leaves}


def field(matrix: str) -> str:
    """What kind of matrix it is: "down" for "layers[2].down"."""
    return matrix.rsplit(".", 1)[-1]


def sides(matrix: str, shape: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a matrix, as `Weight` counts them."""
    if len(shape) == 1:
        return 1, shape[0]
    cut = -1 if field(matrix) == "output" else 1
    return math.prod(shape[:cut]), math.prod(shape[cut:])


def at(matrix: str, shape: Sequence[int], place: int) -> Weight:
    """The weight that has this place in its matrix laid out flat."""
    return Weight(matrix, *divmod(place, sides(matrix, shape)[1]))


def _place(params: Parameters, weight: Weight) -> tuple[int, int]:
    """The number of the matrix, and where in it, laid out flat, the weight stands.

    Raises:
        ValueError: there is no such weight.
    """
    known = matrices(params)
    one_of("weight", weight, (Weight,), 'a Weight, such as Weight("embedding", 0, 0)')
    text("matrix", weight.matrix)
    row, column = (whole_number(x, getattr(weight, x)) for x in ("row", "column"))
    if weight.matrix not in known:
        raise ValueError(f"There is no matrix {weight.matrix!r} in this model.")
    rows, columns = sides(weight.matrix, known[weight.matrix].shape)
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError(
            f"{weight.matrix} has {rows:,} row{'s' * (rows > 1)} and {columns:,} "
            f"columns, counted from 0; there is no row {shown(row)} with a column "
            f"{shown(column)}."
        )
    leaf = list(known).index(weight.matrix)
    return leaf, row * columns + column


def in_python(params: Parameters, weight: Weight) -> str:
    """How to write the weight in Python: "layers[2].down[17, 42]", below `params`."""
    _, place = _place(params, weight)
    where = np.unravel_index(place, matrices(params)[weight.matrix].shape)
    return f"{weight.matrix}[{', '.join(map(str, where))}]"


def trained(params: Parameters, weight: Weight) -> float:
    """The weight's value in the model; `_place` refuses one that isn't there."""
    _, place = _place(params, weight)
    return float(np.asarray(matrices(params)[weight.matrix]).ravel()[place])


def stops(params: Parameters, weight: Weight) -> Float[np.ndarray, " positions"]:
    """The values on a knob's way: evenly spread, the trained one in the middle."""
    middle = np.float32(trained(params, weight))
    spread = float(np.std(np.asarray(matrices(params)[weight.matrix])))
    around = np.linspace(-1, 1, POSITIONS, dtype=np.float32)
    return middle + np.float32(REACH * spread) * around


@checked()
def with_weight(lm: LanguageModel, weight: Weight, value: float) -> LanguageModel:
    """A copy of the model with one number changed.

    Raises:
        ValueError: there is no such weight.
    """
    where = _place(lm.params, weight)
    return lm.with_params(_changed_copy(lm.params, *where, float(value)))


@checked()
def silenced(lm: LanguageModel, heads: Sequence[Head]) -> LanguageModel:
    """A copy of the model in which these heads add nothing to the stream.

    Args:
        heads: (layer, head), both counted from 0.

    Raises:
        ValueError: there is no such head.
    """
    layers = tuple(
        replace(layer, output=layer.output * loud[:, None, None])
        for layer, loud in zip(lm.params.layers, volumes(lm.config, heads), strict=True)
    )
    return lm.with_params(replace(lm.params, layers=layers))


def volumes(config: ModelConfig, heads: Sequence[Head]) -> Float[np.ndarray, "L N"]:
    """How loud every head is: 0 for the silenced ones, 1 for all others.

    Raises:
        ValueError: there is no such head.
    """
    loud = np.ones((config.n_layers, config.n_heads), np.float32)
    pairs = several("heads", heads, _pair, "a list of pairs, such as [(0, 1)]")
    for layer, head in pairs:
        if not (0 <= layer < config.n_layers and 0 <= head < config.n_heads):
            raise ValueError(
                f"There is no head ({shown(layer)}, {shown(head)}): the model has "
                f"{config.n_layers} layers with {config.n_heads} heads each, counted "
                "from 0."
            )
        loud[layer, head] = 0
    return loud


def _pair(name: str, value: Head) -> list[int]:
    wanted = "a pair of whole numbers, such as (0, 1)"
    pair = several(name, value, whole_number, wanted)
    if len(pair) != 2:
        raise WrongKind(f"{name} must be {wanted}; it was {shown(value)}.")
    return pair


@checked()
def turned(
    lm: LanguageModel,
    text: str,
    weight: Weight,
    values: Sequence[float] | np.ndarray,
) -> Float[np.ndarray, "values V"]:
    """Scores for the token after a text, for each value that a weight is given.

    Raises:
        ValueError: there is no such weight, or the text is empty or too long.
    """
    tokens, last = filled_up(lm, text)
    where, values = _place(lm.params, weight), np.asarray(values, np.float32)
    found = []
    # In groups of one size, filled up with the last one: one program for all of them.
    for start in range(0, len(values), POSITIONS):
        chosen = np.minimum(np.arange(start, start + POSITIONS), len(values) - 1)
        found.append(_turned(lm.params, tokens, last, where, values[chosen], lm.config))
    return np.concatenate(found)[: len(values)]


@checked()
def filled_up(lm: LanguageModel, text: str) -> tuple[Int[np.ndarray, "1 T"], int]:
    """A text's tokens and the place of its last one; what is behind it is padding.

    No token looks at what comes later, so the padding changes nothing.
    """
    ids = lm.encode(text)
    tokens = np.zeros((1, -(-len(ids) // _PAD) * _PAD), np.int32)
    tokens[0, : len(ids)] = ids
    return tokens, len(ids) - 1


@partial(jax.jit, static_argnames="config")
def _turned(
    params: Parameters,
    tokens: Int[Array, "1 T"],
    last: int,
    where: tuple[int, int],
    values: Float[Array, " values"],
    config: ModelConfig,
) -> Float[Array, "values V"]:
    """One program for every weight of the model, compiled once a length of text."""

    def turn(params, value):
        # The weight is overwritten in place, each time anew: nothing else is copied.
        params = _changed(params, *where, value)
        return params, forward(params, tokens, config)[0, last]

    return jax.lax.scan(turn, params, values)[1]


def _changed(params, leaf, place, value) -> Parameters:
    leaves, tree = jax.tree.flatten(params)
    for number, one in enumerate(leaves):
        # Behind the end for all but the one that is meant; what is there is dropped.
        here = jnp.where(number == leaf, place, one.size)
        leaves[number] = (
            one.reshape(-1).at[here].set(value, mode="drop").reshape(one.shape)
        )
    return jax.tree.unflatten(tree, leaves)


_changed_copy = jax.jit(_changed)
