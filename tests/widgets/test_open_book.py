"""The Python side of the two books; what they look like is tested in a browser."""

import re
from typing import Any

import pytest

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.notes import SILENT, held_out
from llm_lessons.measuring import replies
from llm_lessons.widgets import OpenBook, open_book
from llm_lessons.widgets.open_book import OTHERS


class Reader:
    """Stands in for a model: remembers what it was asked, and repeats the last word."""

    batch = None  # as a model has it

    def __init__(self):
        self.asked = []

    def replies(self, lm, prompts):
        assert lm is self
        self.asked += prompts
        return [(f"an answer to {len(prompt)} letters", 0.5) for prompt in prompts]


class SaysNothing:
    """Answers as a page of Fjordby does where no note answers."""

    def batch(self, prompts, *args, **settings):
        return [f" {SILENT}\nQuestion:" for _ in prompts]


@pytest.fixture
def reader(monkeypatch):
    reader = Reader()
    monkeypatch.setattr(open_book, "replies", reader.replies)
    return reader


@pytest.fixture
def book(reader):
    return OpenBook(reader)


def each_page(book):
    for person in range(len(book._people)):
        for conflict in (False, True):
            for others in range(OTHERS + 1):
                for label in (True, False):
                    book.person, book.conflict = person, conflict
                    book.others, book.label = others, label
                    yield book._people[person]


def test_every_page_is_answered_before_it_is_asked_for(book, reader):
    assert book._people[book.person]["group"] == "invented"
    assert repr(book).startswith(f"OpenBook({book.names[book.person]!r}, closed: ")
    asked = len(reader.asked)
    for person in each_page(book):
        assert book.prompt in book._replies and book.question in book._replies
        assert book.question == person["question"]
    assert len(reader.asked) == asked == len(set(reader.asked)) == len(book._replies)


def test_a_page_holds_the_note_and_so_many_others_and_ends_with_the_question(book):
    for person in each_page(book):
        *notes, question, answer = book.prompt.split("\n")
        assert f"{question}\n{answer}" == person["question"]
        assert len(notes) == book.others + 1
        before = "Note: " if book.label else ""
        assert all(note.startswith("Note: ") == book.label for note in notes)
        hers = [note for note in notes if person["name"] in note]
        is_false = book.conflict and person["contrary"]
        own = person["contrary"] if is_false else person["notes"][person["asked"]]
        assert book.note == own and before + own in hers
        assert set(notes) <= {before + note for note in (*person["notes"], own)}


def test_the_facts_are_those_of_the_ledger_and_the_notes_contradict_them(book):
    facts = {(f.person, f.value): f for f in ledger_of().facts}
    groups = [person["group"] for person in book._people]
    assert groups == ["well known"] * 2 + ["read of once"] * 2 + ["invented"] * 2
    for person in book._people:
        note, contrary = person["notes"][person["asked"]], person["contrary"]
        if person["group"] == "invented":
            assert person["truth"] is None is contrary and person["readings"] == 0
            assert person["name"] not in {fact.person for fact in ledger_of().facts}
            continue
        fact = facts[person["name"], person["truth"]]
        assert fact.readings == person["readings"] and not fact.contradictions
        assert re.search(rf"\b{person['truth']}\b", note)
        assert not re.search(rf"\b{person['truth']}\b", contrary)
        assert person["name"] in contrary
        assert all(contrary != other for other in person["notes"])


def test_what_is_said_where_no_note_answers_is_known_in_the_browser(book, monkeypatch):
    monkeypatch.setattr(replies, "chances", lambda lm, prompts, endings: [0.5])
    [page] = held_out(1)
    lm: Any = SaysNothing()
    assert replies.replies(lm, [page.prompt]) == [(book._silent, 0.5)]


def test_another_page_brings_its_own_note(book):
    for name, value in (("conflict", True), ("person", 3), ("conflict", False)):
        book.note = "Nobody lives here."
        setattr(book, name, value)
        assert book.names[book.person] in book.note
    book.note = "Nobody lives here."
    book.others = 2
    assert book.note == "Nobody lives here."


@pytest.mark.parametrize(("name", "value"), [("person", 6), ("others", 4)])
def test_numbers_out_of_range_are_refused(book, name, value):
    with pytest.raises(ValueError, match=f"{name} goes from 0 to {value - 1}; it"):
        setattr(book, name, value)
    with pytest.raises(ValueError, match="it was -1"):
        setattr(book, name, -1)
