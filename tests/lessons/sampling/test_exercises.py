"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.lessons.checking.told import is_told

SURE, WIDE = "Once upon a", "Once upon a time there was a girl called"


@each_of(
    ("sure", "wide", "status", "text"),
    [
        (WIDE, SURE, "wrong", "`sure`: “"),
        (SURE, SURE, "wrong", "`wide`: “"),
        (SURE, 5, "wrong", "`wide` should be words in quotes"),
        (" ", WIDE, "wrong", "`sure` should be words in quotes"),
        (f"{SURE} ", WIDE, "wrong", "`sure` ends with a space"),
        (SURE, "house " * 2000 + "a", "wrong", "`wide`: "),
        (SURE, WIDE, "right", "there two runs mostly part"),
    ],
)
def test_beginnings(sure, wide, status, text):
    is_told("03.1", {"sure": sure, "wide": wide}, status, text)


@each_of(
    ("agree", "status", "text"),
    [
        (2.7, "wrong", "between 0 and 1"),
        (0.9, "wrong", "chance of one answer"),
        (0.271, "wrong", "do not all give it"),
        (0.001, "wrong", "three flips"),
        (None, "not attempted", "`agree`"),
        (0.73, "right", "In 73 of 100 cases"),
    ],
)
def test_again(agree, status, text):
    is_told("03.again", {"agree": agree}, status, text)


def from_zero(one, other):
    return next(i for i, (a, b) in enumerate(zip(one, other)) if a != b)  # noqa: B905


def as_far_as_both_reach(one, other):
    pairs = enumerate(zip(one, other, strict=False), start=1)
    return next((i for i, (a, b) in pairs if a != b), 0)


def counts_all(one, other):
    return sum(a != b for a, b in zip(one, other, strict=False))


def says_nothing(one, other):
    [*one, *other].count(0)


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
        (counts_all, "wrong", "it should be 3; yours gives 1"),
        (says_nothing, "wrong", "end it with `return`"),
        (lambda one, other: "three", "wrong", "should be a number"),
        (by_steps, "right", "the pairs of the figure"),
    ],
)
def test_parted(function, status, text):
    is_told("03.3", {"parted": function}, status, text)
