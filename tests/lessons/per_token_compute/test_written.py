"""Answers token by token: their cost and their odds, each counted another way too."""

import numpy as np
import pytest

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import budget, written
from tests.known import Known

PROBLEMS = [*marbles.held_out(2, 1), *marbles.held_out(2, 6), fruit.essay()]
TEXTS = {p.at_once_prompt: f" {p.answer}." for p in PROBLEMS} | {
    p.step_prompt: p.step_by_step.removeprefix(p.step_prompt) for p in PROBLEMS
}


@pytest.mark.parametrize("stepwise", [False, True])
def test_a_text_is_its_tokens_and_its_answer(stepwise):
    lm = Known(TEXTS.__getitem__)
    texts = written.write(lm, PROBLEMS, stepwise)
    for problem, text in zip(PROBLEMS, texts, strict=True):
        assert text.right and text.answer == problem.answer
        assert lm.tokenizer.decode(text.tokens) == text.text == TEXTS[text.prompt]
        # each token costs what generation spends on it
        counted = budget.per_token(lm, text.prompt, text.prompt)
        assert len(text.costs) == len(text.tokens)
        slots = counted.easy.context
        for i, cost in enumerate(text.costs):  # the cache grows when it is full
            assert cost == budget.operations(lm, slots + i // 64 * 64)


def test_wrong_and_missing_answers_are_told():
    endings = iter([" 98.", " 1 + 1 = 2. Answer: 97.", " 1 + 1 = 2. 2 + 2 ="])
    lm = Known(lambda prompt: next(endings))
    (at_once,) = written.write(lm, PROBLEMS[:1], stepwise=False)
    assert (at_once.answer, at_once.right) == ("98", False)
    ended, open_ = written.write(lm, PROBLEMS[:2], stepwise=True)
    assert (ended.answer, open_.answer) == ("97", "")
    assert not ended.right and not open_.right
    assert written.sureness(lm, [open_]) == [0]


@pytest.mark.slow
def test_odds_are_those_of_the_answers_tokens_one_by_one():
    lm = load("fjord")
    texts = written.write(lm, PROBLEMS[1:3], stepwise=False)
    texts += written.write(lm, PROBLEMS[3:], stepwise=True)
    for text, sure in zip(texts, written.sureness(lm, texts), strict=True):
        ending = f" {text.answer}."
        so_far = text.prompt + text.text[: text.text.rindex(ending)]
        chance = 1.0
        for token in lm.tokenizer.encode(ending):
            scores = lm.logits(so_far).astype(float)
            chance *= float(np.exp(scores[token] - np.logaddexp.reduce(scores)))
            so_far += lm.tokenizer.pieces[token]
        assert sure == pytest.approx(chance, rel=1e-3)
