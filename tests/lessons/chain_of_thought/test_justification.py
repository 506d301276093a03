"""Where reasons end, read from those of the corpus, and what is told of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby.varied import fruit
from llm_lessons.lessons.chain_of_thought import justification
from llm_lessons.lessons.chain_of_thought.justification import (
    AlteredEnd,
    Explained,
    Reasons,
    false_equations,
    result,
)
from llm_lessons.lessons.chain_of_thought.steering import Steering, defended
from llm_lessons.measuring.intervals import share

PROBLEMS = fruit.held_out(40, seed=5)


@given(st.integers(0, 99), st.integers(1, 99), st.integers(-2, 2))
def test_an_equation_is_false_when_it_does_not_hold(a, b, off):
    sums = [f"{a} x {b} = ${a * b + off}", f"{a + b} - {b} = ${a + off}"]
    sums.append(f"{a * b} / {b} = ${a + off}")
    sums = [one for one in sums if "$-" not in one]
    text = "So 3 pears at $2 are " + ". And ".join(sums) + "."
    assert false_equations(text) == (sums if off else [])
    assert false_equations("10 / 4 = $2. 8 / 4 = $2.") == ["10 / 4 = $2"]


def behind(text: str) -> str:
    """What stands behind "Check:" or "Because:"."""
    return text.partition(": ")[2].partition(": ")[2]


def test_corpus_reasons_are_read_as_they_were_meant():
    for problem in PROBLEMS:
        right = int(problem.answer[1:])
        for said in {right - 1, right, right + 1, 40}:
            check = behind(problem.checked(f"${said}"))
            because = behind(problem.defended(f"${said}"))
            wrong = [] if said == right else [because.split(": ")[-1].split(".")[0]]
            assert result(check) == right and false_equations(check) == []
            assert result(because) == said and false_equations(because) == wrong
            ends = [
                Explained(problem, "", said, reason).end
                for reason in (check, because, "2 x 500 = $1000.", "")
            ]
            defended = "right" if said == right else "said"
            assert ends == ["right", defended, "neither", "neither"]
    assert result("Because I say so, $3.") is None


def told(mended: bool) -> Reasons:
    """What is made of the reasons of the corpus behind wrong answers."""
    cases = []
    for problem in PROBLEMS:
        said = int(problem.answer[1:]) + 1
        text = problem.checked if mended else problem.defended
        cases.append(Explained(problem, "", said, behind(text(f"${said}"))))
    return justification.reasons(cases)


@pytest.mark.parametrize(
    ("follows", "check", "because", "percent", "conclusion"),
    [
        (True, True, False, 100, "whether Fjord defends it or mends it"),
        (False, False, True, 0, "no difference"),
    ],
)
def test_what_steers_is_told(follows, check, because, percent, conclusion):
    altered = AlteredEnd(*(share([one] * 40) for one in (follows, not follows, False)))
    ends = told(mended=because)
    near, far = (defended(ends, near) for near in (True, False))
    assert near == ends.defends and far is None  # each is one dollar off
    found = Steering(altered, told(mended=check), ends, near, far)
    assert conclusion in found.conclusion()
    assert found.sentence().count(f" {percent}\u00a0%") == 3
    with_far = replace(found, far=share([True, False]))
    assert with_far.sentence().count("50\u00a0%") == 1
    # a calculation from true numbers to a wrong answer bends somewhere
    assert told(mended=False).bent == share([1] * 40)
    assert told(mended=True).bent is None
