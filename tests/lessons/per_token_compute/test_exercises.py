"""Plausible wrong answers, and what each of them is told."""

import math

import numpy as np
import pytest

from llm_lessons.lessons.exercises import exercise
from tests.each import each_of
from tests.exercises.told import is_told


def counts_products(shapes):
    return sum(rows * columns for rows, columns in shapes)


def adds_sizes(shapes):
    return sum(rows + columns for rows, columns in shapes)


def takes_the_first(shapes):
    return 2 * shapes[0][0] * shapes[0][1]


def takes_the_last(shapes):
    for rows, columns in shapes:
        total = 2 * rows * columns
    return total


def returns_too_early(shapes):
    total = 0
    for rows, columns in shapes:
        total += 2 * rows * columns
        return total


def forgets_to_return(shapes):
    sum(shapes[0])


def squares(shapes):
    return sum((rows * columns) ** 2 for rows, columns in shapes)


def gives_a_list(shapes):
    return [2 * rows * columns for rows, columns in shapes]


@each_of(
    ("function", "text"),
    [
        (counts_products, "with each goes an addition"),
        (adds_sizes, "rows times columns"),
        (takes_the_first, "the first matrix alone"),
        (takes_the_last, "the last matrix alone"),
        (returns_too_early, "the first matrix alone"),
        (forgets_to_return, "end it with `return`"),
        (squares, "it should be 24; yours gives 144"),
        (gives_a_list, "should be a number"),
    ],
)
def test_a_wrong_count_is_told_why(function, text):
    is_told("07.1", {"operations": function}, "wrong", text)


def test_arrays_count_as_well():
    def operations(shapes):
        return np.array([2 * rows * columns for rows, columns in shapes]).sum()

    assert exercise("07.operations").check({"operations": operations}).status == "right"


@each_of(
    ("letter", "times", "status", "text"),
    [
        ("B", 25, "wrong", "a person takes longer"),
        ("A", 25, "wrong", "about the two questions"),
        ("both", 25, "wrong", 'one of "A", "B", "C"'),
        ("C", 72, "wrong", "divide instead"),
        ("C", 3 / 75, "wrong", "the other way round"),
        ("C", 1, "wrong", "there are more of them"),
        ("C", 6, "wrong", "one answer has 3 tokens"),
        ("C", "many", "wrong", "should be a number"),
        ("c", 25, "right", "A token costs what it costs"),
    ],
)
def test_same_for_all(letter, times, status, text):
    is_told("07.2", {"more_a_token": letter, "times": times}, status, text)


@each_of(
    ("function", "text"),
    [
        (sum, "both flips have to fall"),
        (np.mean, "A mean is no chance"),
        (min, "The least one is not enough"),
        (max, "The surest token alone"),
        (lambda chances: chances[0], "The least one|the first token|surest"),
        (lambda chances: chances[-1], "The least one|the last token"),
        (lambda chances: 1 - math.prod(chances), "it should be 0.2; yours gives 0.8"),
        (lambda chances: chances.sort(), "end it with `return`"),
    ],
)
def test_a_wrong_chance_is_told_why(function, text):
    feedback = exercise("07.chance").check({"chance_of": function})
    assert feedback.status == "wrong"
    assert any(part in feedback.text for part in text.split("|"))


@pytest.mark.parametrize("function", [math.prod, np.prod])
def test_a_product_is_right_however_it_is_made(function):
    assert exercise("07.3").check({"chance_of": function}).status == "right"
