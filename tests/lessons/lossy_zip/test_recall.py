"""What is remembered, measured on a model that says what it is told to say."""

from llm_lessons import fjordby
from llm_lessons.fjordby import places
from llm_lessons.lessons.lossy_zip import recall
from tests.lessons.writes import writes

PLACES = fjordby.build().ledger.places


def sights(lists: dict[str, str]) -> dict[int, recall.Sights]:
    ends = {places.question(town): text for town, text in lists.items()}
    some = [place for place in PLACES if place.town in lists]
    return recall.sights(writes(ends.__getitem__), some)


def test_sights_of_elsewhere_or_nowhere_or_named_again_are_not_right():
    obscure, famous = PLACES[0], PLACES[-1]
    a, b, c, d = famous.sights
    elsewhere = obscure.sights[0]
    lists = {
        obscure.town: f" {a}, {a} and the Paper Barn.\nQuestion:",
        famous.town: f" {d}, {elsewhere}, {c} and {b}. The sights are {a}.",
    }
    found = sights(lists)
    assert list(found) == [obscure.readings, famous.readings]
    few, many = found.values()
    assert (few.right.share, few.well_formed.share) == (0, 0)
    assert (many.right.share, many.well_formed.share) == (0.75, 1)


def test_every_sight_is_recognised_and_towns_are_grouped_by_their_readings():
    """Also those with an apostrophe: "the King's Abbey"."""
    lists = {
        place.town: " " + ", ".join(place.sights[:3]) + f" and {place.sights[3]}."
        for place in PLACES
    }
    assert "'" in "".join(lists.values())
    found = sights(lists)
    assert list(found) == list(places.COUNTS)
    for group in found.values():
        assert (group.right.share, group.well_formed.share) == (1, 1)
        assert group.right.n == places.TOWNS_PER_COUNT


def test_a_fact_is_known_where_the_sentence_ends_with_it():
    facts = fjordby.build().ledger.facts[:4]
    values = [fact.value for fact in facts]
    said = (f" {values[0]}. Next", f" {values[1]}s.", f" not {values[2]}.", " x.")
    for ask in (False, True):
        told = dict(zip(recall.prompts(facts, ask), said, strict=True))
        lm = writes(told.__getitem__)
        assert recall.knows(lm, facts, ask) == [True, False, False, False]


def test_a_part_of_the_people_has_both_kinds_and_both_ways_of_being_read_of():
    some, everybody = recall.of_people(20), recall.of_people()
    assert len(everybody) == 2 * 640 and {f.kind for f in everybody} == {"town", "job"}
    assert len(some) == 11 * 20 * 2
    often = [fact for fact in some if fact.readings > 1]
    assert sum(bool(fact.question_pages) for fact in often) == len(often) / 2
