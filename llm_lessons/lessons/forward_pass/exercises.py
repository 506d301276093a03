"""Exercises of the lesson on the forward pass."""

from functools import cache
from typing import Any

import numpy as np

from llm_lessons.exercises.answers import Wrong, as_letter, as_number
from llm_lessons.exercises.checker import Exercise
from llm_lessons.exercises.probabilities import (
    SCORES,
    discovery_at_huge_scores,
    probabilities_by,
    softmax,
)
from llm_lessons.lessons.forward_pass.influence import influence
from llm_lessons.loading import load
from llm_lessons.model.config import FJORD, LLAMA3_405B, ModelConfig

_SCORES = (
    SCORES,
    np.array([0.0, 0.0, 0.0, 0.0]),
    np.array([-3.0, -4.0, -2.5]),
)
_PROMPT = "Once upon a time there was a girl called Ida who lived in a"
_FAVOURITE = " house"
_UNLIKELY = " bag"  # it neither stands in the text nor is likely to come next


def _examine_softmax(softmax: Any) -> str:
    for scores in _SCORES:
        _compare(probabilities_by(softmax, "softmax", scores), scores)
    praise = (
        "None is below 0, together they are 1, and the order of the scores is kept."
    )
    discovery = discovery_at_huge_scores(softmax, "softmax")
    return f"{praise} {discovery or 'With scores near 1,000 it holds as well.'}"


def _compare(given: np.ndarray, scores: np.ndarray) -> None:
    """Raise what most likely went wrong, if these are not the right probabilities."""
    if np.allclose(given, softmax(scores)):
        return
    if (given < 0).any():
        raise Wrong(
            f"With the scores {scores.tolist()} one of yours is below 0. `np.exp` "
            "makes every number positive."
        )
    if not np.isclose(given.sum(), 1):
        raise Wrong(
            f"With the scores {scores.tolist()} yours add to {given.sum():.3f}; "
            "probabilities add to 1. Divide by the sum of all of them."
        )
    best = softmax(scores).max()
    raise Wrong(
        f"Yours add to 1, but the best of {scores.tolist()} should get {best:.3f}, and "
        f"gets {given[scores.argmax()]:.3f}. Is it `np.exp` that makes them positive?"
    )


def _examine_count(one_gate: Any, all_gates: Any, llama_gate: Any) -> str:
    one, every, llama = _gate(FJORD), FJORD.n_layers * _gate(FJORD), _gate(LLAMA3_405B)
    _compare_count(as_number(one_gate, "one_gate"), "one_gate", one, FJORD)
    given = as_number(all_gates, "all_gates")
    if given == one:
        raise Wrong("`all_gates`: that is one of them. Each layer has a gate.")
    if given != every:
        raise Wrong(
            f"`all_gates`: {FJORD.n_layers} layers have a gate of the same size each."
        )
    _compare_count(
        as_number(llama_gate, "llama_gate"), "llama_gate", llama, LLAMA3_405B
    )
    return (
        f"{one:,} in one of Fjord's, {every:,} in all {FJORD.n_layers}. The gate of a "
        f"single layer of Llama 3 405B has {llama:,}: {llama / every:,.0f} times as "
        "many as all of Fjord's gates together."
    )


def _gate(config: ModelConfig) -> int:
    return config.d_model * config.d_ff


def _compare_count(given: float, name: str, right: int, config: ModelConfig) -> None:
    if given == config.d_model + config.d_ff:
        raise Wrong(f"`{name}`: every row has a number in every column; multiply.")
    if given in (config.d_model**2, config.d_ff**2):
        raise Wrong(f"`{name}`: it is no square; rows and columns differ.")
    if given == config.n_layers * right:
        raise Wrong(f"`{name}`: that is all layers together; one is asked for.")
    if given != right:
        raise Wrong(
            f"`{name}`: it has {config.d_model:,} rows and {config.d_ff:,} columns. It "
            f"is not {given:,.10g}."
        )


@cache
def _rows() -> dict[str, tuple[str, float]]:
    """The three tokens, and how strongly a number of their row counts on average."""
    lm = load("fjord")
    pieces = lm.tokenizer.pieces
    last = lm.encode(_PROMPT)[-1]
    slopes = influence(lm, _PROMPT)["embedding"].mean(axis=1)
    tokens = {
        "A": last,
        "B": pieces.index(_UNLIKELY),
        "C": pieces.index(_FAVOURITE),
    }
    return {key: (pieces[i], float(slopes[i])) for key, i in tokens.items()}


def _examine_knobs(moves_most: Any, moves_least: Any) -> str:
    most = as_letter(moves_most, "moves_most", "ABC")
    least = as_letter(moves_least, "moves_least", "ABC")
    rows = _rows()
    order = sorted(rows, key=lambda letter: rows[letter][1])
    if most == least:
        raise Wrong("The same row can't do both; most and least are two letters.")
    if least != order[0]:
        piece, _ = rows[least]
        raise Wrong(
            f"`moves_least`: “{piece.strip()}” has a part in the answer. Which token "
            "does not stand in the text, and has hardly any chance to come next?"
        )
    if most != order[-1]:
        raise Wrong(
            "`moves_most`: two rows are left. One counts where the text comes in, and "
            "has to go through all layers; with the other, the favourite's own score "
            "is made. Measure them, or turn them with the knob above."
        )
    one, other = (rows[letter][1] for letter in (order[-1], order[-2]))
    times = f"{one / other:.1f} times as much as" if other else "more than"
    return (
        f"A number in the row of “{rows[most][0].strip()}” counts {times} one in the "
        f"row of “{rows[order[-2]][0].strip()}”, and “{rows[least][0].strip()}” hardly "
        "matters here. It does matter in another text."
    )


EXERCISES = (
    Exercise(
        "02.1",
        "02.softmax",
        aim="Write the softmax",
        task=(
            "Write `softmax(scores)`. It takes scores (a NumPy array) and returns "
            "probabilities: `np.exp` of each score, divided by the sum of all of them."
        ),
        answers=["softmax"],
        examine=_examine_softmax,
        hints=[
            "Two lines: `powers = np.exp(scores)`, and then divide.",
            "`powers.sum()` is the sum of all. Return `powers` divided by it.",
            "That is all. (Where scores are huge, take the largest away from all of "
            "them first: `np.exp(scores - scores.max())`.)",
        ],
        solution="""\
import numpy as np

def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
""",
    ),
    Exercise(
        "02.2",
        "02.count",
        aim="Count the weights of a matrix",
        task=(
            "In each layer, `gate` has a row for every number of the stream "
            "(`d_model` of them) and a column for every detector (`d_ff`). How many "
            "weights is that? The sizes are in `lm.config` and `ll.LLAMA3_405B`.\n"
            "- `one_gate`: those of one layer of Fjord\n"
            "- `all_gates`: those of all its layers\n"
            "- `llama_gate`: those of one layer of Llama 3 405B"
        ),
        answers=["one_gate", "all_gates", "llama_gate"],
        examine=_examine_count,
        hints=[
            "A table of 3 rows and 4 columns has 12 numbers.",
            "`lm.config.d_model * lm.config.d_ff` is one gate.",
            "Fjord has `lm.config.n_layers` layers. For Llama, take `d_model` and "
            "`d_ff` of `ll.LLAMA3_405B`.",
        ],
        solution="""\
import llm_lessons as ll

one_gate = ll.FJORD.d_model * ll.FJORD.d_ff
all_gates = ll.FJORD.n_layers * one_gate
llama_gate = ll.LLAMA3_405B.d_model * ll.LLAMA3_405B.d_ff
""",
    ),
    Exercise(
        "02.3",
        "02.influence",
        aim="Find the knobs that move an answer most and least",
        task=(
            f"The text is “{_PROMPT}”, and “house” is the favourite to come next. "
            "Somebody turns one number in the embedding table a little. In which row "
            "does that move the favourite's chance most, on average, and in which "
            "least? A: the row of “a”, the last token of the text. B: the row of "
            "“bag”, which is not in it. C: the row of “house”.\n"
            '- `moves_most`: "A", "B" or "C"\n'
            '- `moves_least`: "A", "B" or "C"'
        ),
        answers=["moves_most", "moves_least"],
        examine=_examine_knobs,
        hints=[
            "The table is used twice: where the tokens of the text come in, and at the "
            "end, where each row makes the score of its own token.",
            "“bag” does not come in, and its own score is far too low to count.",
            "Measure it: `influence(lm, prompt)['embedding']`, imported from "
            "`llm_lessons.lessons.forward_pass.influence`, has for every number of the "
            "table how strongly it moves the favourite; "
            "`lm.tokenizer.pieces.index(' bag')` is the row of “bag”.",
        ],
        solution="""\
import llm_lessons as ll
from llm_lessons.lessons.forward_pass.influence import influence

lm = ll.load("fjord")
text = "Once upon a time there was a girl called Ida who lived in a"
strength = influence(lm, text)["embedding"].mean(axis=1)
rows = {"A": " a", "B": " bag", "C": " house"}
pieces = lm.tokenizer.pieces
order = sorted(rows, key=lambda x: strength[pieces.index(rows[x])])
moves_least, moves_most = order[0], order[-1]
""",
    ),
)
