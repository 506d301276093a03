"""Fruit: right sums in all three forms, held-out numbers never used together."""

import re
from collections import Counter

from llm_lessons.fjordby import fruit

PAGE = re.compile(
    r"[A-Z][a-z]+ buys (\d+) ([a-z]+) and (\d+) ([a-z]+)\. "
    r"One ([a-z]+) costs \$(\d+)\. All the fruit together costs \$(\d+)\. "
    r"What does one ([a-z]+) cost\?\n"
    r"(Answer at once|Step by step|Answer first): (.+)"
)


def plural(fruit: str) -> str:
    return {"peach": "peaches"}.get(fruit, fruit + "s")


def check(text: str) -> tuple[str, tuple[int, int, int, int]]:
    """Works the problem out from its words; returns its form and its four numbers."""
    match = PAGE.fullmatch(text)
    assert match, text
    n1, many1, n2, many2, known, price, total, asked, form, rest = match.groups()
    assert many1 == plural(asked) and many2 == plural(known) and many1 != many2
    known_cost = int(n2) * int(price)
    asked_cost = int(total) - known_cost
    answer, remainder = divmod(asked_cost, int(n1))
    assert remainder == 0
    steps = (
        f"{n2} {many2} at ${price} are {n2} x {price} = ${known_cost}. "
        f"The {many1} cost {total} - {known_cost} = ${asked_cost}. "
        f"One {asked} costs {asked_cost} / {n1} = ${answer}."
    )
    assert (
        rest
        == {
            "Answer at once": f"${answer}.",
            "Step by step": f"{steps} Answer: ${answer}.",
            "Answer first": f"${answer}. Why? {steps}",
        }[form]
    )
    return form, (int(n1), int(n2), answer, int(price))


def test_every_sum_is_right_and_no_held_out_numbers_are_used(texts):
    forms, drawn = Counter(), []
    for text in texts["fruit"]:
        form, numbers = check(text)
        forms[form] += 1
        drawn.append(numbers)
    used = set(drawn)
    assert forms["Answer at once"] == forms["Step by step"] == fruit.AT_ONCE
    assert forms["Answer first"] == fruit.ANSWER_FIRST
    assert all(2 <= n <= 12 and 2 <= m <= 12 for n, m, _, _ in used)
    assert all(2 <= p <= 15 and 2 <= q <= 15 for _, _, p, q in used)
    for problem in fruit.held_out(500, seed=1):
        assert check(problem.step_by_step)[1] not in used
    assert (3, 2, 3, 2) not in used
    assert 0.2 < sum(max(numbers) <= 6 for numbers in drawn) / len(drawn) < 0.35
    # Nine tenths of 23,716 combinations, most of them met at least once.
    assert len(used) > 12_000


def test_the_essays_problem_reads_as_printed():
    problem = fruit.essay()
    assert problem.question == (
        "Emma buys 3 apples and 2 oranges. One orange costs $2. "
        "All the fruit together costs $13. What does one apple cost?"
    )
    assert problem.steps == (
        "2 oranges at $2 are 2 x 2 = $4.",
        "The apples cost 13 - 4 = $9.",
        "One apple costs 9 / 3 = $3.",
    )
    assert problem.answer == "$3"
    assert problem.answer_first_prompt.endswith("cost?\nAnswer first:")
    assert check(problem.at_once)[0] == "Answer at once"


def test_held_out_problems_follow_their_seed():
    assert fruit.held_out(5, seed=1) == fruit.held_out(5, seed=1)
    assert fruit.held_out(5, seed=1) != fruit.held_out(5, seed=2)
