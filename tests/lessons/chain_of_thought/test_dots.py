"""Dots against steps, by writers that are known and by Fjord."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.chain_of_thought import dots
from llm_lessons.measuring import kept

QUESTIONS = 20


def test_as_many_dots_are_written_as_the_steps_have_tokens():
    tokenizer = load("fjord").tokenizer
    problems = marbles.held_out(QUESTIONS, 6)
    steps = [len(tokenizer.encode(" " + " ".join(p.steps))) for p in problems]
    found = kept.find(dots.THREE_WAYS, [load("fjord")]).result
    assert found.dots == pytest.approx(sum(steps) / len(steps), rel=0.05)
