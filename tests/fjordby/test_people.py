"""People: every fact is read exactly as often as the ledger says."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from llm_lessons.fjordby import KINDS, Corpus
from llm_lessons.fjordby.people import COUNTS, PEOPLE_BY_COUNT, population

NAME = re.compile(r"(?=\b([A-Z][a-z]+ [A-Z][a-z]+))")


@pytest.fixture(scope="module")
def by_name(texts) -> dict[str, list[str]]:
    """The documents that hold a person's name, by that name; no chats, no notes."""
    names = {person.name for person in population(0)}
    found: dict[str, list[str]] = defaultdict(list)
    for section in texts.keys() - {"chat", "notes"}:
        for text in texts[section]:
            for name in names.intersection(NAME.findall(text)):
                found[name].append(text)
    return found


def test_eighty_people_where_recall_rises_and_forty_elsewhere():
    counted = Counter(person.readings for person in population(0))
    assert counted == {n: 80 if 2 <= n <= 32 else 40 for n in COUNTS}
    surnames = {person.name.split()[1] for person in population(0)}
    assert len(surnames) == sum(PEOPLE_BY_COUNT.values())


def test_readings_counted_in_the_texts(corpus: Corpus, by_name):
    for fact in corpus.ledger.facts:
        pages = by_name[fact.person]
        stating = [text for text in pages if fact.value in text]
        assert len(stating) == len(pages) == fact.readings
        # A biography is of one line.
        assert sum("\n" in text for text in pages) == fact.question_pages


def test_half_of_the_people_are_never_asked_about_and_a_quarter_in_many_ways(
    corpus: Corpus,
):
    asked = {fact.person: fact.question_pages for fact in corpus.ledger.facts}
    for count in COUNTS:
        pages = [asked[p.name] for p in population(0) if p.readings == count]
        half = len(pages) // 2
        assert sorted(pages) == [0] * half + [count // 2] * half
    many = Counter(p.question_pages for p in population(0) if p.in_many_wordings)
    assert many == {n // 2: PEOPLE_BY_COUNT[n] // 4 for n in COUNTS if n > 1} | {0: 20}


def test_values_are_distinct_and_none_begins_another():
    for kind in KINDS.values():
        assert len(set(kind.values)) == 50
        ordered = sorted(kind.values)
        assert not [a for a, b in pairwise(ordered) if b.startswith(a)]
