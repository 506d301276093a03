"""The essay's problem in many words: right sums, and its numbers never together."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import aside, fruit, names, shop
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks
from tests.each import each_of

type Numbers = tuple[int, int, int, int]

STEPS = re.compile(
    r"The (?P<known>.+)\? .*\b(\d+) (?P=known): \2 x (\d+) = \$(\d+)\. "
    r"The (?P<many>.+)\? .*\b(\d+) (?P=many): (\d+) - \4 = \$(\d+)\. "
    r"One (?P<asked>.+): \8 / \6 = \$(\d+)\."
)
PAGE = re.compile(
    r"(?P<question>.+)\n(?P<form>Answer at once|Step by step|Answer first):"
    r"(?: \$(?P<said>\d+)\. (?P<register>Check|Because):)? (?P<rest>.+)"
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


def check(text: str) -> tuple[str, list[Numbers], int]:
    """Works a page out from the numbers of its question.

    Returns its form, what its four numbers may be, and what was said first, or 0. They
    may be two where only the answer is written, and it is the known price.
    """
    page = PAGE.fullmatch(text)
    assert page, text
    form, said = page["register"] or page["form"], int(page["said"] or 0)
    one, other = map(int, re.findall(r"(?<!\$)\b\d+", page["question"]))
    price, total = sorted(map(int, re.findall(r"\$(\d+)", page["question"])))
    if form == "Answer at once":
        [answer] = map(int, re.findall(r"^\$(\d+)\.$", page["rest"]))
        ways = [
            (n_asked, n_known, answer, price)
            for n_asked, n_known in ((one, other), (other, one))
            if n_asked * answer + n_known * price == total
        ]
        assert ways, text
        return form, ways, said
    worked = STEPS.match(page["rest"])
    assert worked, text
    n_known, *steps, n_asked, last = map(int, worked.group(2, 3, 4, 7, 8, 6, 10))
    cost = n_known * price
    answer, rest = divmod(total - cost, n_asked)
    assert sorted((n_known, n_asked)) == sorted((one, other)) and rest == 0
    assert steps == [price, cost, total, total - cost], text
    assert last == (said if form == "Because" else answer), text
    verdict = "${0} is right." if said == answer else "it is ${1}, not ${0}."
    ends = {
        "Step by step": f"Answer: ${answer}.",
        "Check": f"So {verdict.format(said, answer)}",
        "Because": f"So it is ${said}.",
    }
    assert page["rest"] == f"{worked[0]} {ends[form]}"
    return form, [(n_asked, n_known, answer, price)], said


@each_of("kept", ASIDE)
def test_the_question_says_what_the_steps_work_out(kept):
    for problem in drawn(500, "worked out", kept):
        n_asked, n_known, p_asked, p_known = numbers(problem)
        found = STEPS.fullmatch(" ".join(problem.steps))
        assert found
        total = n_asked * p_asked + n_known * p_known
        worked = (n_known, p_known, n_known * p_known, total, n_asked * p_asked)
        assert tuple(map(int, (found[2], found[3], found[4], found[7], found[8]))) == (
            worked
        )
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


def test_the_essays_problem_reads_as_printed():
    problem = fruit.essay()
    assert problem.question == (
        "Emma buys 3 apples and 2 oranges. One orange costs $2. "
        "All the fruit together costs $13. What does one apple cost?"
    )
    assert problem.steps == (
        "The oranges? 3 apples, 2 oranges: 2 x 2 = $4.",
        "The apples? 3 apples: 13 - 4 = $9.",
        "One apple: 9 / 3 = $3.",
    )
    assert fruit.is_held_out(*numbers(problem)) and not sums.is_held_out(13, -4)
    assert problem.answer_first_prompt.endswith("cost?\nAnswer first:")
    for form, text in (
        ("Answer at once", problem.at_once),
        ("Step by step", problem.step_by_step),
        ("Check", problem.checked("$5")),
        ("Check", problem.checked("$3")),
        ("Because", problem.defended("$5")),
    ):
        assert check(text)[:2] == (form, [(3, 2, 3, 2)])
    assert problem.checked("$5").startswith(problem.check_prompt("$5") + " The oranges")
    assert problem.checked("$5").endswith("9 / 3 = $3. So it is $3, not $5.")
    assert problem.checked("$3").endswith("9 / 3 = $3. So $3 is right.")
    assert problem.defended("$5").startswith(problem.because_prompt("$5"))
    assert problem.defended("$5").endswith("9 / 3 = $5. So it is $5.")
    assert fruit.wrong_answer(Dice(0, "wrong"), problem) != "$3"


def test_only_what_is_asked_for_is_drawn_from_what_is_kept_aside(monkeypatch):
    used: set[str] = set()

    def noted(frame: str, *agreement: bool) -> str:
        used.add(frame)
        return agreed(frame, *agreement)

    monkeypatch.setattr(shop, "agreed", noted)
    nouns = "|".join(one.many for one in shop.things.listed(aside=True))
    lists = {line for lines in blocks("shop_frames.txt").values() for line in lines}
    for kept in ASIDE:
        used.clear()
        text = "\n".join(problem.question for problem in drawn(600, "aside", kept))
        capitals = set(re.findall(r"[A-ZÅØ][a-zåæøéöü]+", text))
        listed = capitals & {*names.listed(), *names.listed(aside=True)}
        assert {names.is_aside(name) for name in listed} == {"name" in kept}
        assert bool(re.search(rf"\b({nouns})\b", text)) == ("thing" in kept)
        unread = any(aside.is_aside("frame", one) for one in used & lists)
        assert unread == ("frame" in kept)
        for block in ("buys", "price", "total", "ask"):
            read = aside.choices("frame", blocks("shop_frames.txt")[block], False)
            assert bool(used & {*read}) == ("frame" not in kept)


def test_problems_fit_a_row_and_follow_their_seed(tokenizer):
    for problem in drawn(300, "rows"):
        assert len(tokenizer.encode(problem.checked("$12"))) < 224
    assert fruit.held_out(5, seed=1) == fruit.held_out(5, seed=1)
    assert fruit.held_out(5, seed=1) != fruit.held_out(5, seed=2)


@pytest.mark.slow
def test_the_pages_hold_right_sums_and_no_held_out_numbers(texts):
    forms, drawn = Counter[str](), list[Numbers]()
    off: dict[str, list[int]] = {"Check": [], "Because": []}
    for text in texts["fruit"]:
        form, ways, said = check(text)
        forms[form] += 1
        met = [
            (n_asked, n_known, p_asked, p_known)
            for n_asked, n_known, p_asked, p_known in ways
            if not fruit.is_held_out(n_asked, n_known, p_asked, p_known)
            and not sums.is_held_out(
                n_asked * p_asked + n_known * p_known, -n_known * p_known
            )
        ]
        assert met and all(2 <= number <= 12 for number in met[0]), text
        drawn.append(met[0])
        if form in off:
            assert 2 <= said <= 12
            off[form].append(abs(said - met[0][2]))
    assert forms == {
        "Answer at once": fruit.AT_ONCE,
        "Step by step": fruit.STEP_BY_STEP,
        "Check": fruit.CHECK,
        "Because": fruit.BECAUSE,
    }
    assert fruit.AT_ONCE == fruit.STEP_BY_STEP and fruit.CHECK == fruit.BECAUSE
    assert 0.2 < sum(max(numbers) <= 6 for numbers in drawn) / len(drawn) < 0.35
    # Nine tenths of 14,641 combinations, most of them met at least once.
    assert len(set(drawn)) > 11_000
    # So many said answers are right, and the others are mostly near.
    for form, share in (("Check", 0.25), ("Because", 0.5)):
        counts = [off[form].count(distance) for distance in (0, 1, 2, 4, 8)]
        assert counts[0] / forms[form] == pytest.approx(share, abs=0.04)
        assert counts[1:] == sorted(counts[1:], reverse=True) and counts[-1] > 0
