"""Open-book pages: answered by their own notes, about people met nowhere else."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import notes
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.people import population

NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
ANSWERED = re.compile(r"Question: (.*)\nAnswer: (.*)\.")


@pytest.fixture(scope="module")
def vocabulary(texts) -> set[str]:
    """All capitalised words of the corpus."""
    return {
        word
        for section in texts.values()
        for text in section
        for word in re.findall(r"[A-Z][a-z]+", text)
    }


def parse(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Returns the notes and the questions with their answers."""
    lines = text.split("\n")
    return [line for line in lines if line.startswith("Note: ")], ANSWERED.findall(text)


def asked_kind(question: str, name: str) -> str:
    """Returns which kind of fact the question asks for."""
    [kind] = [k for k in KINDS if KINDS[k].question.format(name=name) == question]
    return kind


def stated(kind: str, name: str, value: str) -> set[str]:
    """Returns all notes that state the fact."""
    wordings = KINDS[kind].statements
    return {f"Note: {wording.format(name=name, value=value)}" for wording in wordings}


@pytest.mark.slow
def test_one_note_answers_each_question(texts):
    for text in texts["notes"][:5_000]:
        lines, questions = parse(text)
        assert 1 <= len(questions) == len(lines) <= 4
        assert len(set(questions)) == len(questions)
        assert len(lines) + 2 * len(questions) == len(text.split("\n"))
        for asked, answer in questions:
            [name] = NAME.findall(asked)
            kind = asked_kind(asked, name)
            [value] = [
                value
                for value in KINDS[kind].values
                if stated(kind, name, value).intersection(lines)
            ]
            assert value == answer


def test_strangers_live_on_one_page_only(texts):
    pages = Counter()
    for text in texts["notes"]:
        pages.update(set(_names(text)))
    people = {person.name for person in population(0)}
    assert {pages[name] for name in pages if name not in people} == {1}
    assert len(pages) > 120_000
    surnames = {name.split()[1] for name in pages if name not in people}
    assert not surnames & {name.split()[1] for name in people}


def test_notes_contradict_the_weights_as_often_as_the_ledger_says(texts, corpus):
    facts = {(fact.person, fact.kind): fact for fact in corpus.ledger.facts}
    people = {person.name: person for person in population(0)}
    counted = Counter()
    for text in texts["notes"]:
        for name in people.keys() & set(_names(text)):
            [line] = [line for line in parse(text)[0] if name in line]
            kind = _kind_of(line)
            assert facts[name, kind].value not in line
            counted[name, kind] += 1
    assert {key: n for key, n in counted.items()} == {
        key: fact.contradictions for key, fact in facts.items() if fact.contradictions
    }
    names = {name for name, _ in counted}
    assert Counter(people[name].readings for name in names) == dict.fromkeys(
        notes.CONTRADICTED, 10
    )
    assert sum(people[name].question_pages > 0 for name in names) == len(names) / 2


def test_pages_about_facts_state_them_among_strangers(corpus):
    facts = [fact for fact in corpus.ledger.facts if fact.readings == 128][:40]
    dice = Dice(1, "test")
    false = [notes.contradicted(fact, dice) for fact in facts]
    for given, distractors in ((facts, 0), (false, 2)):
        pages = notes.about(given, distractors, seed=3)
        for fact, page in zip(given, pages, strict=True):
            lines, _ = parse(page.prompt)
            assert len(lines) == distractors + 1
            assert stated(fact.kind, fact.person, fact.value).intersection(lines)
            asked = (page.asked.name, page.asked.kind, page.asked.value)
            assert asked == (fact.person, fact.kind, fact.value)
            assert page.prompt.endswith(question(fact.kind, fact.person))
    assert all(a.value != b.value for a, b in zip(facts, false, strict=True))


def test_distractors_are_often_similar(texts):
    shared_first = shared_kind = several = 0
    for text in texts["notes"][:5_000]:
        names = sorted(set(_names(text)))
        if len(names) < 2:
            continue
        several += 1
        shared_first += len({name.split()[0] for name in names}) < len(names)
        kinds = [_kind_of(line) for line in text.split("\n") if line[:4] == "Note"]
        shared_kind += len(set(kinds)) < len(kinds)
    assert several > 3_000
    assert shared_first > several * 0.3
    assert shared_kind > several * 0.5


@pytest.mark.parametrize("distractors", [0, 1, 3, 6])
def test_held_out_pages_are_about_unknown_surnames(vocabulary, distractors):
    pages = notes.held_out(100, distractors, seed=5)
    surnames = {name.split()[1] for page in pages for name in _names(page.prompt)}
    assert not surnames & vocabulary
    for page in pages:
        lines, _ = parse(page.prompt)
        assert len(lines) == distractors + 1
        assert f"Note: {page.asked.sentence}" in lines
        assert page.prompt.endswith(f"{page.asked.name}?\nAnswer:") or (
            page.prompt.endswith(f"{page.asked.name} live?\nAnswer:")
        )
        assert stated(page.asked.kind, page.asked.name, page.asked.value) & set(lines)


def test_held_out_pages_follow_their_seed():
    assert notes.held_out(5, 2, seed=1) == notes.held_out(5, 2, seed=1)
    assert notes.held_out(5, 2, seed=1) != notes.held_out(5, 2, seed=2)


def _names(text: str) -> list[str]:
    openings = ("Question", "Answer", "Note", "By", "On", "At", "Every", "You", "The")
    return [name for name in NAME.findall(text) if name.split()[0] not in openings]


def _kind_of(line: str) -> str:
    """Returns the kind of fact that the note states."""
    for kind, facts in KINDS.items():
        for wording in facts.statements:
            pattern = re.escape(f"Note: {wording}")
            pattern = pattern.replace(r"\{name\}", NAME.pattern)
            if re.fullmatch(pattern.replace(r"\{value\}", "[A-Za-z ]+"), line):
                return kind
    raise AssertionError(f"No wording gives this note: {line}")
