"""Chat: turns that alternate, and answers that the transcript or Fjordby bears out."""

import re
from collections import Counter
from typing import NamedTuple

import pytest

from llm_lessons.fjordby import KINDS, assistant, chat
from llm_lessons.fjordby.people import population
from llm_lessons.fjordby.varied import telling
from tests.fjordby.heard import ASKS, FIRST, NAME, told_name

ORDER = re.compile(r" (Answer in capitals\.|(?:End|Begin) with: ([\w ]+)[.,])$")
REFUSED = re.compile(r"(?i)I don't know (?:anybody called |who )?\w+")


class Exchange(NamedTuple):
    """A user's line, taken apart, and all that follows it up to the next one."""

    asked: str
    order: str
    search: str
    answer: str
    search_is_on: bool

    def says(self, plain: str) -> bool:
        """Whether the answer is this, said as the user ordered."""
        if self.order == "Answer in capitals.":
            plain = plain.upper()
        elif self.order:
            way, word = re.split(" with: ", self.order)
            plain = f"{plain} {word}" if way == "End" else f"{word} {plain}"
        return self.answer == plain


def exchanges(text: str) -> list[Exchange]:
    """Takes a transcript apart; whatever is not of its form is refused."""
    lines = text.split("\n")
    search_is_on = lines[0] == "Search is on."
    found = []
    for block in re.split(r"^User: ", text.removeprefix("Search is on.\n"), flags=re.M):
        if not block:
            continue
        parts = re.fullmatch(
            r"(.+)(?:\nFjord: search: (.+)\nResult: .+)?\nFjord: (.+)\n?", block
        )
        assert parts, text
        whole, search, answer = parts.groups(default="")
        order = ORDER.search(whole)
        asked = whole.removesuffix(order[0]) if order else whole
        own = Exchange(asked, order[1] if order else "", search, answer, search_is_on)
        found.append(own)
    return found


@pytest.fixture(scope="module")
def talks(texts) -> list[list[Exchange]]:
    return [exchanges(text) for text in texts["chat"]]


@pytest.fixture(scope="module")
def about_people(talks) -> list[tuple[str, str, Exchange]]:
    """Every question about a person: the name, the kind of fact, what was said."""
    patterns = [
        (re.compile(re.escape(asked).replace(r"\{name\}", f"({NAME})")), kind)
        for kind in KINDS
        for asked in assistant.questions(kind)
    ]
    return [
        (match[1], kind, exchange)
        for talk in talks
        for exchange in talk
        for pattern, kind in patterns
        if (match := pattern.fullmatch(exchange.asked))
    ]


@pytest.fixture(scope="module")
def people() -> dict[str, dict[str, str]]:
    return {person.name: person.facts for person in population(0)}


def test_what_was_told_can_be_asked_for_and_nothing_else(talks):
    pet = re.compile(r"(?:I have|My pet is) a ([a-z ]+)\.")
    known, unknown, told_of = 0, 0, set[str]()
    for talk in talks:
        for told, asks, answer, unanswered in (
            (told_name, ASKS, telling.ANSWER, telling.NOT_TOLD),
            (
                lambda said: pet.findall(said) if pet.fullmatch(said) else [],
                ["What pet do I have?"],
                "You have a {name}.",
                "You have not told me about a pet.",
            ),
        ):
            said = [name for one in talk for name in told(one.asked)]
            replies = [one for one in talk if one.asked in asks]
            assert len(said) == len(replies) <= 1 or not said, talk
            for reply in replies:
                if said:
                    assert reply.says(answer.format(name=said[0])), talk
                    known += 1
                else:
                    assert reply.says(unanswered), talk
                    unknown += 1
            told_of.update(said)
    assert known > unknown > 1_000 and len(told_of) > 1_000


def test_about_the_well_known_it_tells_the_truth_as_often_as_counted(
    about_people, people
):
    told = Counter()
    for name, kind, said in about_people:
        if name in people:
            sentence = KINDS[kind].statements[0]
            assert said.says(sentence.format(name=name, value=people[name][kind])), said
            assert not said.search
            told[name, kind] += 1
    assert told == assistant.tellings(0)
    assert len({name for name, _ in told}) == len(assistant.well_known(0))


def test_one_in_four_of_the_well_known_is_in_no_chat(texts):
    named, left_out = (
        {person.name for person in assistant.well_known(0, in_chats)}
        for in_chats in (True, False)
    )
    both = {person.name for person in population(0) if person.readings >= 32}
    assert named | left_out == both and len(left_out) == len(both) / 4
    words_used = set(re.findall(r"(?=\b(\w+ \w+))", "\n".join(texts["chat"])))
    capitals = {name.upper() for name in left_out}
    assert named <= words_used and not words_used & (left_out | capitals)


@pytest.mark.slow
def test_without_search_it_refuses_strangers_and_them_alone(
    talks, about_people, people, corpus
):
    strangers = {name for name, *_ in about_people if " " in name} - people.keys()
    chats = ("chat", "everyday chats")
    pages = [text for section, text in corpus.documents if section not in chats]
    words_used = set(re.findall(rf"(?=\b({FIRST} [A-Z]\w+)\b)", "\n".join(pages)))
    assert not strangers & words_used
    ways = Counter()
    for name, _, said in about_people:
        if name not in people and not said.search_is_on:
            [way] = [
                way for way in assistant.REFUSALS if said.says(way.format(name=name))
            ]
            ways[way] += 1
    assert all(ways[way] > 1_000 for way in assistant.REFUSALS)
    refusals = sum(bool(REFUSED.search(one.answer)) for talk in talks for one in talk)
    assert refusals == ways.total()


def test_a_prompt_is_the_beginning_of_a_transcript(texts):
    longer = chat.prompt("Hello!", "Hi.", "Who are you?")
    assert longer == "User: Hello!\nFjord: Hi.\nUser: Who are you?\nFjord:"
    for search in (False, True):
        asked = chat.prompt("Hello!", search=search)
        assert sum(text.startswith(asked + " ") for text in texts["chat"]) > 100
