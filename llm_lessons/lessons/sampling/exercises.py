"""Exercises of the lesson on sampling."""

from typing import Any

import numpy as np

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong, as_number, call
from llm_lessons.lessons.checking.boxes import Box, Number
from llm_lessons.lessons.checking.checker import Exercise

_SURE, _OPEN = 0.95, 0.2  # of the likeliest token: at least, and at most
_EACH, _ASKED = 0.9, 3
_PAIRS = (
    ([4, 8, 15, 16], [4, 8, 23, 16], 3),
    ([7], [9], 1),
    ([4, 8, 15], [4, 8, 15], 0),
    ([4, 8], [4, 8, 15], 3),
    ([4, 8, 15], [4], 2),
)


def _examine_beginnings(sure: str, wide: str) -> str:
    piece, chance = _favourite(sure)
    found = f"“{piece}” has {100 * chance:.0f}\u00a0%"
    if chance < _SURE:
        raise Wrong(
            f"Settled: {found}, and so the coin still has a choice. Stop in the middle "
            "of words that always come together, or of a single word."
        )
    other, most = _favourite(wide)
    if most > _OPEN:
        raise Wrong(
            f"Open: “{other}” has {100 * most:.0f}\u00a0%. Stop where very many "
            "words would fit."
        )
    return (
        f"In the first, {found}: two coins fall on the same token there. In the "
        f"second, the likeliest is “{other}” with {100 * most:.0f}\u00a0%: there two "
        "runs mostly part."
    )


def _favourite(text: str) -> tuple[str, float]:
    """The likeliest token behind a learner's beginning, and its chance."""
    if text != text.rstrip():
        raise Wrong(f"“{text}” ends with a space. Take it away: the next token has it.")
    try:
        [(piece, _, chance)] = load("fjord").next_token(text, top=1).rows
    except ValueError as refusal:
        raise Wrong(str(refusal)) from None
    return piece.strip() or piece, chance


def _examine_again(chance: float) -> str:
    if not 0 <= chance <= 1:
        raise Wrong(f"A chance lies between 0 and 1; yours is {chance:g}.")
    if np.isclose(chance, _EACH):
        raise Wrong("0.9 is the chance of one answer. All three must agree.")
    if np.isclose(chance, 1 - _EACH**_ASKED):
        raise Wrong("That is the chance that they do not all give it.")
    if not np.isclose(chance, _EACH**_ASKED, atol=0.002):
        raise Wrong("There are three flips, and each falls on that answer with 0.9.")
    return (
        f"In {100 * _EACH**_ASKED:.0f} of 100 cases you hear the same wrong answer "
        "three times. Asking again shows where the odds lie, not whether they are "
        "right."
    )


def _examine_parted(parted: Any) -> str:
    for one, other, place in _PAIRS:
        given = as_number(call(parted, "parted", [*one], [*other]), "parted(...)")
        if given == place:
            continue
        message = f"For {one} and {other} it should be {place}; yours gives {given:g}."
        if place and given == place - 1:
            message += " The first token has place 1."
        raise Wrong(message)
    return "So were the pairs of the figure counted, and those of the real model."


EXERCISES = (
    Exercise(
        "03.1",
        "03.beginnings",
        aim="Find a beginning that is settled, and one that is open",
        task=(
            "Find two beginnings for Fjord, such as “One day”. Each check tells you "
            "Fjord's odds, so try as often as you like."
        ),
        answers={
            "sure": Box(
                "Settled: the likeliest next token has 95\u00a0% or more",
                "Once upon a",
            ),
            "wide": Box(
                "Open: the likeliest next token has 20\u00a0% at most",
                "Once upon a time there was a girl called",
            ),
        },
        examine=_examine_beginnings,
        hints=[
            "Fjord has read stories, pages about people, poems and sums. All its "
            "stories begin much alike.",
            "Settled: how would you go on with “Once upon a”?",
            "Open: what comes behind “a girl called”?",
        ],
    ),
    Exercise(
        "03.2",
        "03.again",
        aim="Work out how often a wrong answer comes three times",
        task=(
            "A model gives one wrong answer with a chance of 0.9. You ask it in three "
            "new chats. How likely is it that all three give that answer?"
        ),
        answers={"agree": Number("The chance, such as 0.5", "0.729")},
        examine=_examine_again,
        hints=[
            "Of 100 people, 90 get it in the first chat. How many of these get it in "
            "the second, too?",
            "Three chats are three flips. Chances in a row are multiplied.",
        ],
    ),
    Exercise(
        "03.3",
        "03.parted",
        aim="Write what finds the place where two runs part",
        task=(
            "Write `parted(one, other)`. It takes two lists of tokens, and returns the "
            "place of the first token that differs, counted from 1, or 0 if the lists "
            "are the same. Where one list has ended and the other goes on, they part, "
            "too."
        ),
        answers=["parted"],
        examine=_examine_parted,
        hints=[
            "`zip(one, other)` gives the tokens in pairs, as far as both lists reach.",
            "`for place, (a, b) in enumerate(zip(one, other), start=1):` counts along. "
            "Return the place at the first pair that differs.",
            "Behind the loop, all pairs were the same: compare `len(one)` and "
            "`len(other)`.",
        ],
        code="""\
def parted(one, other):
    for place, (a, b) in enumerate(zip(one, other), start=1):
        if a != b:
            return place
    if len(one) == len(other):
        return 0
    return min(len(one), len(other)) + 1
""",
    ),
)
