"""The six questions: taught in every evening, fair, and sorted as they are meant."""

from pathlib import Path

import pytest

from llm_lessons.foundation.languages import english
from llm_lessons.lessons import survey
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.lessons.survey import ASKED, CHOSEN, JUDGED
from llm_lessons.widgets import SixQuestions
from llm_lessons_room.activities.survey import rules
from llm_lessons_room.activities.survey.kind import KINDS
from llm_lessons_room.activities.survey.sources import SOURCES, source_of
from llm_lessons_room.content.decks import Deck, decks

SENTENCES = Path(__file__).with_name("sources.txt")


@pytest.mark.parametrize("deck", decks(), ids=lambda deck: deck.id)
def test_each_question_is_taught_between_the_two_times_that_it_is_asked(deck: Deck):
    asked = {s.own["when"]: n for n, s in enumerate(deck.steps) if s.kind == "survey"}
    between = deck.steps[asked["before"] + 1 : asked["after"]]
    taught = [name for step in between if not step.optional for name in step.teaches]
    assert sorted(taught) == sorted(ASKED) and len(ASKED) == 6
    assert not any(step.teaches for step in deck.steps if step not in between)


def test_who_learns_alone_is_asked_the_same_as_a_room():
    (step, *_) = (one for one in decks()[0].steps if one.kind == "survey")
    room = KINDS["survey"].show(step, english)
    right, why = room.hidden["right"], room.hidden["why"]
    alone = SixQuestions()._asked
    assert [one["name"] for one in alone] == [*ASKED]
    for one, asked in zip(alone, room.shown["questions"], strict=True):
        name = one["name"]
        assert one["question"] == asked["question"]
        assert one.get("choices") == asked.get("choices")
        if name == rules.TRUST:
            judged = one["answers"]
            shown = [{key: it[key] for key in ("asked", "answer")} for it in judged]
            assert shown == asked["answers"]
            assert [it["right"] for it in judged] == right[name]
            assert [it["why"] for it in judged] == why[name]
        else:
            assert (one.get("right"), one["why"]) == (right.get(name), why[name])
    # the server has names of its own, for it loads no lesson
    assert (rules.WRITTEN, rules.TRUST) == (survey.WRITTEN, survey.TRUST)


def test_who_trusts_everything_or_nothing_has_half_of_it_wrong():
    assert sum(one["right"] for one in JUDGED) == len(JUDGED) / 2


def test_neither_length_nor_place_gives_the_right_choice_away():
    assert not {one.text for one in CHOSEN} & {one.text for one in QUESTIONS}
    places, longest, shortest = [], 0, 0
    for one in CHOSEN:
        lengths = [len(choice.text) for choice in one.choices]
        (right,) = (n for n, choice in enumerate(one.choices) if choice.right)
        places.append(right)
        longest += lengths[right] == max(lengths)
        shortest += lengths[right] == min(lengths)
        assert len(lengths) == 3
    assert longest <= 2 and shortest <= 2  # by chance about one of three
    assert {*places} == {0, 1, 2}


def test_sentences_are_mostly_sorted_as_their_authors_meant_them():
    """Our own sentences, in two languages: those of a real room may be sorted worse."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    meant = [line.split(": ", 1) for line in lines if line and line[0] != "#"]
    assert {kind for kind, _ in meant} == {*SOURCES}
    wrong = [(kind, text) for kind, text in meant if source_of(text) != kind]
    assert len(wrong) <= 0.2 * len(meant), wrong
