"""Exercises of the lesson on training."""

import math
from typing import Any

import numpy as np

from llm_lessons.exercises.answers import Wrong, as_letter, as_number, call
from llm_lessons.exercises.checker import Exercise

_ODDS = np.array([0.5, 0.25, 0.125, 0.1, 0.025])
_LOWEST = 3.0  # where the valley of the second exercise has its floor
_REAL_VOCABULARY = 49_152


def _examine_bits(bits_of: Any) -> str:
    for right in (0, 1, 2, 4):
        given = _returned(bits_of, "bits_of", _ODDS, right)
        _compare_bits(given, right)
    sure = _returned(bits_of, "bits_of", np.array([0.0, 1.0]), 1)
    if sure != 0:
        raise Wrong(
            f"Where the right token had the probability 1, yours says {sure:g}."
        )
    return (
        "Certain and right costs 0 bits, a fair coin costs 1, and each halving of the "
        "odds costs one more."
    )


def _compare_bits(given: float, right: int) -> None:
    """Raise what most likely went wrong, if this is not the surprise."""
    odds = float(_ODDS[right])
    if math.isclose(given, -math.log2(odds), rel_tol=1e-6):
        return
    what = f"With the odds {_ODDS.tolist()}, of which number {right} is right,"
    if math.isclose(given, math.log2(odds), rel_tol=1e-6):
        raise Wrong(f"{what} yours is below 0: surprise is minus the logarithm.")
    if math.isclose(given, -math.log(odds), rel_tol=1e-6):
        raise Wrong(
            "That is the natural logarithm, `jnp.log`; for bits take `jnp.log2`."
        )
    if math.isclose(given, -math.log10(odds), rel_tol=1e-6):
        raise Wrong("That is the logarithm to base 10; for bits take `jnp.log2`.")
    if math.isclose(given, 1 - odds, rel_tol=1e-6):
        raise Wrong(
            "`1 - p` grows too slowly: it hardly tells a token of one in a hundred "
            "from one of one in a million. Take the logarithm."
        )
    if math.isclose(given, -math.log2(_ODDS.max()), rel_tol=1e-6):
        raise Wrong(
            "Yours looks at the likeliest token. The text decides: look at the token "
            "that really came, number `right`."
        )
    entropy = -float((_ODDS * np.log2(_ODDS)).sum())
    if math.isclose(given, entropy, rel_tol=1e-6):
        raise Wrong("That is the entropy, over all tokens. One token came: `right`.")
    raise Wrong(f"{what} it costs {-math.log2(odds):.3f} bits; yours says {given:.3f}.")


def _examine_step(downhill: Any) -> str:
    knob, size = -1.0, 0.2
    for _ in range(40):
        slope = 2 * (knob - _LOWEST)
        moved = _returned(downhill, "downhill", knob, slope, size)
        _compare_step(moved, knob, slope, size)
        knob = moved
    # A step of another size, on a flat spot and on the other side of the valley.
    for start, slope, other in ((1.5, 0.0, 0.5), (5.0, 4.0, 0.01)):
        moved = _returned(downhill, "downhill", start, slope, other)
        _compare_step(moved, start, slope, other)
    return (
        f"40 of your steps take the knob from -1 to {knob:.2f}, where this loss is "
        "lowest. Training is this, for every knob at once."
    )


def _compare_step(moved: float, knob: float, slope: float, size: float) -> None:
    """Raise what most likely went wrong, if this is not one step downhill."""
    if math.isclose(moved, knob - size * slope, rel_tol=1e-6, abs_tol=1e-9):
        return
    at = f"With the knob at {knob:g}, a slope of {slope:g} and a size of {size:g},"
    if math.isclose(moved, knob + size * slope, rel_tol=1e-6):
        raise Wrong(f"{at} yours goes uphill. Which sign leads down?")
    if math.isclose(moved, knob - slope, rel_tol=1e-6):
        raise Wrong(
            f"{at} yours goes the whole slope far and jumps across the valley: "
            "multiply the slope by `size`."
        )
    if math.isclose(moved, -size * slope, rel_tol=1e-6):
        raise Wrong(f"{at} yours is only the change. Where does the knob end up?")
    if math.isclose(moved, knob - size * np.sign(slope), rel_tol=1e-6):
        raise Wrong(
            "Yours always goes equally far. Where the slope is steep, go further; "
            "where it is flat, hardly move."
        )
    raise Wrong(f"{at} it ends at {knob - size * slope:g}; yours at {moved:g}.")


def _returned(function: Any, name: str, *arguments: Any) -> float:
    """The number that the learner's function returns."""
    result = call(function, name, *arguments)
    if isinstance(result, str | bool) or np.size(result) != 1:
        raise Wrong(f"`{name}` should return one number.")
    # The NaN of a logarithm gone wrong is told like any wrong number.
    return float(np.asarray(result, dtype=float).reshape(()))


def _examine_numbers(bits_at_start: Any, times_likelier: Any, who_turns: Any) -> str:
    bits = as_number(bits_at_start, "bits_at_start")
    times = as_number(times_likelier, "times_likelier")
    who = as_letter(who_turns, "who_turns", "ABC")
    if bits == _REAL_VOCABULARY:
        raise Wrong("`bits_at_start`: that is the number of tokens; how many bits?")
    if math.isclose(bits, math.log(_REAL_VOCABULARY), abs_tol=0.05):
        raise Wrong("`bits_at_start`: that is the natural logarithm; take `jnp.log2`.")
    if not math.isclose(bits, math.log2(_REAL_VOCABULARY), abs_tol=0.05):
        raise Wrong(
            "`bits_at_start`: each token has the odds 1/49,152. What is -log2 of that?"
        )
    if times in (3, 9):
        raise Wrong(
            "`times_likelier`: the bits differ by 6, and each one doubles the odds."
        )
    if times in (6, 12, 36):
        raise Wrong("`times_likelier`: double it 6 times: 2, 4, 8 ...")
    if not math.isclose(times, 64, rel_tol=1e-3):
        raise Wrong("`times_likelier`: how much is 2 to the power of 9 - 3?")
    if who == "A":
        raise Wrong(
            "`who_turns`: you saw the fingerprint. Reading your question and writing "
            "an answer is generating, and that turns nothing."
        )
    if who == "C":
        raise Wrong(
            "`who_turns`: nobody sits at millions of knobs. People choose the text "
            "and the recipe; who turns?"
        )
    return (
        "From even odds, training squeezes out bit after bit, and each of them doubles "
        "the odds of the token that comes. When it is over, the knobs stay put."
    )


EXERCISES = (
    Exercise(
        "05.1",
        "05.surprise",
        aim="Measure surprise in bits",
        task=(
            "Write `bits_of(probabilities, right)`: how surprising one token is, in "
            "bits. `probabilities` is an array with one number for every token; "
            "`right` is the number of the token that really came."
        ),
        answers=["bits_of"],
        examine=_examine_bits,
        hints=[
            "Only one of the probabilities counts: that of the token that came.",
            "Surprise is minus the logarithm to base 2: `-jnp.log2(p)`.",
            "The probability that counts is `probabilities[right]`.",
        ],
        solution="""\
import jax.numpy as jnp

def bits_of(probabilities, right):
    return -jnp.log2(probabilities[right])
""",
    ),
    Exercise(
        "05.2",
        "05.downhill",
        aim="Take one step downhill",
        task=(
            "Write `downhill(knob, slope, size)`: where a knob stands after one step "
            "downhill. `slope` says how much the loss grows for one turn of the knob, "
            "and `size` how far to go."
        ),
        answers=["downhill"],
        examine=_examine_step,
        hints=[
            "If the loss grows to the right (a slope above 0), the knob must go left.",
            "The steeper, the further: the change is `size * slope`.",
            "Take that change away from `knob`, and return what is left.",
        ],
        solution="""\
def downhill(knob, slope, size):
    return knob - size * slope
""",
    ),
    Exercise(
        "05.3",
        "05.numbers",
        aim="Work out what training does to the odds",
        task=(
            "Three quick ones:\n"
            "- `bits_at_start`: the real model knows 49,152 tokens. How many bits a "
            "token does it cost to guess evenly among them?\n"
            "- `times_likelier`: training takes a model from 9 bits to 3. How many "
            "times likelier does the right token become?\n"
            '- `who_turns` the knobs: "A", your chats with the model; "B", a program '
            'that steps downhill; or "C", people who set each one?'
        ),
        answers=["bits_at_start", "times_likelier", "who_turns"],
        examine=_examine_numbers,
        hints=[
            "Even odds among n tokens are 1/n each.",
            "One bit less means that the right token is twice as likely.",
            "Bits: `jnp.log2(49_152)`. Times: `2 ** (9 - 3)`.",
        ],
        solution="""\
import jax.numpy as jnp

bits_at_start = jnp.log2(49_152)
times_likelier = 2 ** (9 - 3)
who_turns = "B"
""",
    ),
)
