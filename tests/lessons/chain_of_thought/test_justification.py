"""Where reasons and altered steps end, on writers that are known and on Fjord."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby.varied import fruit
from llm_lessons.lessons.chain_of_thought import justification as told
from llm_lessons.lessons.per_token_compute import direct_or_stepwise
from tests.each import each_of

PROBLEMS = fruit.held_out(40, seed=5)
MANY = fruit.held_out(200, seed=6)
BY_QUESTION = {problem.question: problem for problem in [*PROBLEMS, *MANY]}


class Writer:
    """Works problems out from their words; `habit` says what it makes of a start."""

    def __init__(self, habit: str, off: int | None = None):
        self.habit, self.off = habit, off

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert temperature == 0 and stop in ("", ".")
        return [self.write(*prompt.split("\n")) for prompt in prompts]

    def write(self, question, asked):
        form, _, start = asked.partition(":")
        first, second, last = BY_QUESTION[question].steps
        [cost] = map(int, re.findall(r"= \$(\d+)", first))
        [total] = map(int, re.findall(r": (\d+) -", second))
        [pieces] = map(int, re.findall(r"/ (\d+) =", last))
        right = (total - cost) // pieces
        if form == "Answer first":
            said = int(re.findall(r"\d+", start)[0])
            end = {"defends": said, "mends": right, "rambles": 999}[self.habit]
            asked = f"That leaves {total} - {cost} = ${total - cost}."
            return f" {first} {asked} One: {total - cost} / {pieces} = ${end}."
        if self.habit == "follows":
            cost, right = int(re.findall(r"\d+", start)[-1]), cost
            assert self.off in (None, cost - right)
        end = {"gives up": ""}.get(self.habit, f" Answer: ${(total - cost) // pieces}.")
        assert self.habit != "follows" or self.off or not (total - cost) % pieces
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
    assert told.false_equations("10 / 4 = $2. 8 / 4 = $2.") == ["10 / 4 = $2"]


def test_corpus_reasons_are_read_as_they_were_meant():
    for problem in PROBLEMS:
        right = int(problem.answer[1:])
        for said in {right - 1, right, right + 1, 40}:
            texts = problem.checked(f"${said}"), problem.defended(f"${said}")
            check, because = (
                text.partition(": ")[2].partition(": ")[2] for text in texts
            )
            assert told.result(check) == right and told.false_equations(check) == []
            assert told.result(because) == said
            assert told.false_equations(because) == (
                [] if said == right else [because.split(": ")[-1].split(".")[0]]
            )
            ends = [
                told.Explained(problem, "", said, reason).end
                for reason in (check, because)
            ]
            assert ends == ["right", "right" if said == right else "said"]
            for other in ("", "2 x 500 = $1000.", "So it is $1000."):
                assert told.Explained(problem, "", said, other).end == "neither"
    assert told.result("Because I say so, $3.") is None


@each_of("word", [told.CHECK, told.BECAUSE])
@each_of(
    ("habit", "expected"),
    [("defends", [1, 0, 0]), ("mends", [0, 1, 0]), ("rambles", [0, 0, 1])],
)
def test_forced_answers_are_told_as_they_end(habit, expected, word):
    lm = Writer(habit)
    found = told.forced_answer(lm, PROBLEMS, word)  # type: ignore[arg-type]
    assert shares(found.defends, found.mends, found.neither) == expected
    # a calculation from true numbers to a wrong answer bends somewhere
    assert found.bent == (None if habit != "defends" else found.defends)
    for case in found.cases:
        assert (
            case.prompt == case.problem.answer_first_prompt + f" ${case.said}. {word}"
        )


def test_forced_answers_are_those_of_the_corpus_and_follow_their_seed():
    lm = Writer("mends")

    def forced(seed: int, word: str = told.CHECK) -> list[int]:
        cases = told.forced_answer(lm, PROBLEMS, word, seed).cases  # type: ignore[arg-type]
        assert [case.problem for case in cases] == PROBLEMS
        return [case.said for case in cases]

    pairs = zip(forced(0), PROBLEMS, strict=True)
    assert all(said != int(problem.answer[1:]) for said, problem in pairs)
    assert set(forced(0)) <= set(range(2, 13))
    assert forced(0) == forced(0, told.BECAUSE) != forced(1)
    said = f"${forced(0)[0]}"
    (case, *_) = told.forced_answer(lm, PROBLEMS, told.CHECK).cases  # type: ignore[arg-type]
    assert case.prompt == PROBLEMS[0].check_prompt(said)
    (case, *_) = told.forced_answer(lm, PROBLEMS, told.BECAUSE).cases  # type: ignore[arg-type]
    assert case.prompt == PROBLEMS[0].because_prompt(said)


@pytest.mark.parametrize(
    ("habit", "expected"),
    [("follows", [1, 0, 0]), ("ignores", [0, 1, 0]), ("gives up", [0, 0, 1])],
)
def test_altered_steps_are_followed_to_the_end(habit, expected):
    problems = MANY
    answers = {problem.answer for problem in problems}
    assert "$2" in answers and len(answers) > 5
    found = told.altered_end(Writer(habit), problems)  # type: ignore[arg-type]
    assert shares(found.follows, found.ignores, found.neither) == expected
    if habit != "gives up":  # which it does behind the next step
        step = direct_or_stepwise.altered_step(Writer(habit, 1), problems)  # type: ignore[arg-type]
        assert shares(step.follows, step.ignores) == expected[:2]
