"""A name told in a chat: the answer is that name, and nobody else's."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside, names, telling, told
from tests.fjordby.heard import ASKS, FRIENDS, NAME, TELLS, told_name


@pytest.fixture(scope="module")
def chats() -> list[str]:
    return told.texts(0)


def test_the_last_answer_is_the_name_that_was_told(chats):
    between, untold = Counter[int](), 0
    for text in chats:
        turns = re.findall(r"User: (.+)\nFjord: (.+)", text)
        asked = [place for place, (said, _) in enumerate(turns) if said in ASKS]
        said = [
            (place, own) for place, (s, _) in enumerate(turns) if (own := told_name(s))
        ]
        [last] = asked
        answer = turns[last][1]
        if answer == telling.NOT_TOLD:
            assert not said and any(told_name(one, FRIENDS) for one, _ in turns)
            untold += 1
            continue
        [(place, [name])] = said
        assert answer == f"Your name is {name}.", text
        assert name in turns[place][1]
        between[last - place - 1] += 1
    assert set(between) == set(told.BETWEEN)
    assert min(between.values()) > len(chats) / 5
    assert 0.08 < untold / len(chats) < 0.16


def test_nothing_that_is_kept_aside_is_read(chats, texts):
    words = set(re.findall(r"\w+", "\n".join(chats)))
    assert not words & {*names.listed(aside=True), *names.invented(aside=True)}
    joined = "\n".join(texts["told names"] + texts["chat"])
    kept = aside.choices("frame", (*TELLS, *ASKS, *FRIENDS), True)
    assert len(kept) > 6
    for frame in kept:
        pattern = re.escape(frame).replace(r"\{name\}", NAME)
        assert not re.search(f"User: {pattern}( End| Begin| Answer|\n)", joined), frame


def test_kept_aside_names_and_ways_can_be_asked_for():
    for seed in range(200):
        dice = Dice(seed, "asked")
        chat = told.turns(dice, between=2, aside=("name", "frame"))
        [name] = [one for said, *_ in chat for one in told_name(said)]
        assert chat[-1].answer == f"Your name is {name}."
        assert all(map(names.is_aside, name.split()))
        assert aside.is_aside("frame", chat[-1].asked)
