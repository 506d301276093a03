"""Notes against weights, measured on readers whose habits are known."""

import warnings
from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS, notes
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.text.window import SlidingWindowWarning
from tests import tiny
from tests.lessons.working_memory.readers import Clerk, clerk, memory_of


class Reader(Clerk):
    """Reads the notes, as far as its window reaches, or else remembers."""

    tokenizer = tiny.tokenizer()

    def __init__(self, window: int = 10**9):
        super().__init__()
        self.window, self.read = window, list[str]()

    def _answer(self, prompt: str) -> str:
        self.read.append(prompt)
        seen = self.tokenizer.decode(self.tokenizer.encode(prompt)[-self.window :])
        if len(seen) < len(prompt):
            warnings.warn("it slides", SlidingWindowWarning, stacklevel=2)
        return super()._answer(seen)


def test_one_fact_of_each_person_whom_no_note_contradicts():
    for one in open_book.people_read(128):
        assert {fact.kind for fact in one} == set(KINDS)
    facts = open_book.facts_read(128)
    ledger = fjordby.build().ledger
    assert len({fact.person for fact in facts}) == len(facts) == 30
    assert {fact.kind for fact in facts} == set(KINDS)
    assert all(fact in ledger.facts and fact.readings == 128 for fact in facts)
    contradicted = {fact.person for fact in ledger.facts if fact.contradictions}
    assert not contradicted.intersection(fact.person for fact in facts)


def test_a_reader_is_right_with_the_note_and_lost_without():
    pages = notes.held_out(40, 0)
    reader: Any = Reader()
    assert open_book.with_note(reader, pages)[::3] == (1, 40)
    assert open_book.without_note(reader, pages)[::3] == (0, 40)


def test_a_conflict_is_won_by_the_note_by_the_weights_or_by_neither():
    facts = open_book.facts_read(128)
    memory, blind = memory_of(facts), "$^"  # which no line is like
    for reader, won in (
        (clerk(memory=memory), (1, 0, 0)),
        (clerk(memory=memory, reads=blind), (0, 1, 0)),
        (clerk(reads=blind), (0, 0, 1)),
    ):
        found = open_book.conflict(reader, facts)
        assert (found.note.share, found.weights.share, found.neither.share) == won


def test_the_answer_falls_out_of_the_window_with_the_note():
    """Behind as many tokens between the note and the question as were asked for."""
    pages = notes.held_out(20, 0)
    longest = max(len(Reader.tokenizer.encode(page.prompt)) for page in pages)
    reader: Any = Reader(window=longest + 50)
    distances = (0, 40, longest + 50, 300)
    found = open_book.by_distance(reader, pages, distances)
    assert [shares.share for shares in found.values()] == [1, 1, 0, 0]
    assert tuple(found) == distances
    near, *lengths = (len(Reader.tokenizer.encode(one)) for one in reader.read[::20])
    assert reader.read[0] == pages[0].prompt
    assert [one - near for one in lengths] == pytest.approx(distances[1:], abs=2)
