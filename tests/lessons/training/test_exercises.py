"""Plausible wrong answers, and what each of them is told."""

import jax.numpy as jnp
import numpy as np

from tests.each import each_of
from tests.lessons.checking.told import is_told


@each_of(
    ("function", "status", "text"),
    [
        (lambda knob, slope, size: knob + size * slope, "wrong", "goes uphill"),
        (lambda knob, slope, size: knob - slope, "wrong", "jumps across the valley"),
        (lambda knob, slope, size: -size * slope, "wrong", "only the change"),
        (lambda knob, slope, size: knob - size * np.sign(slope), "wrong", "equally"),
        (lambda knob, slope, size: knob - 0.2 * slope, "wrong", "size of 0.01"),
        (lambda knob, slope, size: [knob, slope], "wrong", "should be a number"),
        (lambda knob, slope, size: jnp.float32(knob - size * slope), "right", "3.00"),
    ],
)
def test_downhill(function, status, text):
    is_told("05.downhill", {"downhill": function}, status, text)
