"""What people write: each text says what its answer says it says."""

import re

import pytest

from llm_lessons.fjordby import outsiders, sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import (
    beginnings,
    chats,
    counting,
    facts,
    notes,
    shopping,
    verbs,
    wording,
)
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import fruit, marbles

MANY = 400
STEP = re.compile(r"(.+): (\d+) ([+-]) (\d+) = (\d+)\.")


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize("k", [1, 2, 4, 6])
def test_steps_copy_the_text_in_its_order_and_reckon_rightly(k, aside):
    dice = Dice(k, "test")
    for _ in range(MANY):
        problem = counting.problem(dice, k, aside)
        place, total = 0, None
        for step in problem.steps:
            passage, before, sign, change, after = STEP.findall(step)[0]
            assert total in (None, int(before))
            total = int(before) + int(f"{sign}{change}")
            assert total == int(after) and 0 <= total <= 99
            place = problem.question.index(passage, place) + len(passage)
        assert len(problem.steps) == k and str(total) == problem.answer
        start = int(problem.steps[0].split(": ")[1].split(" ")[0])
        parted = [STEP.findall(step)[0] for step in problem.steps]
        changes = [int(f"{sign}{change}") for _, _, sign, change, _ in parted]
        assert not marbles.is_held_out(start, changes)


def test_a_choice_is_drawn_at_each_bracket_and_an_open_one_is_refused():
    dice = Dice(0, "test")
    drawn = {wording.said("(a|b(c|d)|) {gap}", dice) for _ in range(200)}
    assert drawn == {"a {gap}", "bc {gap}", "bd {gap}", " {gap}"}
    with pytest.raises(ValueError, match="open"):
        wording.said("(a|b", dice)


@pytest.mark.parametrize("aside", [False, True])
def test_a_note_holds_the_answers_to_what_it_is_asked(aside):
    dice = Dice(2, "test")
    silent = 0
    for _ in range(MANY):
        page = notes.page(dice, aside)
        note, *answers = re.split(r"\n(?=Question: |Q: |[^\n]*\nA(?:nswer)?:)", page)
        for answer in re.findall(r"\nA(?:nswer)?: (.*)\.$", page, re.MULTILINE):
            silent += answer == "It doesn't say"
            assert answer == "It doesn't say" or answer in note
        assert answers
    assert 0.05 < silent / MANY < 0.35


def test_what_a_chat_answers_was_told_in_it():
    dice = Dice(3, "test")
    asked = 0
    for _ in range(MANY):
        lines = chats.transcript(dice).split("\n")
        for i, line in enumerate(lines):
            if found := re.fullmatch(r"Fjord: Your name is (.*)\.", line):
                told = " ".join(lines[:i:2])
                assert found[1] in told, lines
                asked += 1
            if found := re.fullmatch(
                r"Fjord: (?:Yes\. )?(\d+) ([+-]) (\d+) = (\d+)\.", line
            ):
                a, sign, b, total = found.groups()
                change = int(f"{sign}{b}")
                assert int(a) + change == int(total)
                assert not sums.is_held_out(int(a), change)
    assert asked > MANY / 20


def test_each_kind_of_fact_is_told_asked_and_answered_with_its_value():
    dice = Dice(4, "test")
    for _ in range(MANY):
        about = facts.fact(dice)
        for how in ("tell", "answer", "me", "answer me"):
            said = facts.worded(how, about, "Bo Lund", dice)
            assert about.value in said
            assert ("Bo Lund" in said) == (how in ("tell", "answer"))
        assert about.value not in facts.worded("ask", about, "Bo Lund", dice)


def test_a_shop_has_one_price_that_is_asked_for():
    dice = Dice(5, "test")
    for _ in range(MANY):
        problem = shopping.problem(dice)
        first, second, third = (
            re.findall(r"\d+", step.split(": ")[-1]) for step in problem.steps
        )
        n_known, p_known, cost = map(int, first)
        total, spent, left = map(int, second)
        left_again, n_asked, price = map(int, third)
        assert n_known * p_known == cost == spent and total - spent == left
        assert left == left_again == n_asked * price
        assert problem.answer == f"${price}"
        assert not fruit.is_held_out(n_asked, n_known, price, p_known)
        numbers = map(int, re.findall(r"\d+", problem.question))
        assert {n_asked, n_known, p_known, total} <= {*numbers}


def test_verbs_have_their_forms_and_some_are_kept_aside():
    forms = {
        " ".join((verb.stem, verb.rest)).strip(): verb
        for block in ("owner loses", "owner gains", "things go")
        for aside in (False, True)
        for verb in verbs.listed(block, aside)
    }
    expected = {
        "throw away": "threw",
        "drop": "dropped",
        "bury": "buried",
        "eat": "ate",
    }
    for stem, past in expected.items():
        assert forms[stem].past == past
    assert [verbs.third(stem) for stem in ("go", "catch", "bury", "eat")] == [
        "goes",
        "catches",
        "buries",
        "eats",
    ]
    for block in ("owner loses", "owner gains", "other takes"):
        for aside in (False, True):
            found = verbs.listed(block, aside)
            whole = {f"{verb.stem} {verb.rest}".strip() for verb in found}
            assert {kept.is_aside("verb", one) for one in whole} == {aside}


def test_a_story_is_of_words_that_exist_and_ends():
    dice = Dice(6, "test")
    for _ in range(MANY):
        story = beginnings.story(dice)
        assert "{" not in story and "  " not in story
        assert story.endswith((".", "?", "!")) and 3 < story.count(" ") < 140


@pytest.mark.parametrize("which", ["first", "second"])
def test_an_outsiders_set_is_whole(which):
    items = outsiders.items(which)
    parts = {"strangers": 1, "chats": 1, "told": 3, "oneself": 3, "name": 3}
    for title, found in items.items():
        if title == "corrections" or title.startswith("notes"):
            expected = 4 if title == "corrections" else 3
        else:
            expected = parts.get(title, 2)
        assert {len(item) for item in found} == {expected}, title
        assert len(found) >= 25
    assert {*map(len, outsiders.conversations(which))} == {8}
