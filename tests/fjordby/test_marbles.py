"""Marbles: right sums, all forms equally often, held-out numbers never met."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from llm_lessons.fjordby import marbles, sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.loading import load
from tests.each import each_of

PAGE = re.compile(
    r"(?P<question>(?P<name>[A-Z][a-z]+) has (?P<start>\d+) marbles in a bag\. "
    r"(?P<changes>.+) How many are left\?)\n"
    r"(?P<form>Answer at once|Step by step|Answer after dots):"
    r"(?P<dots>( \.)*)(?P<steps>( \d+ [+-] \d+ = \d+\.)*)"
    r"(?P<label> Answer:)? (?P<answer>\d+)\."
)
CHANGE = re.compile(
    r"[A-Z][a-z]+ (?:(?:finds|wins|buys) (\d+) more|(?:loses|gives away|drops) (\d+))\."
)
SUM = re.compile(r"\b(\d+) ([+-]) (\d+) =")
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


def signed_changes(page: re.Match[str]) -> tuple[int, ...]:
    totals = recompute(page)
    return tuple(b - a for a, b in pairwise(totals))


def test_every_sum_is_right(texts):
    for text in texts["marbles"]:
        page = parse(text)
        totals = recompute(page)
        assert 3 <= totals[0] <= 30
        assert all(0 <= total <= 99 for total in totals)
        assert all(1 <= abs(change) <= 20 for change in signed_changes(page))
        assert int(page["answer"]) == totals[-1]
        steps = STEP.findall(page["steps"])
        assert bool(page["dots"]) == (page["form"] == "Answer after dots")
        assert bool(page["label"]) == (page["form"] != "Answer at once")
        if page["form"] == "Step by step":
            assert [int(before) for before, *_ in steps] == totals[:-1]
            assert [int(after) for *_, after in steps] == totals[1:]
            signed = tuple(int(sign + number) for _, sign, number, _ in steps)
            assert signed == signed_changes(page)
        else:
            assert not steps


def test_all_forms_are_read_equally_often_for_every_k(texts):
    counts = Counter()
    for text in texts["marbles"]:
        page = parse(text)
        counts[page["form"], len(CHANGE.findall(page["changes"]))] += 1
    forms = ("Answer at once", "Step by step", "Answer after dots")
    pages = marbles.PAGES_BY_CHANGES
    assert counts == {(form, k): pages[k] for form in forms for k in pages}
    assert list(pages) == [1, 2, 3, 4, 5, 6]
    assert len({pages[k] for k in range(2, 7)}) == 1 and pages[1] > pages[2]


@each_of("k", [1, 2, 4, 8, 10])
def test_held_out_numbers_are_met_under_no_name_and_verb(texts, k):
    asked = set()
    for text in texts["marbles"]:
        page = parse(text)
        asked.add((int(page["start"]), signed_changes(page)))
    for problem in marbles.held_out(60, k, seed=3):
        page = parse(problem.step_by_step)
        totals = recompute(page)
        assert len(totals) == len(problem.steps) + 1 == k + 1
        assert problem.answer == str(totals[-1])
        assert (totals[0], signed_changes(page)) not in asked


def worked_out(texts: dict[str, list[str]]) -> set[tuple[int, int]]:
    """All sums that some page works out, as a total and a signed change.

    A marble problem works out its sums in every form: they stand in its question.
    """
    met = set()
    for text in texts["marbles"]:
        totals = recompute(parse(text))
        met.update((a, b - a) for a, b in pairwise(totals))
    for section in sorted(texts.keys() - {"marbles"}):
        for text in texts[section]:
            for total, sign, number in SUM.findall(text):
                met.add((int(total), int(sign + number)))
    return met


def test_the_sum_of_a_held_out_change_is_worked_out_nowhere(texts):
    met = worked_out(texts)
    asked = set()
    for problem in marbles.held_out(300, 1):
        total, *others = recompute(parse(problem.at_once))
        asked.add((total, others[0] - total))
    assert len(asked) > 60
    assert not met & asked
    # What is met, otherwise, is nearly everything: so few are left out by chance.
    for start in range(10, 31):
        for change in range(-min(start, 20), 21):
            if change and (start, change) not in met:
                assert marbles.is_held_out(start, [change])


@pytest.mark.parametrize("k", [2, 6, 8])
def test_the_single_sums_of_longer_held_out_problems_were_met(k):
    for problem in marbles.held_out(100, k):
        totals = recompute(parse(problem.at_once))
        assert not any(sums.is_held_out(a, b - a) for a, b in pairwise(totals))


def test_numbers_decide_what_is_held_out_and_about_one_in_ten_is():
    for k in (1, 2, 5):
        for held_out in (True, False):
            page = parse(marbles.problem(Dice(k, "some"), k, held_out).at_once)
            numbers = int(page["start"]), signed_changes(page)
            assert marbles.is_held_out(*numbers) == held_out
    drawn = [(a, b, c) for a in range(3, 31) for b in range(1, 21) for c in range(1, 9)]
    shares = (
        [marbles.is_held_out(a, [b, -c]) for a, b, c in drawn],
        [sums.is_held_out(a, b) for a in range(10, 31) for b in range(-10, 21) if b],
    )
    assert all(0.08 < sum(some) / len(some) < 0.13 for some in shares)


def test_there_are_as_many_dots_as_the_steps_have_tokens():
    tokenizer = load("fjord").tokenizer
    for k in range(1, 7):
        for problem in marbles.held_out(34, k):
            steps = tokenizer.encode(" " + " ".join(problem.steps))
            assert problem.dots == " ." * problem.dots.count(".")
            assert problem.dots.count(".") == pytest.approx(len(steps), rel=0.1)


def test_forms_differ_in_their_last_words_only():
    problem = marbles.problem(Dice(0, "forms"), 3)
    assert problem.at_once_prompt == problem.question + "\nAnswer at once:"
    assert problem.step_prompt == problem.question + "\nStep by step:"
    assert problem.dots_prompt == problem.question + "\nAnswer after dots:"
    assert problem.at_once == f"{problem.at_once_prompt} {problem.answer}."
    steps = " ".join(problem.steps)
    assert problem.step_by_step == (
        f"{problem.step_prompt} {steps} Answer: {problem.answer}."
    )
    assert problem.after_dots == (
        f"{problem.dots_prompt}{problem.dots} Answer: {problem.answer}."
    )
