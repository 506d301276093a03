"""What people write: each text says what its answer says it says."""

import re
from collections import Counter

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
    told,
    verbs,
    wording,
)
from llm_lessons.fjordby.everyday.typist import Typist
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import fruit, marbles, names, things

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
    asked = Counter[str]()
    for _ in range(MANY * 4):
        lines = chats.transcript(dice).split("\n")
        for i, line in enumerate(lines):
            assert "  " not in line and "{" not in line, line
            for frame in (r"Your name is (.*)\.", r"You told me: (.*)\."):
                if found := re.fullmatch(f"Fjord: {frame}", line):
                    assert any(found[1] in said for said in lines[:i:2]), lines
                    asked[frame] += 1
            if found := re.fullmatch(r"Fjord: (?:Noted|I see|Thank you): (.*)\.", line):
                assert found[1] in lines[i - 1], lines
                asked["noted"] += 1
            if found := re.fullmatch(
                r"Fjord: (?:Yes\. )?(\d+) ([+-]) (\d+) = (\d+)\.", line
            ):
                a, sign, b, total = found.groups()
                change = int(f"{sign}{b}")
                assert int(a) + change == int(total)
                assert not sums.is_held_out(int(a), change)
    assert len(asked) == 3 and min(asked.values()) > MANY / 5


@pytest.mark.parametrize("how", ["corrected", "doubted"])
def test_what_was_corrected_is_what_was_told(how):
    dice = Dice(7, "test")
    for i in range(MANY):
        talk = told.Told(Typist(dice))
        who = talk.person() if i % 2 else told.ONESELF
        turns = [turn for together in talk.about(who, how) for turn in together]
        correct, reply = turns[-1 if turns[-1].answer[:4] != "Yes." else -2], ""
        noted = [turn for turn in turns if re.search(r"^(?!You)\w.*: ", turn.answer)]
        reply = noted[-1].answer.split(": ")[1]
        assert correct.answer == f"You told me: {reply}", turns
        first = turns[0].asked.lower()
        assert reply[:-1].lower() in noted[-1].asked.lower() and noted[-1] != turns[0]
        if how == "doubted":
            assert turns[1].answer[len("You told me: ") : -1].lower() in first
            assert turns[1].answer != correct.answer


def test_what_was_not_told_is_not_known_and_what_was_told_is_never_refused():
    dice = Dice(8, "test")
    for i in range(MANY):
        talk = told.Told(Typist(dice))
        who = talk.person() if i % 2 else told.ONESELF
        answers = [turn.answer for both in talk.about(who, "untold") for turn in both]
        assert answers.count(told.UNTOLD) == 1
        assert sum(answer.startswith("You told me: ") for answer in answers) == 1


def test_each_kind_of_fact_is_told_and_asked_with_its_value():
    dice = Dice(4, "test")
    met = set[str]()
    for _ in range(MANY):
        about = facts.fact(dice)
        met.add(about.kind)
        for how in ("tell", "plain", "me", "plain me"):
            said = facts.worded(how, about, "Bo Lund", dice)
            assert about.value in said
            assert ("Bo Lund" in said) == (how in ("tell", "plain"))
        assert about.value not in facts.worded("ask", about, "Bo Lund", dice)
        also = about._replace(value=facts.other(about, dice))
        both = facts.of_both(about, "Bo Lund", also, "Ann", dice)
        assert {"Bo", "Ann"} <= {*re.findall(r"\w+", both)}
        assert about.value in both and also.value in both
        if facts.changes(about.kind):
            assert about.value in facts.changed(about, "Bo Lund", dice)
    assert met == {*facts.KINDS}


def test_values_of_facts_are_no_nouns_or_names_that_are_kept_aside():
    nouns = {noun for both in things.listed(aside=True) for noun in both[:2]}
    aside = {*nouns, *map(str.lower, names.listed(aside=True))}
    for title in ("colours", "sports", "hated foods", "vehicles", "languages"):
        found = wording.words(facts.FILE, title)
        assert len(found) >= 40 and len(found) == len({*found})
        for one in found:
            assert aside.isdisjoint({one.lower(), *one.lower().split(" ")}), one


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
