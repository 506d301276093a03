"""The loop: scores, coin, append, again.

All of it is one compiled program. What reads the prompts into a cache, shares out many
texts and goes on in a larger cache is `serving.generate`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import no_type_check

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int

from llm_lessons.decoding.sampling import Settings, coin, sample
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import KVCache, decode_step
from llm_lessons.model.parameters import Parameters

# Tokens that end a text, at least: fewer are repeated, for with another number of them
# all would be compiled anew.
STOPS = 4


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class State:
    """What the loop carries from token to token."""

    step: Int[Array, ""]
    logits: Float[Array, "B V"]
    cache: KVCache
    drawn: Int[Array, "B slots"]
    done: Bool[Array, " B"]


@partial(jax.jit, static_argnames="config", donate_argnames=("logits", "cache"))
def loop(
    params: Parameters,
    logits: Float[Array, "B V"],
    cache: KVCache,
    settings: Settings,
    done: Bool[Array, " B"],
    limits: Int[Array, " B"],
    stops: Int[Array, " stops"],
    config: ModelConfig,
) -> State:
    """Draw until the cache is full, or every row has drawn a stop or its limit.

    Takes the scores after the prompts and the cache that they were read into; both are
    given up. `limits` are the most tokens to draw, a row. The settings are arrays; a
    row's coin depends on its seed and its position in the text alone. Returns all that
    it carries: XLA then writes the cache where it lies.
    """
    capacity = cache.slots

    def goes_on(state: State):
        return ~jnp.all(state.done) & (state.cache.length < capacity)

    def one_token(state: State) -> State:
        position = state.cache.length - state.cache.start
        u = coin(jnp.asarray(settings.seed), position)
        token = sample(state.logits, u, settings)
        # A text that has ended is filled up with a stop, and so stays ended.
        token = jnp.where(state.done, stops[0], token)
        place = (0, state.step)
        drawn = jax.lax.dynamic_update_slice(state.drawn, token[:, None], place)
        logits, cache = decode_step(params, token, state.cache, config)
        step = state.step + 1
        return State(
            step, logits, cache, drawn, jnp.isin(token, stops) | (step >= limits)
        )

    nothing = jnp.full((logits.shape[0], capacity), stops[0], jnp.int32)
    begin = State(jnp.zeros((), jnp.int32), logits, cache, nothing, done | (limits < 1))
    return jax.lax.while_loop(goes_on, one_token, begin)


def stop_tokens(stops: Sequence[int]) -> Int[np.ndarray, " stops"]:
    """The tokens that end a text, one or more, as `loop` takes them."""
    return np.resize(np.array(stops, np.int32), max(STOPS, len(stops)))
