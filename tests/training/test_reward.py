"""Rewards turn the knobs as calculus says, and nothing but a reward turns any."""

import math
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training.fit import fingerprint
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import forward
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.training.answers import ALIKE, Answer, Step, Text, judged, packed
from llm_lessons.training.reward import RewardTrainer, advantages, gradient
from tests import tiny
from tests.refused import refused

pytestmark = pytest.mark.slow

PROMPT, STOP, V = [1, 4, 13, 6, 2, 7, 5, 3, 10, 14], 1, tiny.TRAINED.vocab_size
PROBLEMS = ["The fox found", "Anna paid $12 for"]


def expected(params: Parameters, rewards: np.ndarray) -> tuple[jax.Array, jax.Array]:
    """The mean reward over all answers, and the chance of each: [first, second].

    An answer has two tokens, or a stop alone, which stands at [STOP, 0].
    """
    firsts = jnp.arange(V)[:, None]
    read = jnp.concatenate([jnp.tile(jnp.array(PROMPT), (V, 1)), firsts], axis=1)
    odds = jax.nn.softmax(forward(params, read, tiny.TRAINED))
    first, second = odds[0, -2], odds[:, -1]
    both = jnp.where(firsts == STOP, 0.0, first[:, None] * second)
    chances = both.at[STOP, 0].set(first[STOP])
    return jnp.sum(chances * rewards), chances


def test_over_all_answers_the_slopes_are_those_of_the_mean_reward():
    params = tiny.random_parameters(tiny.TRAINED)
    rewards = np.random.default_rng(0).normal(size=(V, V)).astype(np.float32)
    exact, chances = jax.jit(jax.grad(expected, has_aux=True))(params, rewards)
    chances, texts, weights = np.asarray(chances), [], []
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    for x, y in np.argwhere(chances > 0).tolist():
        answer = [STOP] if x == STOP else [x, y]
        texts.append(Text([*PROMPT, *answer], len(PROMPT)))
        weights.append(float(chances[x, y] * rewards[x, y]))
    batches = packed(texts, weights)
    assert len(texts) == 1 + (V - 1) * V and len(batches) > 1
    parts = [gradient(params, rows, tiny.TRAINED) for rows in batches]
    found = jax.tree.map(lambda *slopes: -sum(slopes), *parts)
    close = partial(np.testing.assert_allclose, rtol=1e-3, atol=1e-4)
    jax.tree.map(close, found, exact)
    assert sum(float((x * x).sum()) for x in jax.tree.leaves(found)) > 1e-4


@given(st.lists(st.lists(st.integers(-30, 30), min_size=3, max_size=3), min_size=1))
def test_advantages_are_those_of_the_formula(tenths: list[list[int]]):
    rewards = np.array(tenths) / 10
    found = advantages(rewards)
    for own, group in zip(found, rewards.tolist(), strict=True):
        mean = sum(group) / 3
        spread = math.sqrt(sum((x - mean) ** 2 for x in group) / 3)
        alike = len(set(group)) == 1
        right = [0.0 if alike else (x - mean) / spread for x in group]
        assert own.tolist() == (right if alike else pytest.approx(right, abs=1e-9))
    np.testing.assert_allclose(advantages(1000 * rewards - 7), found, atol=1e-9)


def holds_e(text: str) -> bool:
    return "e" in text


def trainer(reward: Callable[..., Any] = holds_e, **settings: Any) -> RewardTrainer:
    """The tiny model, about to learn; two groups of 16 short answers a step."""
    settings = {"groups": 2, "size": 16, "longest": 3, "rate": 0.02} | settings
    return RewardTrainer(tiny.model(), PROBLEMS, reward, **settings)


def test_answers_are_drawn_as_texts_are_and_a_stop_is_a_part_of_them():
    lm, tokenizer = tiny.model(), SentencePieceTokenizer(tiny.tokenizer().model)
    stop = int(lm.logits(PROBLEMS[0]).argmax())  # one that is often drawn
    tokenizer.stops = (stop,)
    lm = LanguageModel("tiny", lm.config, lm.params, tokenizer)
    texts = RewardTrainer(lm, PROBLEMS, holds_e, longest=6).drawn([0, 1] * 20, seed=5)
    ended = [text.drawn[-1] == stop for text in texts]
    assert {len(text.drawn) for text in texts if text.drawn[-1] != stop} == {6}
    assert any(len(text.drawn) < 6 for text in texts)
    bare = [t.drawn[: len(t.drawn) - end] for t, end in zip(texts, ended, strict=True)]
    assert not any(stop in row for row in bare)
    said = [tokenizer.decode(row) for row in bare]
    assert said == lm.batch(PROBLEMS * 20, 6, seed=5)
    prompts = [text.tokens[: text.given] for text in texts]
    assert prompts == [lm.encode(problem) for problem in PROBLEMS] * 20


def test_what_is_rewarded_becomes_likelier_and_the_model_stays_as_it_was():
    lm, before = tiny.model(), fingerprint(tiny.model().params)
    pieces = range(lm.config.vocab_size)
    good = np.array([holds_e(lm.tokenizer.decode([i])) for i in pieces])

    def chance(lm: LanguageModel) -> float:
        return float(np.asarray(jax.nn.softmax(lm.logits(PROBLEMS[0])))[good].sum())

    one = trainer(longest=1)
    steps = list(one.run(10))
    assert [step.number for step in steps] == list(range(1, 11))
    assert {len(step.answers) for step in steps} == {32}
    assert 0.01 < chance(lm) < 0.7 and chance(one.model()) > chance(lm) + 0.2
    assert fingerprint(lm.params) == before != fingerprint(one.params)


def test_a_seed_repeats_bit_for_bit_stopped_or_put_back():
    def run(one: RewardTrainer, *parts: int) -> tuple[list, str]:
        answers = [step.answers for steps in parts for step in one.run(steps)]
        return answers, fingerprint(one.params)

    other, whole = trainer(seed=3), run(trainer(seed=3), 4)
    assert run(other, 1, 3) == whole
    other.put_back()
    assert fingerprint(other.params) == fingerprint(tiny.model().params)
    assert run(other, 4) == whole
    assert run(trainer(seed=4), 4)[0] != whole[0]


def test_a_reward_that_fails_or_tells_nothing_apart_costs_nothing():
    one, number = trainer(), "must be a number"
    first = one.step()
    assert first.learned and first.note == ""
    kept = one.params
    wrong: list[tuple[Any, str]] = [
        (lambda text: 1 / 0, "ZeroDivisionError: 'division by zero'"),
        (lambda text: sys.exit(), "SystemExit"),
        (lambda problem, text, more: 1, "TypeError"),
        *((lambda text, x=x: x, number) for x in ("good", 10**400, 1e200, math.nan)),
        ("no function", "must be a function"),
    ]
    for reward, said in wrong:
        one.reward = reward
        assert said in refused(one.step)
        assert one.params is kept and one.steps == 1
    one.reward = lambda problem, text: holds_e(text) and problem in PROBLEMS
    second = one.step()
    assert second.answers == list(trainer().run(2))[1].answers
    problem, text, _ = second.answers[0]
    for reward in (
        lambda text, *_: holds_e(text),
        lambda problem, text, **_: holds_e(text),
    ):
        assert judged(reward, problem, text).reward == holds_e(text)
    # where all of a group are alike, nothing changes
    kept = one.params
    alike = [(lambda text: 0.1, 0.1), (lambda asked, text: asked == PROBLEMS[0], 0.5)]
    for reward, mean in alike:
        one.reward = reward
        step = one.step()
        assert step.note == ALIKE and step.reward == pytest.approx(mean)
        assert one.params is kept
    assert one.steps == 4


def test_a_step_tells_its_forms_and_what_can_not_be_asked_is_refused():
    one = Problem("How many?", ("1 + 1 = 2.",), "2")
    written = [one.at_once, one.after_dots, one.step_by_step, one.at_once, "Two."]
    answers = [
        Answer(one, text.removeprefix("How many?\n"), i)
        for i, text in enumerate(written)
    ]
    step = Step(1, answers, 0.5, True)
    shares = {"at once": 0.4, "after dots": 0.2, "step by step": 0.2, "otherwise": 0.2}
    assert step.forms == shares and step.examples == answers[:3]
    ask = partial(RewardTrainer, tiny.model())
    assert "at least one" in refused(lambda: ask([], holds_e))
    fills = "\n" * (tiny.CONFIG.max_seq_len - 1)
    assert "fills the model's window" in refused(lambda: ask([fills], holds_e))
    assert "size must be" in refused(lambda: ask(PROBLEMS, holds_e, size=1))
    assert "rate must be" in refused(lambda: ask(PROBLEMS, holds_e, rate=math.nan))
