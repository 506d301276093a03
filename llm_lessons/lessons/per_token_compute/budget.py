"""What one token costs: the same operations for an easy question and for a hard one.

Claim C13: every token gets the same fixed, small amount of computation, and the model
cannot think harder on a hard one. The true wording: the cost grows with the
length of the context, and never with difficulty.

What this project's program does: it reads a prompt in chunks of 64 tokens into a cache
that grows by 64 slots whenever it is full, and each token of the answer looks at all of
it, used or not. So the cost goes up a little at every 64th token; where a program looks
at the text alone, it goes up by the 64th part of that at every token.
"""

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import KVCache, decode_step, make_cache
from llm_lessons.model.parameters import Parameters, init_parameters
from llm_lessons.serving.prefill import prefill_prompts
from llm_lessons.serving.sizes import CHUNK, capacity, whole_chunks

CONTEXT = 2 * CHUNK  # slots of the cache for a question and its answer
STEP = jax.jit(decode_step, static_argnames="config", donate_argnums=2)
JUMPS = re.compile(r"stablehlo\.(while|if|case)\b")


class Operations(NamedTuple):
    """Floating-point operations of one token, by shape: each product and each sum.

    Attributes:
        matrices: the token's stream times every matrix of the model.
        attention: its queries with all keys, and their weights with all values.
    """

    matrices: int
    attention: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.matrices + self.attention


@checked(context=1)
def operations_by_shape(config: ModelConfig, context: int = CONTEXT) -> Operations:
    """Count the multiplications and additions of one token by shape alone.

    Left out are norms, rotary positions, the softmax and sums of two streams: less than
    one operation in a hundred for the class model, than one in a thousand for Llama 3
    405B.

    Args:
        context: how many tokens the new one looks at, itself included.
    """
    c = config
    heads = 2 * c.n_heads + 2 * c.n_kv_heads  # query, output; key, value
    layer = c.d_model * (heads * c.d_head + 3 * c.d_ff)  # gate, up, down
    matrices = 2 * (c.n_layers * layer + c.d_model * c.vocab_size)
    return Operations(matrices, 2 * c.n_layers * 2 * c.n_heads * c.d_head * context)


@checked(context=1)
def operations(model: LanguageModel | ModelConfig, context: int = CONTEXT) -> int:
    """XLA's own count for a model's step: floating-point operations of one token.

    It counts the step as it is handed to the compiler, on every machine alike; what the
    compiler makes of it differs by a few operations in a thousand. Nothing is
    allocated: the shape of a model is enough.

    Args:
        context: slots of the cache; the program takes whole multiples of 64.
    """
    config = model.config if isinstance(model, LanguageModel) else model
    return _operations(config, context)


@cache
def _operations(config: ModelConfig, context: int) -> int:
    params = jax.eval_shape(partial(init_parameters, config=config), jax.random.key(0))
    slots = partial(make_cache, config, jnp.zeros(1, jnp.int32), context)
    return _count(_lower(params, jax.eval_shape(slots), config))


@checked(tokens=1)
def answer_costs(lm: LanguageModel, prompt: str, tokens: int) -> list[int]:
    """Operations of each token of an answer, as `generate` computes them: XLA's count.

    The cost goes up a little whenever the cache grows.

    Args:
        tokens: length of the answer.
    """
    read = whole_chunks(len(lm.encode(prompt)))
    sizes = (capacity(read + token + 1, lm.config) for token in range(tokens))
    return [operations(lm, size) for size in sizes]


def _lower(params: Parameters, cache: KVCache, config: ModelConfig):
    token = jax.ShapeDtypeStruct((1,), jnp.int32)
    return STEP.lower(params, token, cache, config)


def _count(lowered) -> int:
    return round(lowered.cost_analysis()["flops"])


class Question(NamedTuple):
    """What the answer to one prompt costs.

    Attributes:
        context: slots of the cache that it is read into.
        operations: XLA's count for the next token.
    """

    context: int
    operations: int


@dataclass(frozen=True)
class PerToken:
    """One token of the answer to an easy question and to a hard one.

    Attributes:
        easy, hard: what each costs in the very cache that generation makes for it.
        same_program: whether both run the same program, letter for letter.
        jumps: loops and branches in that program, whose work could depend on what is
            asked. With none, there is nothing that more thought could go into.
    """

    easy: Question
    hard: Question
    same_program: bool
    jumps: int

    def sentence(self) -> str:
        easy, hard = (f"{q.operations:,}" for q in (self.easy, self.hard))
        counted = (
            f"{easy} operations after either question"
            if easy == hard
            else f"{easy} operations after the easy question, {hard} after the hard one"
        )
        same = "the same program, letter for letter,"
        if not self.same_program:
            same = "the program for a text of each length,"
        places = f"{self.jumps} places" if self.jumps else "no place"
        return (
            f"For one token of the answer: {counted}. What runs is {same} and it has "
            f"{places} at which it could decide to work on."
        )


@checked()
def per_token(lm: LanguageModel, easy: str, hard: str) -> PerToken:
    """Count the next token after two prompts, each read as generation reads it.

    Prompts that fill the same number of chunks (to 64 tokens, to 128 ...) run the same
    program. A prompt that fills one more pays for that length, whatever it asks.
    """
    counts, programs = [], []
    for prompt in (easy, hard):
        # as `generate` begins
        _, cache = prefill_prompts(lm.params, [lm.encode(prompt)], lm.config, 1)
        lowered = _lower(lm.params, cache, lm.config)
        counts.append(Question(cache.slots, _count(lowered)))
        programs.append(lowered.as_text())
    jumps = sum(len(JUMPS.findall(program)) for program in set(programs))
    return PerToken(counts[0], counts[1], len(set(programs)) == 1, jumps)
