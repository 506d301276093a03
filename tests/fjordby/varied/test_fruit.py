"""The essay's problem in many words: right sums, and its numbers never together."""

import re

import pytest

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import aside, fruit

type Numbers = tuple[int, int, int, int]

STEPS = re.compile(
    r"The (?P<known>.+)\? .*\b(\d+) (?P=known): \2 x (\d+) = \$(\d+)\. "
    r"The (?P<many>.+)\? .*\b(\d+) (?P=many): (\d+) - \4 = \$(\d+)\. "
    r"One (?P<asked>.+): \8 / \6 = \$(\d+)\."
)
ASIDE: list[tuple[aside.Part, ...]] = [(), *((part,) for part in aside.PARTS)]
ASIDE.append(aside.PARTS)


def drawn(n: int, purpose: str, kept: tuple[aside.Part, ...] = ()) -> list[Problem]:
    return [fruit.problem(Dice(i, purpose), aside=kept) for i in range(n)]


def numbers(problem: Problem) -> Numbers:
    """The four numbers, read in the question, the nouns alone taken from the steps."""
    steps = STEPS.fullmatch(" ".join(problem.steps))
    assert steps, problem.steps
    question = problem.question
    n_known, n_asked = (
        int(re.findall(rf"(?<!\$)\b(\d+) {steps[many]}\b", question)[0])
        for many in ("known", "many")
    )
    price, total = sorted(map(int, re.findall(r"\$(\d+)", question)))
    stem = steps["known"].removesuffix("s").removesuffix("e").removesuffix("i")
    [said] = re.findall(rf"[^.?]*\${price}\b[^.?]*[.?]", question)
    known = re.search(rf"\b{stem.removesuffix('v')}", said, re.I)
    assert known and not re.search(r"(?<!\$)\b\d", said.replace(f"${price}", ""))
    asked = [s for s in re.findall(r"[^.?]*[.?]", question) if not re.search(r"\d", s)]
    assert any(re.search(rf"\b({steps['asked']}|{steps['many']})\b", s) for s in asked)
    answer, rest = divmod(total - n_known * price, n_asked)
    assert rest == 0 and problem.answer == f"${answer}"
    return n_asked, n_known, answer, price


@pytest.mark.parametrize("kept", ASIDE)
def test_the_question_says_what_the_steps_work_out(kept):
    for problem in drawn(500, "worked out", kept):
        n_asked, n_known, p_asked, p_known = numbers(problem)
        found = STEPS.fullmatch(" ".join(problem.steps))
        assert found
        total = n_asked * p_asked + n_known * p_known
        worked = [n_known, p_known, n_known * p_known, total, n_asked * p_asked]
        assert [int(found[place]) for place in (2, 3, 4, 7, 8)] == worked
        assert (int(found[6]), int(found[10])) == (n_asked, p_asked)
        assert not fruit.is_held_out(n_asked, n_known, p_asked, p_known)
        assert not sums.is_held_out(total, -n_known * p_known)


def test_held_out_numbers_are_in_the_range_of_the_others():
    for problem in fruit.held_out(300, seed=1):
        n_asked, n_known, p_asked, p_known = four = numbers(problem)
        assert fruit.is_held_out(*four)
        assert all(2 <= number <= 12 for number in four)
        known_cost = n_known * p_known
        assert not sums.is_held_out(n_asked * p_asked + known_cost, -known_cost)
    small = [numbers(fruit.problem(Dice(i, "small"), small=True)) for i in range(100)]
    assert max(max(four) for four in small) == 6
