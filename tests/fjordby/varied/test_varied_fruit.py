"""The essay's problem in many words: right sums, and its numbers never together."""

import re
from collections import Counter
from pathlib import Path

import pytest

from llm_lessons.fjordby import fruit as narrow
from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import aside, fruit, names, shop
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from tests.each import each_of

FJORD = Path(__file__).parents[3] / "data" / "fjord" / "tokenizer.model"
STEPS = re.compile(
    r"(\d+) (?P<known>.+) at \$(\d+) are \1 x \3 = \$(\d+)\. "
    r"The (?P<many>.+) cost (\d+) - \4 = \$(\d+)\. "
    r"One (?P<asked>.+) costs \7 / (\d+) = \$(\d+)\."
)
ASIDE: list[tuple[aside.Part, ...]] = [(), *((part,) for part in aside.PARTS)]
ASIDE.append(aside.PARTS)


def drawn(n: int, purpose: str, kept: tuple[aside.Part, ...] = ()) -> list[Problem]:
    return [fruit.problem(Dice(i, purpose), aside=kept) for i in range(n)]


def numbers(problem: Problem) -> tuple[int, int, int, int]:
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


@each_of("kept", ASIDE)
def test_the_question_says_what_the_steps_work_out(kept):
    for problem in drawn(500, "worked out", kept):
        n_asked, n_known, p_asked, p_known = numbers(problem)
        found = STEPS.fullmatch(" ".join(problem.steps))
        assert found
        total = n_asked * p_asked + n_known * p_known
        worked = (n_known, p_known, n_known * p_known, total, n_asked * p_asked)
        assert tuple(map(int, (found[1], found[3], found[4], found[6], found[7]))) == (
            worked
        )
        assert (int(found[9]), int(found[10])) == (n_asked, p_asked)
        assert not narrow.is_held_out(n_asked, n_known, p_asked, p_known)
        assert not sums.is_held_out(total, -n_known * p_known)


def test_numbers_are_held_out_as_ever():
    for problem in fruit.held_out(300, seed=1):
        four = numbers(problem)
        assert narrow.is_held_out(*four) and fruit.is_held_out(*four)
        assert all(2 <= number <= 12 for number in four)
    small = [numbers(fruit.problem(Dice(i, "small"), small=True)) for i in range(100)]
    assert max(max(four) for four in small) == 6


def test_the_essays_problem_is_as_ever():
    assert fruit.essay() == narrow.essay()
    assert fruit.wrong_answer(Dice(0, "wrong"), fruit.essay()) != "$3"


@each_of(
    "slip",
    [
        r"[{}\[\]<>|]|  |\.\.|,,|\?\?| [,.?]",
        r"(^|[.?] )[a-z]",
        r"\b[Aa] [aeiou]|\b[Aa]n [^aeiou]",
        r"\b(I|[Yy]ou|[Ww]e) (\w+ss|is|has|does|buys|pays|gets|goes|puts)\b",
        r"^(And|So|Then) ",
        r"\b1 \w|\$\D",
    ],
)
def test_no_slip_of_grammar(slip):
    for kept in ASIDE:
        for problem in drawn(400, "slips", kept):
            assert not re.search(slip, problem.question), problem.question


def test_both_orders_are_read_equally_often():
    first = Counter()
    for problem in drawn(2_000, "order"):
        steps = STEPS.fullmatch(" ".join(problem.steps))
        assert steps
        told = re.findall(r"(?<![\d$])\b(?<!\$)(\d+) ", problem.question)
        first[told[0] == steps[9]] += steps[1] != steps[9]
    assert first[True] == pytest.approx(first[False], rel=0.2)


def test_only_what_is_asked_for_is_drawn_from_what_is_kept_aside(monkeypatch):
    used: set[str] = set()

    def noted(frame: str, *agreement: bool) -> str:
        used.add(frame)
        return agreed(frame, *agreement)

    monkeypatch.setattr(shop, "agreed", noted)
    nouns = "|".join(one.many for one in shop.things.listed(aside=True))
    for kept in ASIDE:
        used.clear()
        text = "\n".join(problem.question for problem in drawn(600, "aside", kept))
        capitals = set(re.findall(r"[A-ZÅØ][a-zåæøéöü]+", text))
        listed = capitals & {*names.listed(), *names.listed(aside=True)}
        assert {names.is_aside(name) for name in listed} == {"name" in kept}
        assert bool(re.search(rf"\b({nouns})\b", text)) == ("thing" in kept)
        assert any(aside.is_aside("frame", one) for one in used) == ("frame" in kept)
        for block in ("buys", "price", "total", "ask"):
            read = aside.choices("frame", blocks("shop_frames.txt")[block], False)
            assert bool(used & {*read}) == ("frame" not in kept)


def test_problems_fit_a_row_and_follow_their_seed():
    tokenizer = SentencePieceTokenizer(FJORD.read_bytes())
    for problem in drawn(300, "rows"):
        assert len(tokenizer.encode(problem.checked("$12"))) < 192
    assert fruit.held_out(5, seed=1) == fruit.held_out(5, seed=1)
    assert fruit.held_out(5, seed=1) != fruit.held_out(5, seed=2)


@pytest.mark.slow
def test_the_pages_have_their_forms_and_nothing_kept_aside():
    texts = fruit.texts(0)
    forms = Counter(
        re.findall(
            r"\n(Answer at once|Step by step|Answer first):(?: \$\d+\. (\w+):)?", t
        )[0]
        for t in texts
    )
    assert forms == {
        ("Answer at once", ""): narrow.AT_ONCE,
        ("Step by step", ""): narrow.STEP_BY_STEP,
        ("Answer first", "Check"): narrow.CHECK,
        ("Answer first", "Because"): narrow.BECAUSE,
    }
    words = set(re.findall(r"\w+", "\n".join(texts)))
    assert not words & {*names.listed(aside=True), *names.invented(aside=True)}
    assert not words & {one.many for one in shop.things.listed(aside=True)}
    essay = fruit.essay().question
    assert not any(text.startswith(essay) for text in texts)
