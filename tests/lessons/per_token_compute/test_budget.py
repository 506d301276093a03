"""Operations of a token: by shape, by XLA, and by the traced program."""

import math
from functools import partial

import jax
import jax.numpy as jnp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import decode_step, make_cache
from llm_lessons.model.parameters import init_parameters
from tests import tiny
from tests.tiny import FJORD


@st.composite
def configs(draw) -> ModelConfig:
    kv_heads = draw(st.integers(1, 3))
    return ModelConfig(
        vocab_size=draw(st.integers(8, 60)),
        d_model=draw(st.integers(4, 40)),
        n_layers=draw(st.integers(1, 3)),
        n_heads=kv_heads * draw(st.integers(1, 3)),
        n_kv_heads=kv_heads,
        d_head=2 * draw(st.integers(1, 8)),
        d_ff=draw(st.integers(4, 50)),
        rope_theta=10_000.0,
        norm_eps=1e-5,
        tie_embeddings=draw(st.booleans()),
        max_seq_len=64,
    )


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


# Types are checked in tests, and of a tuple an item that is drawn by `random`.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(max_examples=8)
@given(configs(), st.integers(1, 130))
def test_the_formula_counts_every_dot_product_of_the_program(config, context):
    by_shape = budget.operations_by_shape(config, context)
    assert by_shape.total == products_in_the_program(config, context)


@pytest.mark.parametrize(("config", "extra"), [(tiny.CONFIG, 0.15), (FJORD, 0.01)])
def test_xla_counts_a_little_more_than_the_dot_products(config, extra):
    by_shape = budget.operations_by_shape(config, 64).total
    assert by_shape < budget.operations(config, 64) < (1 + extra) * by_shape


def test_easy_and_hard_questions_cost_the_same():
    lm = load("fjord")
    easy = marbles.held_out(1, 1)[0].at_once_prompt
    for hard in (marbles.held_out(9, 6)[-1], fruit.held_out(1)[0]):
        found = budget.per_token(lm, easy, hard.at_once_prompt)
        assert len(lm.encode(hard.at_once_prompt)) > len(lm.encode(easy))
        assert found.easy.operations == found.hard.operations
        assert found.easy.operations == budget.operations(lm)
        assert found.same_program and found.jumps == 0


def test_a_longer_text_costs_more_whatever_it_asks():
    lm = tiny.model()
    short, long = "3 pears", "3 pears " * 15
    found = budget.per_token(lm, short, long)
    assert (found.easy.context, found.hard.context) == (128, 192)
    assert len(lm.encode(short)) <= 64 < len(lm.encode(long))
    assert found.easy.operations == budget.operations(lm, 128)
    assert found.hard.operations == budget.operations(lm, 192)
    assert not found.same_program


def test_a_loop_or_a_branch_would_be_seen():
    def thinks_on(x):
        return jax.lax.while_loop(lambda x: x < 9, lambda x: 2 * x, x)

    def chooses(x):
        return jax.lax.cond(x > 0, lambda x: x, lambda x: -x, x)

    for function, jumps in ((thinks_on, 1), (chooses, 1), (jnp.exp, 0)):
        program = jax.jit(function).lower(1.0).as_text()
        assert len(budget.JUMPS.findall(program)) == jumps


def test_the_answer_is_counted_token_by_token():
    lm = load("fjord")
    prompt = marbles.held_out(1, 8)[0].step_prompt
    costs = budget.answer_costs(lm, prompt, 70)
    assert 64 < len(lm.encode(prompt)) <= 128
    assert costs[:64] == 64 * [budget.operations(lm, 192)]
    assert costs[64:] == 6 * [budget.operations(lm, 256)]
