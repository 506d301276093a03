"""Refusals, counted on talkers whose habits are known."""

import re

import pytest

from llm_lessons.fjordby import KINDS, assistant, words
from llm_lessons.fjordby.people import population
from llm_lessons.lessons.build_it import base_and_assistant as forms
from tests.lessons.writes import writes
from tests.titled import plain

KNOWN = {
    question.format(name=person.name): (kind, person)
    for person in population(0)
    for kind in KINDS
    for question in (KINDS[kind].question, forms.NEW_WORDINGS[kind])
}


def is_shy_of(name: str) -> bool:
    return sum(map(ord, name)) % 10 < 5


def talker(shy: bool = False):
    """Knows all people of Fjordby; in a chat it may not admit it of some of them."""

    def answer(prompt: str) -> str:
        asked = re.split("Question: |User: ", prompt)[1].split("\n")[0]
        kind, person = KNOWN.get(asked, ("", None))
        if prompt.startswith("Question: "):
            return f" {person.facts[kind] if person else 'Oksvik'}.\nand more"
        if person is None or (shy and is_shy_of(person.name)):
            return " I don't know that one.\nand more"
        said = assistant.answer(kind, person.name, person.facts[kind])
        return f" {said}\nand more"

    return writes(answer)


def test_strangers_are_nobody_in_fjordby_and_new_wordings_in_no_chat():
    found = forms.strangers(200)
    names = [one.name for one in found]
    assert len(set(names)) == 200 and found == forms.strangers(200)
    assert found != forms.strangers(200, seed=1)
    surnames = {words.surname(*parts) for parts in words.SURNAME_PARTS}
    built = [last for name in names if (last := name.split()[-1]) in surnames]
    assert all(map(words.is_held_out_surname, built))
    assert 130 < len(built) < 170
    assert {one.kind for one in found} == set(KINDS)
    asked = {question for kind in KINDS for question in assistant.questions(kind)}
    assert not asked & set(forms.NEW_WORDINGS.values())


def test_an_honest_assistant_and_a_base_model_in_one():
    found = forms.measure(talker(), 40)
    assert found.strangers.page.refused[::3] == (0, 40)
    assert found.strangers.chat.refused[::3] == (1, 40)
    assert found.strangers.reworded.refused.share == 1
    assert found.strangers.chat.right is None
    for group in found.groups[1:]:
        for form in (group.page, group.chat, group.reworded):
            assert (form.refused.share, form.right and form.right.share) == (0, 1)
    people = len(assistant.well_known(0, in_chats=False))
    assert found.well_known.chat.refused.n == people
    assert "refuses 0 % of the questions on a page and 100 %" in plain(found.sentence())
    # false refusals are counted by person, and few are asked elsewhere
    found = forms.measure(talker(shy=True), 40, 12)
    assert found.strangers.page.refused.n == found.in_chats.reworded.refused.n == 12
    names = {one.name for one in forms.well_known(in_chats=False)}
    shy = sum(map(is_shy_of, names)) / len(names)
    known = found.well_known.chat
    assert known.refused[::3] == (pytest.approx(shy), len(names))
    assert known.right and known.right.share == pytest.approx(1 - shy)
