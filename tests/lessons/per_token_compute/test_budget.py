"""Operations of a token: by shape, by XLA, and by the traced program."""

import math
from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import pytest

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import decode_step, make_cache
from llm_lessons.model.parameters import init_parameters
from tests import tiny
from tests.tiny import FJORD


def products_in_the_program(config: ModelConfig, context: int) -> int:
    """Twice the products of every dot product in the traced step: another way."""
    params = jax.eval_shape(partial(init_parameters, config=config), jax.random.key(0))
    start = jnp.zeros(1, jnp.int32)
    cache = jax.eval_shape(lambda: make_cache(config, start, context))
    step = partial(decode_step, config=config)
    closed = jax.make_jaxpr(step)(params, jnp.zeros(1, jnp.int32), cache)

    def count(jaxpr) -> int:
        total = 0
        for equation in jaxpr.eqns:
            if equation.primitive.name == "dot_general":
                ((contracted, _), _) = equation.params["dimension_numbers"]
                shape = equation.invars[0].aval.shape
                inner = math.prod(shape[axis] for axis in contracted)
                total += 2 * inner * math.prod(equation.outvars[0].aval.shape)
            for value in equation.params.values():
                inner_jaxpr = getattr(value, "jaxpr", value)
                if hasattr(inner_jaxpr, "eqns"):
                    total += count(inner_jaxpr)
        return total

    return count(closed.jaxpr)


UNTIED = replace(tiny.CONFIG, tie_embeddings=False, n_heads=6, n_kv_heads=2, d_ff=41)


@pytest.mark.parametrize(
    ("config", "extra"), [(tiny.CONFIG, 0.15), (UNTIED, 0.15), (FJORD, 0.01)]
)
def test_the_formula_counts_all_dot_products_and_xla_a_little_more(config, extra):
    by_shape = budget.operations_by_shape(config, 64).total
    assert by_shape == products_in_the_program(config, 64)
    assert by_shape < budget.operations(config, 64) < (1 + extra) * by_shape
    for context in (1, 130):
        by_shape = budget.operations_by_shape(config, context).total
        assert by_shape == products_in_the_program(config, context)


def test_easy_and_hard_questions_cost_the_same_and_a_longer_text_more():
    lm = load("fjord")
    easy = marbles.held_out(1, 1)[0].at_once_prompt
    for hard in (marbles.held_out(9, 6)[-1], fruit.held_out(1)[0]):
        found = budget.per_token(lm, easy, hard.at_once_prompt)
        assert len(lm.encode(hard.at_once_prompt)) > len(lm.encode(easy))
        assert found.easy.operations == found.hard.operations
        assert found.easy.operations == budget.operations(lm)
        assert found.same_program and found.jumps == 0
    lm = tiny.model()
    short, long = "3 pears", "3 pears " * 15
    found = budget.per_token(lm, short, long)
    assert (found.easy.context, found.hard.context) == (128, 192)
    assert found.hard.operations == budget.operations(lm, 192)
    assert not found.same_program


def test_a_loop_or_a_branch_would_be_seen():
    def thinks_on(x):
        return jax.lax.while_loop(lambda x: x < 9, lambda x: 2 * x, x)

    for function, jumps in ((thinks_on, 1), (jnp.exp, 0)):
        program = jax.jit(function).lower(1.0).as_text()
        assert len(budget.JUMPS.findall(program)) == jumps


def test_the_answer_is_counted_token_by_token():
    lm = load("fjord")
    prompt = marbles.held_out(1, 8)[0].step_prompt
    costs = budget.answer_costs(lm, prompt, 70)
    assert 64 < len(lm.encode(prompt)) <= 128
    assert costs[:64] == 64 * [budget.operations(lm, 192)]
    assert costs[64:] == 6 * [budget.operations(lm, 256)]
