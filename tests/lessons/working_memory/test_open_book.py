"""Notes against weights, measured on readers whose habits are known."""

import warnings
from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS, notes
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.text.window import SlidingWindowWarning
from tests import tiny
from tests.lessons.writes import writes

FACTS = open_book.facts_read(128)


def test_one_fact_of_each_person_whom_no_note_contradicts():
    for one in open_book.people_read(128):
        assert {fact.kind for fact in one} == set(KINDS)
    ledger = fjordby.build().ledger
    assert len({fact.person for fact in FACTS}) == len(FACTS) == 30
    assert {fact.kind for fact in FACTS} == set(KINDS)
    assert all(fact in ledger.facts and fact.readings == 128 for fact in FACTS)
    contradicted = {fact.person for fact in ledger.facts if fact.contradictions}
    assert not contradicted.intersection(fact.person for fact in FACTS)


def test_a_conflict_is_won_by_the_note_by_the_weights_or_by_neither():
    known = {fjordby.question(one.kind, one.person): one.value for one in FACTS}
    values = [value for kind in KINDS.values() for value in kind.values]

    def reads(prompt: str) -> str:
        return f" {max((one for one in values if one in prompt), key=len)}."

    def remembers(prompt: str) -> str:
        return f" {known['Question: ' + prompt.rpartition('Question: ')[2]]}."

    for write, won in (
        (reads, (1, 0, 0)),
        (remembers, (0, 1, 0)),
        (lambda prompt: " It doesn't say.", (0, 0, 1)),
    ):
        found = open_book.conflict(writes(write), FACTS)
        assert (found.note.share, found.weights.share, found.neither.share) == won


def test_the_answer_falls_out_of_the_window_with_the_note():
    """Behind as many tokens between the note and the question as were asked for."""
    pages, tokenizer, read = notes.held_out(20, 0), tiny.tokenizer(), list[str]()
    window = 50 + max(len(tokenizer.encode(page.prompt)) for page in pages)

    def answers(prompt: str) -> str:
        read.append(prompt)
        seen = tokenizer.decode(tokenizer.encode(prompt)[-window:])
        if len(seen) < len(prompt):
            warnings.warn("it slides", SlidingWindowWarning, stacklevel=2)
        told = (one for one in pages if one.prompt.split("\n")[0] in seen)
        return f" {next((one.asked.value for one in told), 'Nobody')}."

    reader: Any = writes(answers, tokenizer=tokenizer)
    distances = (0, 40, window, 300)
    found = open_book.by_distance(reader, pages, distances)
    assert [shares.share for shares in found.values()] == [1, 1, 0, 0]
    assert tuple(found) == distances and read[0] == pages[0].prompt
    near, *lengths = (len(tokenizer.encode(one)) for one in read[::20])
    assert [one - near for one in lengths] == pytest.approx(distances[1:], abs=2)
    assert open_book.without_note(reader, pages)[::3] == (0, 20)
