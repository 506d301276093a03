"""Marbles in many words: right sums in good English, and a tenth of all kept aside."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import aside, marbles, names

STEP = re.compile(r"(.+): (\d+) ([+-]) (\d+) = (\d+)\.")
SUM = re.compile(r"\b(\d+) ([+-]) (\d+) =")
ASIDE: list[tuple[aside.Part, ...]]
ASIDE = [(), *((part,) for part in aside.PARTS), aside.PARTS]


def stepped(problem: Problem) -> list[int]:
    """The first number and the signed changes, as the steps have them."""
    found = [STEP.fullmatch(step) for step in problem.steps]
    assert all(found)
    signed = [int(one[3] + one[4]) for one in found if one]
    return [int(found[0][2]) if found[0] else 0, *signed]


def drawn(
    n: int, purpose: str, kept: tuple[aside.Part, ...] = (), loose: bool = False
) -> list[Problem]:
    return [
        marbles.problem(Dice(i, purpose), 1 + i % 6, aside=kept, loose=loose)
        for i in range(n)
    ]


@pytest.mark.parametrize("kept", ASIDE)
@pytest.mark.parametrize("loose", [False, True])
def test_the_steps_take_the_numbers_of_the_problem_in_their_order(kept, loose):
    for problem in drawn(200, "read again", kept, loose=loose):
        told = [int(one) for one in re.findall(r"\d+", problem.question)]
        assert told == [abs(one) for one in stepped(problem)], problem.question


@pytest.mark.parametrize("held_out", [False, True])
def test_steps_and_answer_are_right_and_numbers_decide_what_is_held_out(held_out):
    for k in range(1, 9):
        for seed in range(40):
            problem = marbles.problem(Dice(seed, "sums"), k, held_out)
            start, *changes = stepped(problem)
            total = start
            for step, change in zip(problem.steps, changes, strict=True):
                before, after = map(int, re.findall(r"\d+", step)[1::2])
                assert (before, after) == (total, total + change)
                total = after
                assert 0 <= total <= 99 and 1 <= abs(change) <= 20
            assert problem.answer == str(total) and 3 <= start <= 30
            assert marbles.is_held_out(start, changes) == held_out


@pytest.mark.slow
def test_all_forms_are_read_equally_often_for_every_k(texts):
    counts = Counter[tuple[str, int]]()
    every = [*texts["first marbles"], *texts["marbles"]]
    for text in every:
        question, _, answer = text.partition("\n")
        k = len(re.findall(r"\d+", question)) - 1
        counts[answer.partition(":")[0], k] += 1
    pages = marbles.PAGES_BY_CHANGES
    forms = ("Answer at once", "Step by step", "Answer after dots")
    assert counts == {(form, k): pages[k] for form in forms for k in pages}
    assert list(pages) == [1, 2, 3, 4, 5, 6]
    assert len({pages[k] for k in range(2, 7)}) == 1 and pages[1] > pages[2]
    assert len(texts["first marbles"]) == len(forms) * marbles.FIRST_PAGES
    read = set(re.findall(r"\w+", "\n".join(every)))
    assert len(read & {*names.listed()}) == len(names.listed())


@pytest.mark.slow
@pytest.mark.rest
def test_what_is_held_out_is_asked_on_no_page_and_worked_out_in_no_section(texts):
    first = {1: marbles.FIRST_PAGES}
    others = marbles.PAGES_BY_CHANGES | {
        1: marbles.PAGES_BY_CHANGES[1] - marbles.FIRST_PAGES
    }
    met = set[tuple[int, int]]()
    for section, pages_by_changes in (("first marbles", first), ("marbles", others)):
        dice, written = Dice(0, section), Counter[str]()
        for k, pages in pages_by_changes.items():
            for form in ("at_once", "step_by_step", "after_dots") * pages:
                plain = dice.chance(marbles.PLAIN[k])
                problem = marbles.problem(dice, k, plain=plain, loose=True)
                written[getattr(problem, form)] += 1
                total, *changes = stepped(problem)
                assert not marbles.is_held_out(total, changes)
                for change in changes:
                    met.add((total, change))
                    total += change
        assert written == Counter(texts[section])
    for section in texts.keys() - {"first marbles", "marbles"}:
        for total, sign, number in SUM.findall("\n".join(texts[section])):
            met.add((int(total), int(sign + number)))
    # What is not held out is met, nearly all of it: so few are left out by chance.
    for start in range(10, 31):
        for change in {*range(-min(start, 20), 21)} - {0}:
            held_out = marbles.is_held_out(start, [change])
            assert ((start, change) in met) != held_out, (start, change)


@pytest.mark.parametrize("k", [2, 6, 8])
def test_the_single_sums_of_longer_held_out_problems_were_met(k):
    for problem in marbles.held_out(100, k):
        total, *changes = stepped(problem)
        for change in changes:
            assert not sums.is_held_out(total, change)
            total += change
