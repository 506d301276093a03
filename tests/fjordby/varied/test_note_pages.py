"""Notes in very many frames: a page answers each of its questions, or says it can't."""

import re
from collections import Counter
from functools import cache
from typing import get_args

import pytest

from llm_lessons.fjordby import notes, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.people import population
from llm_lessons.fjordby.varied import (
    aside,
    asked_notes,
    names,
    note_frames,
    note_page,
    note_pages,
)
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks

ASKED = re.compile(
    r"(?:^|\n)(?:Question: |Q: |- )?([^\n]+?\?)"
    r"(?:\n| )(?:Answer:|A:|-) ([^\n]+)\.(?=\n|$)"
)
FRAMES = blocks("note_words.txt")


@pytest.fixture(scope="module")
def pages() -> list[str]:
    people = note_page.People(Dice(3, "people"))
    dice = Dice(3, "pages")
    return [note_page.Page(people, dice).text() for _ in range(4_000)]


@cache
def parse(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Returns the notes, and the kind, the name and the answer of each question."""
    found = []
    start = len(text)
    for match in reversed(list(ASKED.finditer(text))):
        known = [
            (kind, match[1][len(before) : len(match[1]) - len(behind)])
            for kind in note_frames.ALL_KINDS
            for before, behind in (one.split("{name}") for one in FRAMES[f"{kind} ?"])
            if match[1].startswith(before) and match[1].endswith(behind)
        ]
        if not known or match.end() not in (start, len(text)):
            break
        kind, name = min(known, key=lambda one: len(one[1]))
        found.append((kind, name, match[2]))
        start = match.start()
    return text[:start], found[::-1]


def test_every_question_is_answered_by_the_notes_or_by_none(pages):
    silent = answered = 0
    for text in pages:
        opening, asked = parse(text)
        assert asked, text
        assert len({one[:2] for one in asked}) == len(asked), text
        for kind, name, answer in asked:
            if f"{answer}." == notes.SILENT:
                silent += 1
                said = [s for s in sentences(opening) if name in s]
                called = FRAMES[f"{kind} attribute"][0]
                assert not any(re.search(rf"\b{called}\b", one) for one in said), text
                continue
            answered += 1
            assert re.search(re.escape(answer), opening, re.I), text
            assert name in opening, text
    assert answered / 10 < silent < answered / 4


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) |\n", text)


def test_no_page_has_a_frame_that_is_kept_aside(pages):
    joined = "\n".join(pages)
    for kind in KINDS:
        for doing in aside.choices("frame", FRAMES[f"{kind} doing"], True):
            for whose in (agreed(doing, False), agreed(doing, False, True)):
                before, after = whose.split("{value}")
                pattern = (
                    rf"\b{re.escape(before)}[\w ]{{1,24}}{re.escape(after)}[.,?\"]"
                )
                if len(before) > 8:
                    assert not re.search(pattern, joined), whose
        for asked in aside.choices("frame", FRAMES[f"{kind} ?"], True):
            pattern = re.escape(asked).replace(r"\{name\}", r"[A-Z][\w ]+")
            assert not re.search(pattern, joined), asked
    for shape in aside.choices("frame", FRAMES["table"], True):
        pattern = re.escape(shape).replace(r"\{name\}", "(Name|Who|Person|Called)")
        pattern = pattern.replace(r"\{value\}", "[A-Z][a-z ]+")
        assert not re.search(rf"(^|\n){pattern}\n", joined), shape
    used = set(re.findall(r"\w+", joined)) & {*names.listed(True)}
    coined = {name for name in used if name not in names.listed()}
    assert len(coined) < 12  # made-up words that happen to be such names


@pytest.mark.slow
def test_notes_contradict_the_weights_as_often_as_the_ledger_says(texts, corpus):
    facts = {(fact.person, fact.kind): fact for fact in corpus.ledger.facts}
    people = {person.name: person for person in population(0)}
    false = note_pages.contradictions(0)
    assert Counter((one.person, one.kind) for one in false) == {
        key: fact.contradictions for key, fact in facts.items() if fact.contradictions
    }
    assert all(one.value != facts[one.person, one.kind].value for one in false)
    told = {(one.kind, one.person, one.value) for one in false}
    pages, answered = Counter[str](), 0
    for text in texts["notes"] + texts["first notes"]:
        found = re.findall(r"(?=\b([A-Z]\w+ [A-Z]\w+))", text)
        for name in people.keys() & set(found):
            pages[name] += 1
            opening, asked = parse(text)
            said = [value for _, who, value in told if who == name]
            assert any(value.lower() in opening.lower() for value in said), text
            asked = [one for one in asked if one[1] == name]
            assert told.issuperset(asked), text
            answered += len(asked)
    assert pages == Counter(one.person for one in false)
    assert answered > 0.7 * len(false)
    assert Counter(people[name].readings for name in pages) == dict.fromkeys(
        note_pages.CONTRADICTED, 10
    )
    assert sum(people[name].question_pages > 0 for name in pages) == len(pages) / 2


@pytest.mark.parametrize("shape", get_args(asked_notes.Shape))
@pytest.mark.parametrize("values", get_args(notes.Values))
@pytest.mark.parametrize("kept", [(), ("frame",), ("name",), ("frame", "name")])
def test_held_out_pages_hold_their_answer(shape, values, kept):
    for others in (0, 1, 3):
        for page in asked_notes.held_out(40, others, 5, shape, values, kept):
            opening = page.prompt.rpartition("\nQuestion: ")[0]
            assert page.asked.name in opening, page.prompt
            assert re.search(re.escape(page.asked.value), opening, re.I), page.prompt
            assert page.prompt.endswith("?\nAnswer:")
            first, last = page.asked.name.split()
            assert words.is_held_out_surname(last)
            assert names.is_aside(first) == ("name" in kept)
            is_known = page.asked.value in KINDS[page.asked.kind].values
            assert is_known == (values == "known")
            if shape == "value first":
                place = opening.lower().index(page.asked.value.lower())
                if others == 0:
                    assert place < opening.index(page.asked.name), opening


def test_absent_pages_are_about_others():
    for shape in get_args(asked_notes.Shape):
        for page in asked_notes.held_out(30, 2, shape=shape, absent=True):
            opening = page.prompt.rpartition("\nQuestion: ")[0]
            assert page.asked.name not in opening
    with pytest.raises(ValueError, match="others from 1 on"):
        asked_notes.held_out(1, absent=True)
