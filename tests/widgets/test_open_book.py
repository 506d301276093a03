"""The Python side of the two books; what they look like is tested in a browser."""

import re
from itertools import product
from typing import Any

import pytest

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.notes import SILENT, held_out
from llm_lessons.measuring import replies
from llm_lessons.widgets import OpenBook, open_book
from llm_lessons.widgets.open_book import OTHERS


class SaysNothing:
    """Answers as a page of Fjordby does where no note answers."""

    def batch(self, prompts, *args, **settings):
        return [f" {SILENT}\nQuestion:" for _ in prompts]


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What the model was asked; its answers are made up."""
    found: list[str] = []

    def told(lm, prompts):
        found.extend(prompts)
        return [(f"an answer to {len(prompt)} letters", 0.5) for prompt in prompts]

    monkeypatch.setattr(open_book, "replies", told)
    return found


@pytest.fixture
def book(asked):
    lm: Any = SaysNothing()
    return OpenBook(lm)


def test_every_page_holds_its_notes_and_was_answered_before_it_is_asked_for(
    book, asked
):
    assert book._people[book.person]["group"] == "invented"
    count, flags = len(asked), (True, False)
    settings = product(range(len(book._people)), flags, range(OTHERS + 1), flags)
    for place, conflict, others, label in settings:
        book.person, book.conflict = place, conflict
        book.others, book.label = others, label
        person = book._people[place]
        assert book.prompt in book._replies and book.question in book._replies
        *notes, question, answer = book.prompt.split("\n")
        assert f"{question}\n{answer}" == book.question == person["question"]
        assert len(notes) == others + 1
        before = "Note: " if label else ""
        assert all(note.startswith("Note: ") == label for note in notes)
        is_false = conflict and person["contrary"]
        own = person["contrary"] if is_false else person["notes"][person["asked"]]
        assert book.note == own and person["name"] in own and before + own in notes
        assert set(notes) <= {before + note for note in (*person["notes"], own)}
    assert len(asked) == count == len(set(asked)) == len(book._replies)


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
    assert replies.replies(book._lm, [page.prompt]) == [(book._silent, 0.5)]


def test_another_page_brings_its_own_note_and_there_are_so_many(book):
    for name, value in (("conflict", True), ("person", 3), ("conflict", False)):
        book.note = "Nobody lives here."
        setattr(book, name, value)
        assert book.names[book.person] in book.note
    book.note = "Nobody lives here."
    book.others = 2
    assert book.note == "Nobody lives here."
    for name, value in (("person", 6), ("others", 4), ("others", -1)):
        with pytest.raises(ValueError, match=f"{name} goes from 0 to .; it was"):
            setattr(book, name, value)
