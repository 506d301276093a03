"""Notes against weights, measured on readers whose habits are known."""

import re
import warnings
from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS, notes
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.text.window import SlidingWindowWarning
from tests import tiny

NOTE = re.compile(r"Note: (.*)")


class Reader:
    """Answers from the first note that names the person, or else from its memory."""

    tokenizer = tiny.tokenizer()

    def __init__(self, memory: dict[str, str] | None = None, window: int = 10**9):
        self.memory, self.window = memory or {}, window

    def batch(self, prompts, max_tokens, temperature, window="stop", stop=""):
        assert temperature == 0
        return [self.answer(prompt) for prompt in prompts]

    def answer(self, prompt: str) -> str:
        seen = self.tokenizer.decode(self.tokenizer.encode(prompt)[-self.window :])
        if len(seen) < len(prompt):
            warnings.warn("it slides", SlidingWindowWarning, stacklevel=2)
        asked = seen.split("Question: ")[1]
        [kind] = [
            kind
            for kind, facts in KINDS.items()
            if re.match(
                facts.question.format(name=r"\w+ \w+").replace("?", r"\?"), asked
            )
        ]
        for sentence in NOTE.findall(seen):
            for value in KINDS[kind].values:
                if sentence.endswith(f"{value}.") or f" {value} " in sentence:
                    return f" {value}.\nQuestion:"
        return f" {self.memory.get(prompt.split('Question: ')[1], 'nothing')}."


@pytest.fixture(scope="module")
def facts():
    return open_book.facts_read(128)


def test_one_fact_of_each_person_whom_no_note_contradicts(facts):
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


def test_a_conflict_is_won_by_the_note_by_the_weights_or_by_neither(facts):
    memory = {
        fjordby.question(fact.kind, fact.person).split("Question: ")[1]: fact.value
        for fact in facts
    }
    reader: Any = Reader(memory)
    found = open_book.conflict(reader, facts)
    assert (found.note.share, found.weights.share, found.neither.share) == (1, 0, 0)
    blind: Any = Reader(memory)
    blind.answer = lambda prompt: f" {memory[prompt.split('Question: ')[1]]}."
    found = open_book.conflict(blind, facts)
    assert (found.note.share, found.weights.share, found.neither.share) == (0, 1, 0)
    blind.memory, blind.answer = {}, lambda prompt: " nothing."
    assert open_book.conflict(blind, facts).neither.share == 1


def test_the_answer_falls_out_of_the_window_with_the_note():
    pages = notes.held_out(20, 0)
    longest = max(len(Reader.tokenizer.encode(page.prompt)) for page in pages)
    reader: Any = Reader(window=longest + 50)
    distances = (0, 40, longest + 50, 300)
    found = open_book.by_distance(reader, pages, distances)
    assert [shares.share for shares in found.values()] == [1, 1, 0, 0]
    assert tuple(found) == distances


def test_so_many_tokens_stand_between_the_note_and_the_question():
    prompts = []
    reader: Any = Reader()
    reader.answer = lambda prompt: prompts.append(prompt) or ""
    [page] = notes.held_out(1, 0)
    open_book.by_distance(reader, [page], (0, 40, 300))
    lengths = [len(reader.tokenizer.encode(prompt)) for prompt in prompts]
    assert prompts[0] == page.prompt
    assert lengths[1] - lengths[0] == pytest.approx(40, abs=2)
    assert lengths[2] - lengths[0] == pytest.approx(300, abs=2)
