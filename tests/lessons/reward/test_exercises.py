"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.exercises.told import is_told


@each_of(
    ("fooled", "status", "text"),
    [
        (9, "wrong", "should be a text"),
        ("9", "wrong", "behind a colon"),
        ("Answer at once: 19.", "wrong", "this is the right answer"),
        ("Answer at once: 18.", "wrong", "sees the digit 8"),
        ("Answer at once: 29.", "right", "gives 1 to 29"),
        ("Step by step: 1 + 1 = 2. Answer: 9.", "right", "gives 1 to 9"),
    ],
)
def test_fool(fooled, status, text):
    is_told("11.1", {"fooled": fooled}, status, text)


@each_of(
    ("low", "high", "status", "text"),
    [
        ("B", "A", "right", "somebody who only wanted to save"),
        ("b", "a", "right", "the quick guess loses less"),
        ("A", "A", "wrong", "`low`: A is worth 0.2 - 20 x 0.002 = 0.16"),
        ("B", "B", "wrong", "`high`: B is worth 0.98 - 80 x 0.02 = -0.62"),
        (0.16, "A", "wrong", "`low` should be one of"),
    ],
)
def test_price(low, high, status, text):
    is_told("11.2", {"low": low, "high": high}, status, text)


def mean_alone(rewards):
    return sum(rewards) / len(rewards)


def one_number(rewards):
    return [mean_alone(rewards)]


def turned_round(rewards):
    return [mean_alone(rewards) - one for one in rewards]


def as_they_are(rewards):
    return rewards


def forgets_to_return(rewards):
    right(rewards)


def right(rewards):
    return tuple(one - mean_alone(rewards) for one in rewards)


@each_of(
    ("better", "status", "text"),
    [
        (mean_alone, "wrong", "a list with 8 numbers"),
        (one_number, "wrong", "a list with 8 numbers"),
        (turned_round, "wrong", "the mean is 0.25"),
        (as_they_are, "wrong", "the mean is 0.25"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (right, "right", "nothing is learned"),
    ],
)
def test_better(better, status, text):
    is_told("11.3", {"better": better}, status, text)
