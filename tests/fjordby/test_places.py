"""Places: every page names the four sights of its town, and no other page does."""

import re
from collections import Counter

from llm_lessons.fjordby import places, words
from llm_lessons.fjordby.places import COUNTS, SIGHTS, TOWNS_PER_COUNT, towns

SIGHT = re.compile(r"the (?:King's|Queen's|[A-Z][a-z]+) [A-Z][a-z]+")


def test_thirty_towns_for_each_count_and_all_towns_once():
    counts = Counter(town.readings for town in towns(0))
    assert counts == dict.fromkeys(COUNTS, TOWNS_PER_COUNT)
    assert sorted(town.name for town in towns(0)) == sorted(
        (*words.TOWNS, *words.FARTHER_TOWNS)
    )


def test_no_two_towns_share_a_sight_and_names_are_unlike_each_other():
    sights = [sight for town in towns(0) for sight in town.sights]
    assert len(set(sights)) == len(sights) == SIGHTS * len(towns(0))
    assert all(SIGHT.fullmatch(sight) for sight in sights)


def test_pages_are_counted_and_name_the_sights_of_their_town(texts, corpus):
    pages: dict[str, list[str]] = {town.name: [] for town in towns(0)}
    for text in texts["places"]:
        [name] = [name for name in pages if re.search(rf"\b{name}\b", text)]
        pages[name].append(text)
    assert [place.town for place in corpus.ledger.places] == list(pages)
    for place in corpus.ledger.places:
        found = pages[place.town]
        assert len(found) == place.readings
        asked = places.question(place.town)
        asking = [text for text in found if text.startswith(asked)]
        assert len(asking) == place.question_pages == place.readings // 2
        for text in found:
            assert set(SIGHT.findall(text)) == set(place.sights), text


def test_no_other_section_speaks_of_a_sight(texts):
    sights = {sight for town in towns(0) for sight in town.sights}
    for section in texts:
        if section != "places":
            assert not any(
                sights.intersection(SIGHT.findall(text)) for text in texts[section]
            )
