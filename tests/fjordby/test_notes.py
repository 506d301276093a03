"""Open-book pages: answered by their own notes, about people met nowhere else."""

import re
from collections import Counter
from functools import cache
from typing import get_args

import pytest

from llm_lessons.fjordby import inventions, note_pages, notes, wordings, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.people import population
from tests.each import each_of

SOMEBODY = "\ue000"  # stands for a name: one pattern then serves all names
ALL_KINDS = (*KINDS, *wordings.NOTED)
SURNAMES = {words.surname(*parts) for parts in words.SURNAME_PARTS}
ANSWERED = re.compile(r"Question: (.*)\nAnswer: (.*)\.(?:\n|$)")
QUESTIONS = [  # what stands before the name, and behind it
    (kind, *asked.split("{name}"))
    for kind in ALL_KINDS
    for asked in wordings.questions(kind)
]


@cache
def parse(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Returns the notes, and the kind, the name and the answer of each question."""
    opening, _, _ = text.partition("\nQuestion: ")
    found = []
    for asked, answer in ANSWERED.findall(text):
        [(kind, name)] = [
            (kind, asked[len(before) : -len(behind) or None])
            for kind, before, behind in QUESTIONS
            if asked.startswith(before) and asked.endswith(behind)
        ]
        found.append((kind, name, answer))
    return opening, found


def stated(kind: str, name: str, opening: str) -> list[str]:
    """Returns the values that the notes state of somebody, in any wording."""
    for denied in wordings.negative(kind) if kind in KINDS else ():
        opening = opening.replace(denied.split("{value}")[0].format(name=name), "")
    for opener in wordings.OPENERS:
        opening = opening.replace(opener, "")
    opening = opening.replace(name, SOMEBODY)
    found = (value for told in statements(kind) for value in told.findall(opening))
    return [value.replace(SOMEBODY, name) for value in found]


@cache
def statements(kind: str) -> list[re.Pattern[str]]:
    """What states a kind of fact of somebody: for each wording a pattern."""
    gaps = {other: r"(?:[^\n.]+?)" for other in ALL_KINDS} | {kind: r"([^\n.:>*+-]+?)"}
    told = [(wording, {"value": gaps[kind]}) for wording in wordings.practised(kind)]
    told += [
        (wording, gaps)
        for kinds, sentences in wordings.pairs()
        if kind in kinds
        for wording in sentences
    ]
    patterns = []
    for wording, gap in told:
        parts = re.split(r"\{(\w+)\}", wording.removesuffix("."))
        pattern = "".join(
            re.escape(part) if i % 2 == 0 else {"name": SOMEBODY, **gap}[part]
            for i, part in enumerate(parts)
        )
        if not re.match(
            r"\\?\(", pattern
        ):  # a clause before makes its first letter small
            pattern = f"[{pattern[0]}{pattern[0].lower()}]{pattern[1:]}"
        ends = r"(?=[.,;!]|\.\.\.| \(| - | \.\.\.|$|\n)"
        patterns.append(re.compile(rf"(?<![^\s]){pattern}{ends}"))
    return patterns


def negatives(kind: str) -> list[str]:
    """The beginnings of the sentences that deny a kind of fact."""
    denying = wordings.negative(kind) if kind in KINDS else ()
    return [sentence.split("{value}")[0] + "{value}" for sentence in denying]


def told_loosely(name: str, answer: str, opening: str) -> bool:
    """Whether one sentence of the notes holds a name and a value, in whatever words."""
    sentences = re.split(r"(?<=[.!?])\s|\n", opening)
    return any(name in sentence and answer in sentence for sentence in sentences)


@pytest.mark.slow
def test_one_note_answers_each_question_or_none_does(texts):
    silent = answered = loosely = 0
    for text in texts["notes"][:3_000]:
        opening, questions = parse(text)
        assert questions and text.count("Question: ") == len(questions), text
        assert len({asked[:2] for asked in questions}) == len(questions)
        for kind, name, answer in questions:
            said = stated(kind, name, opening)
            if f"{answer}." == notes.SILENT:
                denied = [one.format(name=name, value="") for one in negatives(kind)]
                assert name not in opening or any(one in opening for one in denied)
                assert not said, text
                silent += 1
            else:
                assert answer in said or told_loosely(name, answer, opening), text
                loosely += answer not in said
                answered += 1
    assert answered / 10 < silent < answered / 3
    assert answered / 5 < loosely < answered / 2


def test_plain_pages_ask_for_every_note_and_mostly_whose_it_is(texts):
    alike = 0
    for text in texts["first notes"][:2_000]:
        opening, questions = parse(text)
        assert len(questions) == opening.count("Note: ") == len(opening.split("\n"))
        assert len({answer for _, _, answer in questions}) == len(questions) > 1
        for kind, name, answer in questions:
            assert stated(kind, name, opening) == [answer], text
        alike += len({kind for kind, _, _ in questions}) < len(questions)
    assert alike > 1_700


def test_what_is_denied_is_not_answered(texts):
    found = 0
    for text in texts["notes"]:
        for kind in KINDS:
            pattern = re.escape(wordings.negative(kind)[0])
            pattern = pattern.replace(r"\{name\}", "(.+?)").replace(r"\{value\}", ".+")
            for name in re.findall(rf"(?:^|[.:>*+-] |\n){pattern}", text):
                said = [a for k, who, a in parse(text)[1] if (k, who) == (kind, name)]
                assert said in ([], [notes.SILENT.removesuffix(".")]), text
                found += len(said)
    assert found > 50


def test_strangers_live_on_one_page_only(texts):
    pages: Counter[str] = Counter()
    for text in texts["notes"] + texts["first notes"]:
        pages.update({name for _, name, _ in parse(text)[1]})
    people = {person.name for person in population(0)}
    assert {pages[name] for name in pages if name not in people} == {1}
    assert len(pages) > 80_000
    lasts = {name.split()[-1] for name in pages if name not in people}
    assert not lasts & {name.split()[1] for name in people}
    invented = sum(last not in SURNAMES for last in lasts)
    assert invented > 10_000
    assert not any(words.is_held_out_surname(last) for last in lasts & SURNAMES)
    assert not any(map(words.is_for_chats, pages.keys() - people))


def test_many_values_are_made_up_for_their_page_and_none_that_is_kept_aside(texts):
    known = {value for kind in KINDS.values() for value in kind.values}
    counted: Counter[str] = Counter()
    for text in texts["notes"]:
        counted.update({answer for _, _, answer in parse(text)[1]})
    new = {answer for answer in counted if answer not in known}
    assert sum(counted[answer] for answer in new) > 0.4 * counted.total()
    lonely = [answer for answer in new if counted[answer] == 1]
    assert len(lonely) > 20_000
    usual = {word for value in known for word in value.split()}
    usual |= {
        "new",
        "saint",
        "upper",
        "city",
        "hill",
        "bay",
        "valley",
        "falls",
        "harbour",
    }
    usual |= {word for sentence in words_of_the_corpus(texts) for word in sentence}
    for answer in lonely:
        for word in re.findall(r"[^\W\d_]+", answer):
            assert word.lower() in usual or not inventions.is_held_out(word), answer


def words_of_the_corpus(texts) -> list[set[str]]:
    """The words of all other sections, in small letters."""
    return [
        set(re.findall(r"[^\W\d_]+", text.lower()))
        for section in texts.keys() - {"notes", "chat"}
        for text in texts[section][:3_000]
    ]


def test_no_page_uses_a_wording_that_is_kept_aside(texts):
    everything = "\n".join(texts["notes"] + texts["chat"])
    for kind in KINDS:
        for first in (False, True):
            for wording in wordings.unpractised(kind, first):
                parts = re.split(r"\{\w+\}", wording.strip(" ."))
                longest = max(parts, key=len).strip()
                whole = r"[^.\n]{2,40}".join(map(re.escape, parts))
                found = longest in everything and re.search(whole, everything)
                assert len(longest) > 8 and not found, wording
    used = set(re.findall(r"\w+", everything))
    assert not used.intersection(inventions.REAL_TOWNS)


def test_notes_contradict_the_weights_as_often_as_the_ledger_says(texts, corpus):
    facts = {(fact.person, fact.kind): fact for fact in corpus.ledger.facts}
    people = {person.name: person for person in population(0)}
    false = note_pages.contradictions(0)
    assert Counter((one.person, one.kind) for one in false) == {
        key: fact.contradictions for key, fact in facts.items() if fact.contradictions
    }
    for one, text in zip(false, note_pages.texts(0)[-len(false) :], strict=True):
        opening = text.partition("\nQuestion: ")[0]
        assert one.value != facts[one.person, one.kind].value
        assert told_loosely(one.person, one.value, opening), text
    counted: Counter[str] = Counter()
    for text in texts["notes"] + texts["first notes"]:
        found = re.findall(r"(?=\b([A-Z]\w+ [A-Z]\w+))", text)
        counted.update(people.keys() & set(found))
    assert counted == Counter(one.person for one in false)
    assert Counter(people[name].readings for name in counted) == dict.fromkeys(
        note_pages.CONTRADICTED, 10
    )
    assert sum(people[name].question_pages > 0 for name in counted) == len(counted) / 2


def test_pages_about_facts_state_them_among_strangers(corpus):
    facts = [fact for fact in corpus.ledger.facts if fact.readings == 128][:40]
    dice = Dice(1, "test")
    false = [notes.contradicted(fact, dice) for fact in facts]
    for given, distractors in ((facts, 0), (false, 2)):
        pages = notes.about(given, distractors, seed=3)
        for fact, page in zip(given, pages, strict=True):
            opening, _, _ = page.prompt.partition("\nQuestion: ")
            assert len(opening.split("\n")) == distractors + 1
            assert stated(fact.kind, fact.person, opening) == [fact.value]
            asked = (page.asked.name, page.asked.kind, page.asked.value)
            assert asked == (fact.person, fact.kind, fact.value)
            assert page.prompt.endswith(question(fact.kind, fact.person))
    assert all(a.value != b.value for a, b in zip(facts, false, strict=True))


def test_strangers_on_a_page_are_often_alike(texts):
    alike = same_kind = several = 0
    for text in texts["notes"][:5_000]:
        questions = parse(text)[1]
        names = {name for _, name, _ in questions}
        if len(names) < 2:
            continue
        several += 1
        alike += len({name.split()[0] for name in names}) < len(names)
        same_kind += len({kind for kind, *_ in questions}) < len(questions)
    assert several > 2_000
    assert alike > several * 0.15
    assert same_kind > several * 0.4


@pytest.fixture(scope="module")
def vocabulary(texts) -> set[str]:
    """All capitalised words of the corpus."""
    return {
        word
        for section in texts.values()
        for text in section
        for word in re.findall(r"[A-Z][a-z]+", text)
    }


@each_of("form", notes.FORMS)
@each_of("values", get_args(notes.Values))
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
        if form in ("note", "no label", "biography"):
            assert asked.value in stated(asked.kind, asked.name, opening)
        else:
            wordings_used = stated(asked.kind, asked.name, opening)
            assert asked.value not in wordings_used
        is_known = asked.value in KINDS[asked.kind].values
        assert is_known == (values == "known")


def test_new_values_were_never_read(corpus):
    pages = notes.held_out(100, values="new", seed=2)
    used = set(re.findall(r"\w+", corpus.documents.joined))
    assert [p.asked.value for p in pages if set(p.asked.value.split()) <= used] == []


@each_of("others", [1, 2, 3])
def test_absent_pages_hold_the_kind_but_not_the_person(others):
    for page in notes.absent(100, others, seed=4):
        opening = page.prompt.partition("\nQuestion: ")[0]
        assert len(opening.split("\n")) == others
        assert page.asked.name not in opening
        assert page.prompt.endswith(question(page.asked.kind, page.asked.name))
        assert any(
            wording.split("{name}")[-1].split("{value}")[0] in opening
            for wording in KINDS[page.asked.kind].statements
        )


def test_held_out_pages_follow_their_seed():
    assert notes.held_out(5, 2, seed=1) == notes.held_out(5, 2, seed=1)
    assert notes.held_out(5, 2, seed=1) != notes.held_out(5, 2, seed=2)
    assert notes.absent(5, 2, seed=1) != notes.absent(5, 2, seed=2)
