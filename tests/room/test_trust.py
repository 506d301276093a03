"""Trust or check?: fair points, answers as Fjord gives them, mixed, and secret."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons import load
from llm_lessons.fjordby import KINDS
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.lessons.lossy_zip.asked_again import (
    ASKED_AGAIN,
    EACH,
    KIND,
    OFTEN,
    ONCE,
    TIMES,
)
from llm_lessons.lessons.lossy_zip.recall import answers
from llm_lessons.measuring.kept import find
from llm_lessons_room.activities.trust.kind import asked_again
from llm_lessons_room.activities.trust.rules import STAKES, Trust, points
from llm_lessons_room.parts.step import OPEN, REVEAL, SHOWN, Moment, Step
from llm_lessons_room.parts.values import BadAnswer

SIZE = 8
AGAIN = [["Voss"] * TIMES] * SIZE
rights = st.lists(st.booleans(), min_size=SIZE, max_size=SIZE)
stakes = st.lists(st.sampled_from([None, *STAKES]), min_size=SIZE, max_size=SIZE)
rooms = st.dictionaries(st.integers(1, 20), stakes, max_size=9)


def trust_of(right: list[bool]) -> Trust:
    shown = {"answers": [{"person": "Ida", "answer": "Voss"}] * SIZE}
    hidden, note = {"right": right}, {"again": AGAIN}
    return Trust(
        Step("t", "trust", "", 1, None, None, False, (), None, shown, hidden, note, {})
    )


@given(rights, stakes)
def test_distrust_alone_earns_nothing_and_trust_only_where_it_is_right(right, own):
    assert points([0] * SIZE, right) == 0 == points([None] * SIZE, right)
    best = [3 * one for one in right]
    assert points(own, right) <= points(best, right) == 3 * sum(right)
    turned = [not one for one in right]
    assert points(own, turned) == -points(own, right)
    always = points([1] * SIZE, right)
    assert always == sum(right) - (SIZE - sum(right))


@given(rights, rooms, rooms)
def test_who_sends_nothing_anew_stays_with_the_first_judgement(right, first, second):
    tally = trust_of(right)
    for slot, given_ in ((1, first), (2, second)):
        for seat, own in given_.items():
            tally.record(slot, seat, tally.validate(own))
    found = tally.payload(Moment(REVEAL, 2), 2)
    last = first | second
    for side, room in (("before", first), ("after", last)):
        assert found[side]["n"] == len(room)
        sums = [sum(bool(own[n]) for own in room.values()) for n in range(SIZE)]
        assert found[side]["trusted"] == sums
        both = [room[seat] for seat in first]
        assert found["same"][side]["points"] == sum(points(o, right) for o in both)
        wrong = sum(bool(o[n]) for o in both for n in range(SIZE) if not right[n])
        assert found["same"][side]["wrong"] == wrong
    assert tally.answered(2) == sum(None not in own for own in second.values())


@given(rights, rooms)
def test_nothing_tells_what_is_right_before_it_is_shown(right, first):
    told = []
    for truth in (right, [not one for one in right]):
        tally = trust_of(truth)
        for seat, own in first.items():
            tally.record(1, seat, own)
        moments = [Moment(OPEN, 1), Moment(SHOWN, 1), Moment(OPEN, 2)]
        told.append([tally.payload(one, one.round) for one in moments])
        assert "again" not in json.dumps(told[-1][:2]) and told[-1][2]["again"] == AGAIN
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "bad", [None, 3, [], [0] * 7, [0] * 9, [2] * SIZE, [True] * SIZE, ["1"] * SIZE]
)
def test_what_is_no_stake_is_refused(bad):
    with pytest.raises(BadAnswer):
        trust_of([True] * SIZE).validate(bad)


def test_the_answers_are_fjords_own_and_right_and_wrong_are_mixed():
    lm = load("fjord")
    judged = find(ASKED_AGAIN, [lm]).result.judged
    assert [asdict(one) for one in asked_again().judged] == [*map(asdict, judged)]
    assert [one.readings for one in judged].count(OFTEN) == EACH == SIZE / 2
    assert [one.readings for one in judged].count(ONCE) == EACH
    known = {(one.person, one.kind): one for one in ledger_of().facts}
    facts = [known[one.person, KIND] for one in judged]
    said = answers(lm, facts, ask=True)
    for one, fact, text in zip(judged, facts, said, strict=True):
        assert (one.value, one.readings) == (fact.value, fact.readings)
        assert text.strip().startswith(f"{one.answer}.") and len(one.again) == TIMES
        assert one.answer in KINDS[KIND].values  # each in the same voice
    right = sum(one.is_right for one in judged)
    assert 2 <= right <= SIZE - 2  # neither trust nor distrust is right alone
