"""Plausible wrong answers, and what each of them is told."""

import jax.numpy as jnp
import numpy as np

from tests.each import each_of
from tests.exercises.told import is_told


def right_bits(p, right):
    return -np.log2(p[right])


def forgets_minus(p, right):
    return np.log2(p[right])


def natural(p, right):
    return -np.log(p[right])


def base_ten(p, right):
    return -np.log10(p[right])


def one_minus(p, right):
    return 1 - p[right]


def likeliest(p, right):
    return -np.log2(p.max())


def entropy(p, right):
    return -np.sum(p * np.log2(p))


def all_of_them(p, right):
    return -np.log2(p)


def forgets_to_return(p, right):
    print(-np.log2(p[right]))


def inverse(p, right):
    return 1 / p[right]


def a_word(p, right):
    return "much"


def counts_from_one(p, right):
    return -np.log2(p[right + 1])


@each_of(
    ("function", "status", "text"),
    [
        (forgets_minus, "wrong", "minus the logarithm"),
        (natural, "wrong", "for bits take `jnp.log2`"),
        (base_ten, "wrong", "base 10"),
        (one_minus, "wrong", "Take the logarithm"),
        (likeliest, "wrong", "number `right`"),
        (entropy, "wrong", "One token came"),
        (all_of_them, "wrong", "one number"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (inverse, "wrong", "costs 1.000 bits"),
        (a_word, "wrong", "one number"),
        (counts_from_one, "wrong", "costs 1.000 bits"),
        (lambda p: 0, "error", "raised TypeError"),
        (lambda p, right: 0.0, "wrong", "costs 1.000 bits"),
        (lambda p, right: np.nan, "wrong", "yours says nan"),
        (right_bits, "right", "each halving of the odds costs one more"),
        (lambda p, right: -jnp.log2(p[right]), "right", "0 bits"),
        (lambda p, right: np.array([np.log2(1 / p[right])]), "right", "0 bits"),
    ],
)
def test_bits_of(function, status, text):
    is_told("05.1", {"bits_of": function}, status, text)


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
        (lambda knob, slope, size: knob, "wrong", "it ends at"),
        (lambda knob, slope, size: knob - slope / size, "wrong", "it ends at"),
        (lambda knob, slope, size: knob - 0.2 * slope, "wrong", "size of 0.01"),
        (moves_in_vain, "wrong", "end it with `return`"),
        (lambda knob, slope: knob, "error", "raised TypeError"),
        (lambda knob, slope, size: knob - size * slope, "right", "from -1 to 3.00"),
        (lambda knob, slope, size: jnp.float32(knob - size * slope), "right", "3.00"),
    ],
)
def test_downhill(function, status, text):
    is_told("05.downhill", {"downhill": function}, status, text)


@each_of(
    ("bits", "times", "who", "status", "text"),
    [
        (49_152, 64, "B", "wrong", "how many bits?"),
        (np.log(49_152), 64, "B", "wrong", "natural logarithm"),
        (10, 64, "B", "wrong", "1/49,152"),
        ("many", 64, "B", "wrong", "should be a number"),
        (15.6, 3, "B", "wrong", "differ by 6"),
        (15.6, 6, "B", "wrong", "double it 6 times"),
        (15.6, 512, "B", "wrong", "2 to the power of"),
        (15.6, 64, "A", "wrong", "fingerprint"),
        (15.6, 64, "C", "wrong", "nobody sits"),
        (15.6, 64, "D", "wrong", 'one of "A", "B", "C"'),
        (np.log2(49_152), 2**6, "b", "right", "the knobs stay put"),
    ],
)
def test_numbers(bits, times, who, status, text):
    answers = {"bits_at_start": bits, "times_likelier": times, "who_turns": who}
    is_told("05.3", answers, status, text)
