"""Open-book questions: answered by their own notes, about people met nowhere else."""

import re
from typing import get_args

import pytest

from llm_lessons.fjordby import inventions, notes, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.varied import wordings

SURNAMES = {words.surname(*parts) for parts in words.SURNAME_PARTS}


@pytest.fixture(scope="module")
def vocabulary(corpus) -> set[str]:
    """All words of the corpus."""
    found = set[str]()
    for _, text in corpus.documents:
        found.update(re.findall(r"\w+", text))
    return found


@pytest.mark.slow
def test_no_page_uses_a_wording_or_a_town_that_is_kept_aside(corpus, vocabulary):
    everything = corpus.documents.joined
    for kind in KINDS:
        for first in (False, True):
            for wording in wordings.unpractised(kind, first):
                parts = re.split(r"\{\w+\}", wording.strip(" ."))
                longest = max(parts, key=len).strip()
                whole = r"[^.\n\0]{2,40}".join(map(re.escape, parts))
                found = longest in everything and re.search(whole, everything)
                assert len(longest) > 8 and not found, wording
    assert not vocabulary.intersection(inventions.REAL_TOWNS)


def test_pages_about_facts_state_them_among_strangers(corpus):
    facts = [fact for fact in corpus.ledger.facts if fact.readings == 128][:40]
    dice = Dice(1, "test")
    false = [notes.contradicted(fact, dice) for fact in facts]
    for given, distractors in ((facts, 0), (false, 2)):
        pages = notes.about(given, distractors, seed=3)
        for fact, page in zip(given, pages, strict=True):
            opening, _, _ = page.prompt.partition("\nQuestion: ")
            assert len(opening.split("\n")) == distractors + 1
            [line] = [one for one in opening.split("\n") if fact.person in one]
            assert fact.value in line
            asked = (page.asked.name, page.asked.kind, page.asked.value)
            assert asked == (fact.person, fact.kind, fact.value)
            assert page.prompt.endswith(question(fact.kind, fact.person))
    assert all(a.value != b.value for a, b in zip(facts, false, strict=True))


def usable(form: notes.Form, kind: str) -> tuple[str, ...]:
    """The wordings in which a note of this form may state a kind of fact."""
    if form in ("note", "no label", "biography"):
        return KINDS[kind].statements
    name_first = wordings.unpractised(kind, value_first=False)
    value_first = wordings.unpractised(kind, value_first=True)
    orders = {"new wording": name_first, "value first": value_first}
    return orders.get(form, name_first + value_first)


@pytest.mark.slow
@pytest.mark.parametrize("form", notes.FORMS)
@pytest.mark.parametrize("values", get_args(notes.Values))
def test_held_out_pages_are_about_unknown_surnames(vocabulary, form, values):
    pages = [
        page
        for distractors in (0, 1, 3)
        for page in notes.held_out(60, distractors, seed=5, form=form, values=values)
    ]
    for page in pages:
        asked = page.asked
        surname = asked.name.split()[1]
        assert surname in SURNAMES and surname not in vocabulary
        assert page.prompt.endswith(question(asked.kind, asked.name))
        opening = page.prompt.partition("\nQuestion: ")[0]
        assert asked.sentence in opening and asked.value in asked.sentence
        assert opening.startswith("Note: ") == (
            "label" not in form and form != "biography"
        )
        assert any(
            wording.format(name=asked.name, value=asked.value) in asked.sentence
            for wording in usable(form, asked.kind)
        )
        is_known = asked.value in KINDS[asked.kind].values
        assert is_known == (values == "known")


def test_absent_pages_hold_the_kind_but_not_the_person():
    others = 2
    for page in notes.absent(100, others, seed=4):
        opening = page.prompt.partition("\nQuestion: ")[0]
        assert len(opening.split("\n")) == others
        assert page.asked.name not in opening
        assert page.prompt.endswith(question(page.asked.kind, page.asked.name))
        assert any(
            wording.split("{name}")[-1].split("{value}")[0] in opening
            for wording in KINDS[page.asked.kind].statements
        )
