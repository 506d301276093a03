"""The Python side of the counter; what it looks like is tested in a browser."""

from typing import Any

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.measuring.replies import Reply
from llm_lessons.widgets import Effort, questions
from tests import tiny

EASY, HARD = "What is 1 + 1?", "What is 738 x 694, and who has asked for it?"


@pytest.fixture
def prompts(monkeypatch) -> list[str]:
    """What the model was asked; its answers are made up."""
    asked: list[str] = []

    def replies(lm, some):
        asked.extend(some)
        return [Reply(f"{len(one)} letters", 0.5) for one in some]

    monkeypatch.setattr(questions, "replies", replies)
    return asked


def said(counter: Effort, name: str) -> dict[str, Any]:
    return counter._answers[name]["value"]


def ask_hard(counter: Effort, text: str) -> None:
    """As the page does."""
    asked = {**counter._questions, "hard": ["reply", f"{text}\nAnswer at once:"]}
    counter.set_state({"hard": text, "_questions": asked})


def test_the_cost_is_that_of_the_text_that_the_model_reads(prompts):
    lm = tiny.model()
    counter = Effort(lm, EASY, HARD)
    assert prompts == [f"{asked}\nAnswer at once:" for asked in (EASY, HARD)]
    for prompt, cost in zip(prompts, counter.costs.values(), strict=True):
        tokens = len(lm.encode(prompt))
        assert cost == budget.operations_by_shape(lm.config, tokens).total
    easy, hard = (said(counter, name)["tokens"] for name in ("easy", "hard"))
    more = counter.costs["hard"] - counter.costs["easy"]
    assert more == (hard - easy) * counter._back > 0
    prompts.clear()
    ask_hard(counter, "Who?")  # which is read alone
    assert prompts == ["Who?\nAnswer at once:"]
    assert said(counter, "hard")["text"] == "20 letters"


def test_of_one_that_was_refused_at_first_there_is_nothing_but_the_reason(prompts):
    counter = Effort(tiny.model(), "fox " * 10_000, HARD)
    assert set(counter._answers["easy"]) == {"heard", "why"}
    assert [*counter.costs] == ["hard"]
    counter.easy = EASY
    assert [*counter.costs] == ["easy", "hard"]


@pytest.mark.slow
def test_fjord_is_right_about_the_easy_one_and_not_sure_of_the_hard_one():
    """What the lesson says below its toy, and what its quiz says of other words."""
    easy, hard = marbles.held_out(1, 1)[-1], marbles.held_out(9, 6)[-1]
    counter = Effort(load("fjord"), easy.question, hard.question)
    first, second = said(counter, "easy"), said(counter, "hard")
    assert first["text"] == easy.answer and first["chance"] > 0.9
    assert second["text"] != hard.answer and second["chance"] < 0.5
    costs = []
    for words in ("Think very hard.", "Bananas are yellow."):
        counter.hard = f"{words} {hard.question}"
        costs.append(counter.costs["hard"])
    assert abs(costs[0] - costs[1]) <= 2 * counter._back
    assert counter.costs["easy"] < min(costs) < 1.05 * counter.costs["easy"]
