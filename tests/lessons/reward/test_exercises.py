"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.lessons.checking.told import is_told


def mean_alone(rewards):
    return sum(rewards) / len(rewards)


def turned_round(rewards):
    return [mean_alone(rewards) - one for one in rewards]


def forgets_to_return(rewards):
    right(rewards)


def right(rewards):
    return tuple(one - mean_alone(rewards) for one in rewards)


@each_of(
    ("better", "status", "text"),
    [
        (mean_alone, "wrong", "a list with 8 numbers"),
        (turned_round, "wrong", "the mean is 0.25"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (right, "right", "nothing is learned"),
    ],
)
def test_better(better, status, text):
    is_told("11.3", {"better": better}, status, text)
