"""Fruit: right sums in all forms, two registers, held-out numbers never together."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import fruit, sums

PAGE = re.compile(
    r"[A-Z][a-z]+ buys (\d+) ([a-z]+) and (\d+) ([a-z]+)\. "
    r"One ([a-z]+) costs \$(\d+)\. All the fruit together costs \$(\d+)\. "
    r"What does one ([a-z]+) cost\?\n"
    r"(Answer at once|Step by step|Answer first): (?:\$(\d+)\. (Check|Because): )?(.+)"
)


def plural(fruit: str) -> str:
    return {"peach": "peaches"}.get(fruit, fruit + "s")


def check(text: str) -> tuple[str, tuple[int, int, int, int], int | None]:
    """Works the problem out from its words.

    Returns its form, its four numbers, and what was said first, if anything.
    """
    match = PAGE.fullmatch(text)
    assert match, text
    n1, many1, n2, many2, known, price, total, asked, *forms, rest = match.groups()
    form, said, register = forms
    assert many1 == plural(asked) and many2 == plural(known) and many1 != many2
    known_cost = int(n2) * int(price)
    asked_cost = int(total) - known_cost
    answer, remainder = divmod(asked_cost, int(n1))
    assert remainder == 0
    before = (
        f"{n2} {many2} at ${price} are {n2} x {price} = ${known_cost}. "
        f"The {many1} cost {total} - {known_cost} = ${asked_cost}. "
    )
    last = f"One {asked} costs {asked_cost} / {n1} = "
    steps = f"{before}{last}${answer}."
    right = said == str(answer)
    verdict = f"So ${said} is right." if right else f"So it is ${answer}, not ${said}."
    assert (
        rest
        == {
            "Answer at once": f"${answer}.",
            "Step by step": f"{steps} Answer: ${answer}.",
            "Check": f"{steps} {verdict}",
            "Because": f"{before}{last}${said}. So it is ${said}.",
        }[register or form]
    )
    numbers = (int(n1), int(n2), answer, int(price))
    return register or form, numbers, int(said) if said else None


def test_every_sum_is_right_and_no_held_out_numbers_are_used(texts):
    forms, drawn = Counter(), []
    for text in texts["fruit"]:
        form, numbers, _ = check(text)
        forms[form] += 1
        drawn.append(numbers)
    used = set(drawn)
    assert forms == {
        "Answer at once": fruit.AT_ONCE,
        "Step by step": fruit.STEP_BY_STEP,
        "Check": fruit.CHECK,
        "Because": fruit.BECAUSE,
    }
    assert fruit.AT_ONCE == fruit.STEP_BY_STEP and fruit.CHECK == fruit.BECAUSE
    assert all(2 <= n <= 12 and 2 <= m <= 12 for n, m, _, _ in used)
    assert all(2 <= p <= 15 and 2 <= q <= 15 for _, _, p, q in used)
    for problem in fruit.held_out(500, seed=1):
        assert check(problem.step_by_step)[1] not in used
    assert (3, 2, 3, 2) not in used
    assert 0.2 < sum(max(numbers) <= 6 for numbers in drawn) / len(drawn) < 0.35
    # Nine tenths of 14,641 combinations, most of them met at least once.
    assert len(used) > 11_500


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
    assert problem.checked("$5") == problem.check_prompt("$5") + (
        " 2 oranges at $2 are 2 x 2 = $4. The apples cost 13 - 4 = $9. "
        "One apple costs 9 / 3 = $3. So it is $3, not $5."
    )
    assert problem.defended("$5") == problem.because_prompt("$5") + (
        " 2 oranges at $2 are 2 x 2 = $4. The apples cost 13 - 4 = $9. "
        "One apple costs 9 / 3 = $5. So it is $5."
    )
    assert problem.checked("$3").endswith("9 / 3 = $3. So $3 is right.")


@pytest.mark.parametrize(("register", "share"), [("Check", 0.25), ("Because", 0.5)])
def test_so_many_said_answers_are_right_and_the_others_mostly_near(
    texts, register, share
):
    off = []
    for text in texts["fruit"]:
        form, (_, _, right, _), said = check(text)
        if form == register:
            assert said is not None and 2 <= said <= 12
            off.append(abs(said - right))
    assert len(off) == 4_000
    assert off.count(0) / len(off) == pytest.approx(share, abs=0.04)
    counts = [off.count(distance) for distance in (1, 2, 4, 8)]
    assert counts == sorted(counts, reverse=True) and counts[-1] > 0


def test_no_fruit_needs_a_sum_that_is_held_out_with_the_marbles(texts):
    asked = [check(text)[1] for text in texts["fruit"]]
    asked += [check(problem.at_once)[1] for problem in fruit.held_out(500)]
    asked.append(check(fruit.essay().at_once)[1])
    for n_asked, n_known, p_asked, p_known in asked:
        total = n_asked * p_asked + n_known * p_known
        assert not sums.is_held_out(total, -n_known * p_known)


def test_held_out_problems_follow_their_seed():
    assert fruit.held_out(5, seed=1) == fruit.held_out(5, seed=1)
    assert fruit.held_out(5, seed=1) != fruit.held_out(5, seed=2)
