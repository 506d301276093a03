"""What is told of a procedure in other words is what was counted."""

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import names, things
from llm_lessons.lessons.chain_of_thought import other_words
from llm_lessons.lessons.chain_of_thought.other_words import (
    COUNTED,
    NAMED,
    PRACTISED,
    TOLD,
    OtherWords,
)
from llm_lessons.measuring.intervals import share


def found(*right: int) -> OtherWords:
    ways = zip((PRACTISED, NAMED, COUNTED), right, strict=True)
    return OtherWords({way: share(i < n for i in range(20)) for way, n in ways})


def sums(problem: Problem) -> list[str]:
    return [step.rpartition(": ")[2] for step in problem.steps]


def test_what_is_lost_is_what_lies_clearly_lower():
    assert found(20, 20, 20).lost == found(20, 17, 18).lost == found(2, 1, 0).lost == []
    assert found(20, 3, 18).lost == [NAMED]
    told = found(20, 3, 2)
    assert "with another name and with another thing" in told.conclusion()
    numbers = told.sentence().replace("\u00a0", " ")
    assert all(part in numbers for part in ("Of 20", "100 %", "15 %", "10 %"))


def test_the_problems_are_the_same_number_for_number(monkeypatch):
    asked = []
    monkeypatch.setattr(
        *(other_words, "right_stepwise"),
        lambda _, some: asked.append(some) or share([1] * len(some)),
    )
    found = other_words.measure.__wrapped__(None, 15)
    known, named, counted, told = asked
    assert found.right[COUNTED].n == len(things.listed(aside=True)) < 15
    assert found.right[PRACTISED].n == found.right[NAMED].n == 15
    assert found.right[TOLD].n == len({one.question for one in told}) == 15
    assert [*map(sums, known)] == [*map(sums, named)] == [*map(sums, counted)]
    kept = {*names.listed(aside=True)}
    nouns = {one.many for one in things.listed(aside=True)}
    assert {one.question.split()[3] for one in counted} == nouns  # each, before again
    for old, one, other in zip(known, named, counted, strict=True):
        who, name = old.question.split()[0], one.question.split()[0]
        assert name in kept and one.question.replace(name, who) == old.question
        assert one.steps[-1].startswith(name) and "marbles" not in other.question
        assert old.answer == one.answer == other.answer
