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


def test_a_fact_is_known_where_the_sentence_ends_with_it():
    facts = fjordby.build().ledger.facts[:4]
    values = [fact.value for fact in facts]
    said = (f" {values[0]}. Next", f" {values[1]}s.", f" not {values[2]}.", " x.")
    for ask in (False, True):
        told = dict(zip(recall.prompts(facts, ask), said, strict=True))
        lm = writes(told.__getitem__)
        assert recall.knows(lm, facts, ask) == [True, False, False, False]
