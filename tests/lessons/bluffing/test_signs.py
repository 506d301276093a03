"""How well a sign parts right answers from others, and what a threshold scores."""

import pytest

from llm_lessons.fjordby.ledger import Fact
from llm_lessons.lessons.bluffing.asked import Said, outcome, sign
from llm_lessons.lessons.bluffing.sureness import best_threshold


def said(right: bool, sure: float, readings: int, person: str) -> Said:
    fact = Fact(person, "town", "Tarnby", readings, 0, 0)
    return Said(fact, "Tarnby" if right else "Lomvik", sure)


KNOWN = [said(True, 0.9, 64, f"a{i}") for i in range(5)]
RARE = [said(False, 0.3, 1, f"b{i}") for i in range(5)]


def test_a_sign_that_tells_only_how_often_it_was_read_tells_nothing_within():
    both = [*KNOWN, *RARE, said(True, 0.3, 1, "c"), said(False, 0.9, 64, "d")]
    found = sign(both, [one.fact.readings for one in both])
    assert found.all_.value > 0.75 and found.alike.value == 0.5
    perfect = sign(KNOWN + RARE, [one.sure for one in KNOWN + RARE])
    assert perfect.all_.value == 1
    turned = sign(KNOWN + RARE, [-one.sure for one in KNOWN + RARE])
    assert turned.all_.value == 0


def test_nothing_is_right_that_no_page_says():
    never = said(True, 0.9, 0, "e")
    assert not never.right and never.wrong and never.fits


@pytest.mark.parametrize(("price", "least"), [(0, 0.0), (1, 0.31), (3, 0.31)])
def test_the_best_threshold_lets_the_known_speak(price: float, least: float):
    best, score, always = best_threshold(KNOWN + RARE, price)
    assert best == least and score == 0.5 and always == 0.5 - 0.5 * price
    assert outcome(RARE[0], 0.31) == "silent" and outcome(RARE[0], 0.3) == "wrong"
