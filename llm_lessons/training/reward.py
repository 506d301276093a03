"""Learning from rewards: the model answers, a plain function judges, the odds shift.

A step draws a group of answers to each of some problems. The tokens of an answer become
likelier if its reward was above its group's mean, and less likely if below: REINFORCE
(Williams 1992, Machine Learning 8, pages 229 to 256) with the groups of GRPO (Shao and
others 2024, arXiv 2402.03300). Each answer is learned from once, by the weights that
drew it, so the ratio that GRPO clips is 1; the gradient is clipped instead. Nothing
pulls back to the first weights, and an answer's length divides nothing (Liu and others
2025, arXiv 2503.20783, say why).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float

from llm_lessons.decoding.sampling import Settings
from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation import machine
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import forward
from llm_lessons.serving.generate import generate
from llm_lessons.training.answers import Rows, Step, Text, judged, packed, prompts_of

OPTIMIZER = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam())


def advantages(rewards: Float[np.ndarray, "G S"]) -> Float[np.ndarray, "G S"]:
    """(reward - mean) / standard deviation, by groups of S; 0 where all are alike."""
    span = np.ptp(rewards, axis=1, keepdims=True)
    # From 0 to 1 first: so equal rewards give 0, however their mean is rounded.
    scaled = (rewards - rewards.min(axis=1, keepdims=True)) / np.where(span, span, 1)
    spread = scaled.std(axis=1, keepdims=True)
    return (scaled - scaled.mean(axis=1, keepdims=True)) / np.where(span, spread, 1)


@partial(jax.jit, static_argnames="config")
def gradient(params: Parameters, rows: Rows, config: ModelConfig) -> Parameters:
    """The slopes of the loss: surprise (nats) times weight, summed over all tokens."""

    def loss(params):
        logits = forward(params, rows.read, config, rows.starts)
        surprise = optax.softmax_cross_entropy_with_integer_labels(logits, rows.drawn)
        return jnp.sum(rows.weight * surprise)

    return jax.grad(loss)(params)


@jax.jit
def turned(params: Parameters, state: Any, slopes: Any, rate: Array):
    """Every knob turned a little against its slope, by Adam; and Adam's new state."""
    turns, state = OPTIMIZER.update(slopes, state)
    return jax.tree.map(lambda knob, turn: knob - rate * turn, params, turns), state


class RewardTrainer:
    """A copy of a model that learns from rewards; the model itself stays as it is.

    Args:
        problems: what is asked; a plain text is gone on with as it stands.
        reward: `reward(text)` or `reward(problem, text)`: a number, True or False.
        groups, size: problems a step, and answers to each.
        rate: about how far a step turns each knob.
        longest: tokens of an answer, at most.
        seed: of the choice of problems and of the coins.

    Raises:
        ValueError: something means nothing, or a problem leaves no room to answer.
    """

    @checked(groups=1, size=2, rate=0, longest=1, seed=0)
    def __init__(
        self,
        lm: LanguageModel,
        problems: Sequence[Problem | str],
        reward: Callable[..., Any],
        groups: int = 8,
        size: int = 8,
        rate: float = 2e-4,
        longest: int = 96,
        seed: int = 0,
    ):
        self.lm, self.problems, self.reward = lm, problems, reward
        self.groups, self.size, self.rate, self.seed = groups, size, rate, seed
        self.prompts = prompts_of(problems, lm.encode, lm.config.max_seq_len, longest)
        self.put_back()

    def put_back(self) -> None:
        """Forget what was learned: begin again with the weights of `lm`."""
        self.params = jax.tree.map(jnp.float32, self.lm.params)
        self._state, self.steps = OPTIMIZER.init(self.params), 0

    def model(self) -> LanguageModel:
        """The model as it is now; later steps don't change it."""
        return self.lm.with_params(self.params)

    @checked(steps=1)
    def run(self, steps: int) -> Iterator[Step]:
        """So many steps more. To stop, ask for no more; another run goes on."""
        for _ in waited(range(steps), "learning from rewards", is_all=True):
            yield self.step()

    def step(self) -> Step:
        """Draw, judge, compare, learn. Where a reward fails (ValueError), all stays."""
        began, dice = time.monotonic(), np.random.default_rng((self.seed, self.steps))
        count = len(self.prompts)
        chosen = dice.choice(count, self.groups, replace=count < self.groups)
        places = chosen.repeat(self.size).tolist()
        texts = self.drawn(places, int(dice.integers(2**32)))
        asked = [self.problems[i] for i in places]
        said = [self.lm.tokenizer.decode(text.drawn) for text in texts]
        answers = [judged(self.reward, *pair) for pair in zip(asked, said, strict=True)]
        rewards = np.reshape(
            [answer.reward for answer in answers], (self.groups, self.size)
        )
        worth = advantages(rewards).ravel() / len(answers)
        if learned := bool(worth.any()):
            self._learn(texts, worth.tolist())
        self.steps += 1
        return Step(self.steps, answers, time.monotonic() - began, learned)

    def drawn(self, places: Sequence[int], seed: int) -> list[Text]:
        """An answer to the problem at each place, at temperature 1."""
        given, limits = zip(*(self.prompts[i] for i in places), strict=True)
        stop, coin = self.lm.tokenizer.stops[0], Settings(seed=seed)
        rows = generate(self.params, given, self.lm.config, coin, limits, (stop,))
        # A row below its limit drew the stop, which is learned like any other token.
        return [
            Text([*prompt, *row, *[stop] * (len(row) < limit)], len(prompt))
            for prompt, row, limit in zip(given, rows, limits, strict=True)
        ]

    def _learn(self, texts: Sequence[Text], worth: Sequence[float]) -> None:
        """One step down the slopes; a text that is worth 0 has none and isn't read."""
        part = partial(gradient, self.params, config=self.lm.config)
        # XLA does some of a gradient on a single processor, so each has one at a time.
        with ThreadPoolExecutor(machine.processors()) as pool:
            slopes = reduce(optax.tree.add, pool.map(part, packed(texts, worth)))
        new = turned(self.params, self._state, slopes, self.rate)
        self.params, self._state = jax.block_until_ready(new)
