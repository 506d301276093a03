"""Plausible wrong answers, and what each of them is told."""

import jax.numpy as jnp
import numpy as np

from tests.each import each_of
from tests.lessons.checking.told import is_told


@each_of(
    ("expected", "unexpected", "status", "text"),
    [
        ("spoon", "girl", "wrong", "“spoon” costs Fjord"),
        ("girl", "boy", "wrong", "“boy” costs Fjord"),
        ("a girl", "spoon", "wrong", "`expected` should be one word"),
        ("girl", "", "wrong", "`unexpected` should be one word"),
        ("girl", 5, "wrong", "`unexpected` should be one word"),
        ("girl", 21 * "a", "wrong", "`unexpected` should be one word"),
        (" boy ", "teapot", "right", "“teapot” costs Fjord"),
        ("girl", 20 * "鯨", "right", "odds of less than 1 in a billion"),
    ],
)
def test_words(expected, unexpected, status, text):
    answers = {"expected": expected, "unexpected": unexpected}
    is_told("05.words", answers, status, text)


def moves_in_vain(knob, slope, size):
    knob -= size * slope


@each_of(
    ("function", "status", "text"),
    [
        (lambda knob, slope, size: knob + size * slope, "wrong", "goes uphill"),
        (lambda knob, slope, size: knob - slope, "wrong", "jumps across the valley"),
        (lambda knob, slope, size: -size * slope, "wrong", "only the change"),
        (lambda knob, slope, size: knob - size * np.sign(slope), "wrong", "equally"),
        (lambda knob, slope, size: knob - size, "wrong", "it ends at"),
        (lambda knob, slope, size: knob - 0.2 * slope, "wrong", "size of 0.01"),
        (moves_in_vain, "wrong", "end it with `return`"),
        (lambda knob, slope: knob, "error", "raised TypeError"),
        (lambda knob, slope, size: knob - size * slope, "right", "from -1 to 3.00"),
        (lambda knob, slope, size: jnp.float32(knob - size * slope), "right", "3.00"),
    ],
)
def test_downhill(function, status, text):
    is_told("05.downhill", {"downhill": function}, status, text)
