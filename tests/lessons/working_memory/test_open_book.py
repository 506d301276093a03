"""Whose facts are asked for below a note that says something else."""

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS
from llm_lessons.lessons.working_memory import open_book


def test_one_fact_of_each_person_whom_no_note_contradicts():
    for one in open_book.people_read(128):
        assert {fact.kind for fact in one} == set(KINDS)
    facts, ledger = open_book.facts_read(128), fjordby.build().ledger
    assert len({fact.person for fact in facts}) == len(facts) == 30
    assert {fact.kind for fact in facts} == set(KINDS)
    assert all(fact in ledger.facts and fact.readings == 128 for fact in facts)
    contradicted = {fact.person for fact in ledger.facts if fact.contradictions}
    assert not contradicted.intersection(fact.person for fact in facts)
