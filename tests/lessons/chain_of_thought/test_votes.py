"""Majorities, against their definition and by the binomial law."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.lessons.chain_of_thought import votes
from llm_lessons.loading import load

PROBLEMS = fruit.held_out(60, seed=7)
ANSWERS = st.lists(st.sampled_from(["$1", "$2", "$3", ""]), min_size=1, max_size=15)


class Chance:
    """Right with a chance of its own at every draw, else always wrong alike."""

    def __init__(self, chance: float):
        self.chance = chance
        self.answers = {p.step_prompt: p.answer for p in PROBLEMS}
        self.answers |= {p.at_once_prompt: p.answer for p in PROBLEMS}

    def batch(self, prompts, max_tokens, temperature, seed):
        return [
            self.write(prompt, random.Random(seed + row))
            for row, prompt in enumerate(prompts)
        ]

    def write(self, prompt: str, dice: random.Random) -> str:
        right = dice.random() < self.chance
        answer = self.answers[prompt] if right else "$99"
        steps = " 1 + 1 = 2. Answer:" if prompt.endswith("Step by step:") else ""
        return f"{steps} {answer}."


@given(ANSWERS)
def test_no_answer_is_commoner_than_the_majoritys(answers):
    winner = votes.majority(answers)
    named = [answer for answer in answers if answer]
    if named:
        counts = {answer: named.count(answer) for answer in named}
        assert counts[winner] == max(counts.values())
        ties = [answer for answer in named if counts[answer] == counts[winner]]
        assert winner == ties[0]
    else:
        assert winner == ""


@pytest.mark.parametrize("stepwise", [True, False])
def test_a_majority_is_right_as_often_as_the_binomial_law_says(stepwise):
    chance = 0.7
    found = votes.majority_vote(
        Chance(chance),  # type: ignore[arg-type]
        PROBLEMS,
        stepwise=stepwise,
    )
    assert list(found) == [1, 5, 15]
    for size, measured in found.items():
        most = range(size // 2 + 1, size + 1)
        expected = sum(
            math.comb(size, n) * chance**n * (1 - chance) ** (size - n) for n in most
        )
        assert measured.share == pytest.approx(expected, abs=0.06)
        assert measured.n == len(PROBLEMS)  # groups of one problem are one case


def test_every_chain_flips_its_own_coins_and_none_is_lost():
    lm = Chance(0.5)
    drawn = votes.drawn_answers(lm, PROBLEMS, 15)  # type: ignore[arg-type]
    assert [len(answers) for answers in drawn] == [15] * len(PROBLEMS)
    for answers, problem in zip(drawn, PROBLEMS, strict=True):
        assert set(answers) == {problem.answer, "$99"}
    # The same as in one piece: where it is cut changes nothing.
    prompts = [p.step_prompt for p in PROBLEMS for _ in range(15)]
    texts = lm.batch(prompts, 1, 1.0, 0)
    flat = [answer for answers in drawn for answer in answers]
    assert [text.rpartition(" ")[2] for text in texts] == [f"{a}." for a in flat]


def test_a_group_that_is_not_full_does_not_vote():
    assert votes.groups_right(["$3", "$3", "$4", "$4", "$4"], 2, "$3") == 0.5
    assert votes.groups_right(["$3", "$4", "$3"], 3, "$3") == 1


def test_fjord_draws_answers_to_vote_on():
    problems = marbles.held_out(6, 3)
    drawn = votes.drawn_answers(load("fjord"), problems, 3, temperature=0.7)
    right = [p.answer in answers for p, answers in zip(problems, drawn, strict=True)]
    assert sum(right) >= 4
