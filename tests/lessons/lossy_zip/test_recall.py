"""What is remembered, measured on a model that says what it is told to say."""

from llm_lessons import fjordby
from llm_lessons.fjordby.places import question
from llm_lessons.lessons.lossy_zip import recall
from tests.lessons.writes import writes


def test_sights_of_elsewhere_or_nowhere_or_named_again_are_not_right():
    places = fjordby.build().ledger.places
    obscure, famous = places[0], places[-1]
    a, b, c, d = famous.sights
    elsewhere = obscure.sights[0]
    lists = {
        question(obscure.town): f" {a}, {a} and the Paper Barn.\nQuestion:",
        question(famous.town): f" {d}, {elsewhere}, {c} and {b}. The sights are {a}.",
    }
    found = recall.sights(writes(lists.__getitem__), [obscure, famous])
    assert list(found) == [obscure.readings, famous.readings]
    few, many = found.values()
    assert (few.right.share, few.well_formed.share) == (0, 0)
    assert (many.right.share, many.well_formed.share) == (0.75, 1)
