"""Plausible wrong answers, and what each of them is told."""

import jax.numpy as jnp
import numpy as np

from llm_lessons.lessons.temperature import exercises
from tests.each import each_of
from tests.lessons.checking.told import is_told


def softmax(x):
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


def divides_in_vain(logits, temperature):
    scaled = softmax(logits) / temperature
    return scaled / scaled.sum()


def greedy_at_zero(logits, temperature):
    if temperature == 0:
        return np.arange(len(logits)) == np.argmax(logits)
    return softmax(logits / temperature)


def uniform_at_zero(logits, temperature):
    return softmax(logits / temperature if temperature else 0 * logits)


def in_place(logits, temperature):
    logits /= temperature
    logits -= logits.max()
    np.exp(logits, out=logits)
    logits /= logits.sum()
    return logits


def with_jax(logits, temperature):
    powers = jnp.exp(jnp.asarray(logits) / temperature)
    return powers / powers.sum()


@each_of(
    ("function", "status", "text"),
    [
        (lambda x, t: softmax(x * t), "wrong", "divide by the temperature, don't mult"),
        (lambda x, t: softmax(x) / t, "wrong", "Is the softmax the last step?"),
        (divides_in_vain, "wrong", "The temperature changes nothing"),
        (lambda x, t: softmax(x / t**2), "wrong", "At temperature 0.5 the likeliest"),
        (lambda x, t: softmax(0 * x), "wrong", "At temperature 1 it should be the pl"),
        (greedy_at_zero, "right", "yours takes the likeliest token: that is greedy"),
        (uniform_at_zero, "right", "At 0, put everything on the likeliest token"),
        (in_place, "right", "yours divides by zero; there, programs take the likeli"),
        (with_jax, "right", "run `apply_temperature(np.array([1000.0, 999.0, 0.0]), 1"),
    ],
)
def test_temperature(function, status, text):
    is_told("04.3", {"apply_temperature": function}, status, text)


def test_half_is_found_with_the_longest_bar_of_the_lesson():
    found = {round(100 * exercises._longest(t)): t for t in np.arange(0.3, 3, 0.05)}
    near = [percent for percent in found if 46 <= percent <= 54]
    assert near
    for percent in near:
        told = f"has {percent}\u00a0%. The scores"
        is_told("04.1", {"half": found[percent]}, "right", told)
