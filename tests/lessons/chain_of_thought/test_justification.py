"""Where reasons and altered steps end, on writers that are known."""

import re
from typing import Any

from llm_lessons.fjordby.varied import fruit
from llm_lessons.lessons.chain_of_thought import justification as told
from llm_lessons.lessons.chain_of_thought.steering import Steering
from tests.each import each_of
from tests.lessons.writes import writes

PROBLEMS = fruit.held_out(40, seed=5)
BY_QUESTION = {problem.question: problem for problem in PROBLEMS}


def writer(habit: str) -> Any:
    """Works problems out from their words; `habit` says what it makes of a start."""

    def write(prompt: str) -> str:
        question, asked = prompt.split("\n")
        form, _, start = asked.partition(":")
        first, second, last = BY_QUESTION[question].steps
        [cost] = map(int, re.findall(r"= \$(\d+)", first))
        [total] = map(int, re.findall(r": (\d+) -", second))
        [pieces] = map(int, re.findall(r"/ (\d+) =", last))
        right = (total - cost) // pieces
        if form == "Answer first":
            said = int(re.findall(r"\d+", start)[0])
            end = {"defends": said, "mends": right, "rambles": 999}[habit]
            rest = f"That leaves {total} - {cost} = ${total - cost}."
            return f" {first} {rest} One: {total - cost} / {pieces} = ${end}."
        if habit == "follows":
            cost = int(re.findall(r"\d+", start)[-1])
            assert not (total - cost) % pieces
        rest = f" The rest is {total} - {cost} = ${total - cost}."
        return f"{rest} Answer: ${(total - cost) // pieces}."

    return writes(write)


def test_corpus_reasons_are_read_as_they_were_meant():
    for problem in PROBLEMS:
        right = int(problem.answer[1:])
        for said in {right - 1, right, right + 1, 40}:
            check, because = (
                text.partition(": ")[2].partition(": ")[2]
                for text in (problem.checked(f"${said}"), problem.defended(f"${said}"))
            )
            wrong = [] if said == right else [because.split(": ")[-1].split(".")[0]]
            assert told.result(check) == right and told.false_equations(check) == []
            assert told.result(because) == said
            assert told.false_equations(because) == wrong
            ends = [
                told.Explained(problem, "", said, reason).end
                for reason in (check, because, "2 x 500 = $1000.", "")
            ]
            defended = "right" if said == right else "said"
            assert ends == ["right", defended, "neither", "neither"]
    assert told.result("Because I say so, $3.") is None
    assert told.false_equations("10 / 4 = $2. 8 / 4 = $2.") == ["10 / 4 = $2"]


@each_of("word", [told.CHECK, told.BECAUSE])
@each_of(
    ("habit", "expected"),
    [("defends", [1, 0, 0]), ("mends", [0, 1, 0]), ("rambles", [0, 0, 1])],
)
def test_forced_answers_are_told_as_they_end(habit, expected, word):
    found = told.forced_answer(writer(habit), PROBLEMS, word)
    ends = found.defends, found.mends, found.neither
    assert [one.share for one in ends] == expected
    # a calculation from true numbers to a wrong answer bends somewhere
    assert found.bent == (None if habit != "defends" else found.defends)
    for case, problem in zip(found.cases, PROBLEMS, strict=True):
        asked = problem.check_prompt if word == told.CHECK else problem.because_prompt
        assert case.prompt == asked(f"${case.said}")
        assert case.said != int(problem.answer[1:]) and 2 <= case.said <= 12


@each_of(
    ("step", "check", "because", "percent", "conclusion"),
    [
        ("follows", "mends", "defends", 100, "whether Fjord defends it or mends it"),
        ("ignores", "defends", "mends", 0, "no difference"),
    ],
)
def test_what_steers_is_told(step, check, because, percent, conclusion):
    found = Steering(
        told.altered_end(writer(step), PROBLEMS),
        told.forced_answer(writer(check), PROBLEMS, told.CHECK),
        told.forced_answer(writer(because), PROBLEMS, told.BECAUSE),
    )
    assert conclusion in found.conclusion()
    assert found.sentence().count(f" {percent}\u00a0%") == 3
