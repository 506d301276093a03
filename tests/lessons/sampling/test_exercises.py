"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.lessons.checking.told import is_told


def from_zero(one, other):
    return next(i for i, (a, b) in enumerate(zip(one, other)) if a != b)  # noqa: B905


def as_far_as_both_reach(one, other):
    pairs = enumerate(zip(one, other, strict=False), start=1)
    return next((i for i, (a, b) in pairs if a != b), 0)


def by_steps(one, other):
    place = 0
    while one[place : place + 1] == other[place : place + 1]:
        if place == len(one):
            return 0
        place += 1
    return place + 1


@each_of(
    ("function", "status", "text"),
    [
        (from_zero, "wrong", "yours gives 2. The first token has place 1."),
        (as_far_as_both_reach, "wrong", "[4, 8] and [4, 8, 15] it should be 3"),
        (lambda one, other: "three", "wrong", "should be a number"),
        (by_steps, "right", "the pairs of the figure"),
    ],
)
def test_parted(function, status, text):
    is_told("03.3", {"parted": function}, status, text)
