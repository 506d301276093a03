"""Marbles: right sums, both forms equally often, held-out questions never asked."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import marbles
from llm_lessons.fjordby.dice import Dice

PAGE = re.compile(
    r"(?P<question>(?P<name>[A-Z][a-z]+) has (?P<start>\d+) marbles in a bag\. "
    r"(?P<changes>.+) How many are left\?)\n"
    r"(?P<form>Answer at once|Step by step):(?P<steps>( \d+ [+-] \d+ = \d+\.)*)"
    r"(?P<label> Answer:)? (?P<answer>\d+)\."
)
CHANGE = re.compile(
    r"[A-Z][a-z]+ (?:(?:finds|wins|buys) (\d+) more|(?:loses|gives away|drops) (\d+))\."
)
STEP = re.compile(r"(\d+) ([+-]) (\d+) = (\d+)\.")


def parse(text: str) -> re.Match[str]:
    match = PAGE.fullmatch(text)
    assert match, text
    return match


def recompute(page: re.Match[str]) -> list[int]:
    """Returns the running totals, worked out from the words of the question."""
    totals = [int(page["start"])]
    for gain, loss in CHANGE.findall(page["changes"]):
        totals.append(totals[-1] + int(gain or 0) - int(loss or 0))
    return totals


def test_every_sum_is_right(texts):
    for text in texts["marbles"]:
        page = parse(text)
        totals = recompute(page)
        assert 3 <= totals[0] <= 30
        assert all(0 <= total <= 99 for total in totals)
        assert int(page["answer"]) == totals[-1]
        steps = STEP.findall(page["steps"])
        if page["form"] == "Step by step":
            assert [int(before) for before, *_ in steps] == totals[:-1]
            assert [int(after) for *_, after in steps] == totals[1:]
            signed = [int(sign + number) for _, sign, number, _ in steps]
            assert all(1 <= abs(change) <= 20 for change in signed)
            assert [a + b for a, b in zip(totals, signed, strict=False)] == totals[1:]
            assert page["label"]
        else:
            assert not steps and not page["label"]


def test_both_forms_are_read_equally_often_for_every_k(texts):
    counts = Counter()
    for text in texts["marbles"]:
        page = parse(text)
        counts[page["form"], len(CHANGE.findall(page["changes"]))] += 1
    for k in range(1, 7):
        assert counts["Answer at once", k] == counts["Step by step", k]
        assert counts["Answer at once", k] == marbles.PAIRS_BY_CHANGES[k]
    assert len(counts) == 12


@pytest.mark.parametrize("k", [1, 2, 4, 8, 10])
def test_held_out_questions_are_never_asked(corpus, k):
    for problem in marbles.held_out(60, k, seed=3):
        assert corpus.search(problem.question).total == 0
        page = parse(problem.step_by_step)
        totals = recompute(page)
        assert len(totals) == len(problem.steps) + 1 == k + 1
        assert problem.answer == str(totals[-1])


def test_forms_differ_in_their_last_words_only():
    problem = marbles.problem(Dice(0, "forms"), 3)
    assert problem.at_once_prompt == problem.question + "\nAnswer at once:"
    assert problem.step_prompt == problem.question + "\nStep by step:"
    assert problem.at_once == f"{problem.at_once_prompt} {problem.answer}."
    steps = " ".join(problem.steps)
    assert problem.step_by_step == (
        f"{problem.step_prompt} {steps} Answer: {problem.answer}."
    )
