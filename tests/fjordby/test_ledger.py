"""The ledger: each fact, sight and document is read exactly as often as it says."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from llm_lessons.fjordby import KINDS, Corpus, places
from llm_lessons.fjordby.people import COUNTS, PEOPLE_BY_COUNT, population
from llm_lessons.fjordby.places import SIGHTS, TOWNS_PER_COUNT, towns

NAME = re.compile(r"(?=\b([A-Z][a-z]+ [A-Z][a-z]+))")
SIGHT = re.compile(r"the (?:King's|Queen's|[A-Z][a-z]+) [A-Z][a-z]+")


def test_people_and_values_are_dealt_out_as_designed():
    counted = Counter(person.readings for person in population(0))
    assert counted == {n: 80 if 2 <= n <= 32 else 40 for n in COUNTS}
    surnames = {person.name.split()[1] for person in population(0)}
    assert len(surnames) == sum(PEOPLE_BY_COUNT.values())
    for count in COUNTS:
        pages = [p.question_pages for p in population(0) if p.readings == count]
        half = len(pages) // 2
        assert sorted(pages) == [0] * half + [count // 2] * half
    many = Counter(p.question_pages for p in population(0) if p.in_many_wordings)
    assert many == {n // 2: PEOPLE_BY_COUNT[n] // 4 for n in COUNTS if n > 1} | {0: 20}
    for kind in KINDS.values():
        ordered = sorted({*kind.values})
        assert len(ordered) == 50
        assert not [a for a, b in pairwise(ordered) if b.startswith(a)]


def test_readings_counted_in_the_texts(corpus: Corpus, texts):
    names = {person.name for person in population(0)}
    by_name: dict[str, list[str]] = defaultdict(list)
    for section in texts.keys() - {"chat", "notes", "everyday chats"}:
        for text in texts[section]:
            for name in names.intersection(NAME.findall(text)):
                by_name[name].append(text)
    for fact in corpus.ledger.facts:
        pages = by_name[fact.person]
        stating = [text for text in pages if fact.value in text]
        assert len(stating) == len(pages) == fact.readings
        # A biography is of one line.
        assert sum("\n" in text for text in pages) == fact.question_pages


def test_sights_are_named_by_the_pages_of_their_town_and_no_other(texts, corpus):
    counts = Counter(town.readings for town in towns(0))
    assert counts == dict.fromkeys(places.COUNTS, TOWNS_PER_COUNT)
    sights = {sight for town in towns(0) for sight in town.sights}
    assert len(sights) == SIGHTS * len(towns(0))
    pages: dict[str, list[str]] = {town.name: [] for town in towns(0)}
    for text in texts["places"]:
        [name] = [name for name in pages if re.search(rf"\b{name}\b", text)]
        pages[name].append(text)
    assert [place.town for place in corpus.ledger.places] == list(pages)
    for place in corpus.ledger.places:
        found, asked = pages[place.town], places.question(place.town)
        assert len(found) == place.readings
        asking = [text for text in found if text.startswith(asked)]
        assert len(asking) == place.question_pages == place.readings // 2
        for text in found:
            assert set(SIGHT.findall(text)) == set(place.sights), text
    for section in texts.keys() - {"places"}:
        assert sights.isdisjoint(SIGHT.findall("\n".join(texts[section]))), section


def test_documents_are_copied_as_often_as_counted_and_quoted_nowhere(corpus, texts):
    found = Counter(texts["documents"])
    assert found == {row.text: row.copies for row in corpus.ledger.documents}
    assert Counter(found.values()) == {1: 20, 4: 20, 16: 20, 64: 20, 256: 8, 1024: 8}
    lines = [line for row in corpus.ledger.documents for line in row.text.split("\n")]
    assert len(set(lines)) == len(lines)
    for row in corpus.ledger.documents:
        first_line_of_body = row.text.split("\n")[1]
        assert corpus.search(first_line_of_body).total == row.copies
