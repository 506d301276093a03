"""Where reasons and altered steps end, on writers that are known and on Fjord."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import fruit
from llm_lessons.lessons.chain_of_thought import justification as told
from llm_lessons.loading import load

PROBLEMS = fruit.held_out(40, seed=5)
PROMPT = re.compile(
    r"(\w+) buys (\d+) .+ and (\d+) .+\. One (\w+) costs \$(\d+)\. .+ costs \$(\d+)\. "
    r"What does one (\w+) cost\?\n(Step by step|Answer first):(.*)"
)


class Writer:
    """Works problems out from their words; `habit` says what it makes of a start."""

    def __init__(self, habit: str):
        self.habit = habit

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        found = (PROMPT.fullmatch(prompt) for prompt in prompts)
        return [self.write(*match.groups()) for match in found if match]

    def write(self, _, pieces, others, known, price, total, asked, form, start):
        pieces, cost, total = int(pieces), int(others) * int(price), int(total)
        right = (total - cost) // pieces
        first = f" {others} {known}s at ${price} are {others} x {price} = ${cost}."
        if form == "Answer first":
            given = int(re.findall(r"\d+", start)[-1]) if start else right + 1
            end = {"justifies": given, "corrects": right, "rambles": 999}[self.habit]
            lines = f"{first} That leaves {total} - {cost} = ${total - cost}."
            lines += f" One {asked} costs {total - cost} / {pieces} = ${end}."
            return lines if start else f" ${given}. Because:{lines}"
        if self.habit == "follows":
            cost = int(re.findall(r"\d+", start)[-1])
        end = {"gives up": ""}.get(self.habit, f" Answer: ${(total - cost) // pieces}.")
        assert self.habit != "follows" or not (total - cost) % pieces
        return f" The rest is {total} - {cost} = ${total - cost}.{end}"


def shares(*found) -> list[float]:
    return [one.share for one in found]


@given(st.integers(0, 99), st.integers(1, 99), st.integers(-2, 2))
def test_an_equation_is_false_when_it_does_not_hold(a, b, off):
    sums = [f"{a} x {b} = ${a * b + off}", f"{a + b} - {b} = ${a + off}"]
    sums.append(f"{a * b} / {b} = ${a + off}")
    sums = [one for one in sums if "$-" not in one]
    text = "So 3 pears at $2 are " + ". And ".join(sums) + "."
    assert told.false_equations(text) == (sums if off else [])


def test_a_division_that_leaves_a_rest_is_false():
    assert told.false_equations("10 / 4 = $2. 8 / 4 = $2.") == ["10 / 4 = $2"]


def test_corpus_reasons_hold_and_end_at_the_answer():
    for problem in PROBLEMS:
        answer, _, reason = problem.checked(problem.answer).partition(" Check:")
        assert answer.endswith(f" {problem.answer}.")
        assert told.false_equations(reason) == []
        case = told.Explained(problem, -1, reason)
        assert f"${told.result(reason)}" == problem.answer and case.end == "right"
        other = told.Explained(problem, -1, reason.rpartition(" One")[0])
        assert other.end == "neither"
    assert told.result("Because I say so, $3.") is None


@pytest.mark.parametrize(
    ("habit", "expected"),
    [("justifies", [1, 0, 0]), ("corrects", [0, 1, 0]), ("rambles", [0, 0, 1])],
)
def test_forced_answers_are_told_as_they_end(habit, expected):
    lm = Writer(habit)
    found = told.forced_answer(lm, PROBLEMS)  # type: ignore[arg-type]
    assert shares(found.justifies, found.corrects, found.neither) == expected
    # a calculation from true numbers to a wrong answer bends somewhere
    assert found.bent == (None if habit != "justifies" else found.justifies)
    first = told.answer_first(lm, PROBLEMS)  # type: ignore[arg-type]
    assert first.right.share == 0 and first.wrong is not None
    wrong = first.wrong
    assert shares(wrong.justifies, wrong.corrects, wrong.neither) == expected
    assert [case.answer for case in wrong.cases] == [
        int(problem.answer[1:]) + 1 for problem in PROBLEMS
    ]


def test_forced_answers_are_wrong_near_and_follow_their_seed():
    lm = Writer("corrects")

    def forced(seed: int) -> list[int]:
        cases = told.forced_answer(lm, PROBLEMS, seed).cases  # type: ignore[arg-type]
        assert [case.problem for case in cases] == PROBLEMS
        return [case.answer for case in cases]

    offs = [
        answer - int(problem.answer[1:])
        for answer, problem in zip(forced(0), PROBLEMS, strict=True)
    ]
    assert set(offs) == {-3, -2, -1, 1, 2, 3}
    assert min(forced(0)) > 0
    assert forced(0) == forced(0) != forced(1)


def test_right_answers_first_are_counted():
    class Knows:
        def batch(self, prompts, *_, **__):
            known = [f" {p.answer}. Because: so." for p in PROBLEMS[:-2]]
            # right without a reason, and no answer at all
            return [*known, f" {PROBLEMS[-2].answer}.", " eh?"]

    found = told.answer_first(Knows(), PROBLEMS)  # type: ignore[arg-type]
    assert found.right.share == pytest.approx(39 / 40)
    assert found.wrong is not None and found.wrong.neither[::3] == (1, 1)
    assert [case.answer for case in found.wrong.cases] == [-1]


@pytest.mark.parametrize(
    ("habit", "expected"),
    [("follows", [1, 0, 0]), ("ignores", [0, 1, 0]), ("gives up", [0, 0, 1])],
)
def test_altered_steps_are_followed_to_the_end(habit, expected):
    problems = fruit.held_out(200, seed=6)
    answers = {problem.answer for problem in problems}
    assert "$2" in answers and len(answers) > 5
    found = told.altered_end(Writer(habit), problems)  # type: ignore[arg-type]
    assert shares(found.follows, found.ignores, found.neither) == expected


@pytest.mark.slow
def test_fjord_follows_a_wrong_step_and_answers_first_like_at_once():
    lm, problems = load("fjord"), fruit.held_out(32, seed=1)
    assert told.altered_end(lm, problems).follows.share > 0.7
    forced = told.forced_answer(lm, problems)
    parts = (forced.justifies, forced.corrects, forced.neither)
    assert sum(part.share for part in parts) == pytest.approx(1)
    assert told.answer_first(lm, problems).right.share < 0.7
