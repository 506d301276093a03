"""Plausible wrong answers, and what each of them is told."""

import jax.numpy as jnp
import numpy as np

from llm_lessons.lessons.temperature import exercises
from tests.each import each_of
from tests.lessons.checking.told import is_told


def softmax(x):
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


def multiplies(logits, temperature):
    return softmax(logits * temperature)


def divides_in_vain(logits, temperature):
    scaled = softmax(logits) / temperature
    return scaled / scaled.sum()


def overflows(logits, temperature):
    powers = np.exp(logits / temperature)
    return powers / powers.sum()


def forgets_to_return(logits, temperature):
    softmax(logits / temperature)


def is_uniform(logits, temperature):
    return np.full(logits.shape, 1 / logits.size)


def misspells(logits, temperature):
    return softmax(logits / temprature)  # pyright: ignore


@each_of(
    ("function", "status", "text"),
    [
        (multiplies, "wrong", "divide by the temperature, don't multiply"),
        (lambda x, t: x / t, "wrong", "probabilities add to 1"),
        (lambda x, t: softmax(x) / t, "wrong", "Is the softmax the last step?"),
        (divides_in_vain, "wrong", "The temperature changes nothing"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (lambda x, t: softmax(x / t).max(), "wrong", "should be 5 probabilities"),
        (lambda x, t: softmax(x / t**2), "wrong", "At temperature 0.5 the likeliest"),
        (is_uniform, "wrong", "At temperature 1 it should be the plain softmax"),
        (lambda x, t: ["a"] * len(x), "wrong", "array of numbers"),
        (misspells, "error", "NameError: name 'temprature' is not defined"),
    ],
)
def test_a_wrong_temperature_is_told_why(function, status, text):
    is_told("04.3", {"apply_temperature": function}, status, text)


def greedy_at_zero(logits, temperature):
    if temperature == 0:
        return np.arange(len(logits)) == np.argmax(logits)
    return softmax(logits / temperature)


def uniform_at_zero(logits, temperature):
    if temperature == 0:
        return np.full(len(logits), 1 / len(logits))
    return softmax(logits / temperature)


def in_place(logits, temperature):
    logits /= temperature
    logits -= logits.max()
    np.exp(logits, out=logits)
    logits /= logits.sum()
    return logits


def with_jax(logits, temperature):
    scores = jnp.asarray(logits) / temperature
    return jnp.exp(scores - scores.max()) / jnp.exp(scores - scores.max()).sum()


@each_of(
    ("function", "text"),
    [
        (greedy_at_zero, "yours takes the likeliest token: that is greedy"),
        (uniform_at_zero, "At 0, put everything on the likeliest token"),
        (in_place, "yours divides by zero; there, programs take the likeliest"),
        (with_jax, "yours divides by zero"),
        (lambda x, t: list(softmax(x / float(t))), "yours divides by zero"),
        (overflows, "run `apply_temperature(np.array([1000.0, 999.0, 0.0]), 1)`"),
    ],
)
def test_a_right_temperature_hears_about_zero(function, text):
    is_told("04.3", {"apply_temperature": function}, "right", text)


def test_half_is_found_with_the_longest_bar_of_the_lesson():
    found = {round(100 * exercises._longest(t)): t for t in np.arange(0.3, 3, 0.05)}
    for percent in range(46, 55):
        if percent in found:
            told = f"has {percent}\u00a0%. The scores"
            is_told("04.1", {"half": found[percent]}, "right", told)
    assert {46, 47, 48, 49, 50, 51, 52, 53, 54} & set(found)
