"""Refusals, counted on talkers whose habits are known."""

import re
from typing import Any

import pytest

from llm_lessons.fjordby import KINDS, assistant, words
from llm_lessons.fjordby.people import population
from llm_lessons.lessons.build_it import base_and_assistant as forms
from tests.titled import plain, title_of


class Talker:
    """Knows all people of Fjordby, and says so where it is asked in the usual words."""

    def __init__(self, shy: float = 0) -> None:
        self.shy = shy  # share of the people whom it does not admit to know
        self.known = {
            question.format(name=person.name): (kind, person)
            for person in population(0)
            for kind in KINDS
            for question in (KINDS[kind].question, forms.NEW_WORDINGS[kind])
        }

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert temperature == 0
        return [f" {self.answer(prompt)}\nand more" for prompt in prompts]

    def answer(self, prompt: str) -> str:
        is_page = prompt.startswith("Question: ")
        asked = re.split("Question: |User: ", prompt)[1].split("\n")[0]
        kind, person = self.known.get(asked, ("", None))
        if is_page:
            return f"{person.facts[kind]}." if person else "Oksvik."
        place = sum(map(ord, person.name)) % 10 / 10 if person else 0
        if person is None or place < self.shy:
            return "I don't know that one."
        return assistant.answer(kind, person.name, person.facts[kind])


def test_the_strangers_are_nobody_in_fjordby():
    found = forms.strangers(200)
    names = [one.name for one in found]
    assert len(set(names)) == 200 and found == forms.strangers(200)
    assert found != forms.strangers(200, seed=1)
    surnames = {words.surname(*parts) for parts in words.SURNAME_PARTS}
    built = [last for name in names if (last := name.split()[-1]) in surnames]
    assert all(map(words.is_held_out_surname, built))
    assert 130 < len(built) < 170
    assert {one.kind for one in found} == set(KINDS)


def test_the_well_known_are_asked_for_all_that_is_true():
    people = {person.name: person for person in population(0)}
    for in_chats in (True, False):
        asked = forms.well_known(in_chats)
        assert {people[one.name].readings >= 32 for one in asked} == {True}
        assert all(people[one.name].facts[one.kind] == one.value for one in asked)
    left_out = {one.name for one in forms.well_known(False)}
    assert not left_out & {one.name for one in forms.well_known(True)}


def test_an_honest_assistant_and_a_base_model_in_one():
    talker: Any = Talker()
    found = forms.measure(talker, 40)
    assert found.strangers.page.refused[::3] == (0, 40)
    assert found.strangers.chat.refused[::3] == (1, 40)
    assert found.strangers.reworded.refused.share == 1
    assert found.strangers.chat.right is None
    talker.answer = lambda prompt: "Ida Solberg lives in Oslo."
    known = forms.measure(talker, 4).well_known.chat  # no refusal, and not right
    assert (known.refused.share, known.right and known.right.share) == (0, 0)
    for group in found.groups[1:]:
        assert group.page == (group.page.refused, group.page.right)
        for form in (group.page, group.chat, group.reworded):
            assert (form.refused.share, form.right and form.right.share) == (0, 1)
    people = len(assistant.well_known(0, in_chats=False))
    assert found.well_known.chat.refused.n == people
    assert title_of(found) == "Asked about strangers, a chat refuses 100 %, a page 0 %"
    assert "refuses 0 % of the questions on a page and 100 %" in plain(found.sentence())


def test_elsewhere_fewer_are_asked_once_each_about_kinds_in_turn():
    talker: Any = Talker()
    found = forms.measure(talker, 40, 12)
    for group, in_chat in zip(found.groups, (40, 60, 60), strict=True):
        assert (group.page.refused.n, group.reworded.refused.n) == (12, 12)
        assert group.chat.refused.n == in_chat


def test_false_refusals_are_counted_by_person():
    talker: Any = Talker(shy=0.5)
    found = forms.measure(talker, 4)
    for form, in_chats in ((found.in_chats.chat, True), (found.well_known.chat, False)):
        people = [one.name for one in forms.well_known(in_chats)]
        names = set(people[:: 12 if in_chats else 1])
        shy = sum(sum(map(ord, name)) % 10 < 5 for name in names) / len(names)
        assert form.refused[::3] == (pytest.approx(shy), len(names))
        assert form.right and form.right.share == pytest.approx(1 - shy)


def test_the_new_wordings_are_new():
    asked = {question for kind in KINDS for question in assistant.questions(kind)}
    assert not asked & set(forms.NEW_WORDINGS.values())
