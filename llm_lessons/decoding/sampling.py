"""From scores to one token: the temperature, the cuts, and the flip of a biased coin.

Pure functions over the last axis, which is the vocabulary. They are applied in the
order in which the lessons teach them: scale by the temperature, keep the k likeliest,
keep the likeliest that make up a share p, keep those that come near the likeliest,
flip. (Hugging Face's transformers have the same order.) Cutting a token sets its score
to minus infinity, so its probability is exactly zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import no_type_check

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.foundation import checks


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the next token is drawn, in one object; None is no cut."""

    temperature: float | Float[Array, ""] = 1.0
    top_k: int | Int[Array, ""] | None = None
    top_p: float | Float[Array, ""] | None = None
    min_p: float | Float[Array, ""] | None = None
    seed: int | Int[Array, " B"] = 0

    def arrays(self, places: Sequence[int] = (0,)) -> "Settings":
        """The same as arrays, so that changing one never compiles anew.

        A row flips with the seed and its place among all texts added up.
        """
        everything = np.iinfo(np.int32).max
        # Any whole number is a seed, though only 32 bits of it reach the coin.
        seeds = [(self.seed + place) % 2**32 for place in places]
        return Settings(
            temperature=jnp.float32(self.temperature),
            top_k=jnp.int32(min(self.top_k or everything, everything)),
            top_p=jnp.float32(1.0 if self.top_p is None else self.top_p),
            min_p=jnp.float32(self.min_p or 0.0),
            seed=jnp.asarray(np.array(seeds, np.uint32).view(np.int32)),
        )


OWN_ODDS = Settings()


def softmax(logits: Float[Array, "*batch V"]) -> Float[Array, "*batch V"]:
    """Turn scores into probabilities that add to one."""
    return jax.nn.softmax(logits, axis=-1)


def scale(
    logits: Float[Array, "*batch V"], temperature: float | Float[Array, ""]
) -> Float[Array, "*batch V"]:
    """Divide by the temperature: below 1 sharpens the odds, above 1 flattens them.

    Args:
        logits: scores.
        temperature: above zero; for zero take the likeliest token instead.

    Raises:
        ValueError: a temperature that is not above 0.
    """
    if not isinstance(temperature, jax.Array):
        above = "a number above 0, for example 0.8"
        checks.number("temperature", temperature, lambda found: found > 0, above)
    return logits / temperature


def _ordered(x: Float[Array, "*batch V"]) -> Int[Array, "*batch V"]:
    """Map floats to integers of the same order, so that a bisection is exact."""
    bits = jax.lax.bitcast_convert_type(x, jnp.int32)
    # A float is a sign and a size; both zeros have size 0, so they tie.
    return jnp.where(bits < 0, -(bits & 0x7FFFFFFF), bits)


def _largest(keeps_enough, shape) -> Int[Array, "*batch 1"]:
    """The largest int32 threshold that still `keeps_enough`, found bit by bit."""

    def try_bit(i, threshold):
        higher = threshold + (jnp.int32(1) << (30 - i))
        return jnp.where(keeps_enough(higher), higher, threshold)

    lowest = jnp.full((*shape, 1), jnp.iinfo(jnp.int32).min)
    # The sign bit first: as a number, it is the step from the lowest to zero.
    zero = jnp.zeros_like(lowest)
    threshold = jnp.where(keeps_enough(zero), zero, lowest)
    return jax.lax.fori_loop(0, 31, try_bit, threshold)


def keep_top_k(
    logits: Float[Array, "*batch V"], k: int | Int[Array, ""]
) -> Float[Array, "*batch V"]:
    """Cut all but the k highest scores (tokens that tie with the last one stay).

    The lowest that stays is `jnp.sort(logits)[..., -k]`. It is found by bisection over
    its bits: 32 passes that count, where a sort of a large vocabulary would cost more
    than a small layer of the model.
    """
    order = _ordered(logits)

    def keeps_enough(threshold):
        return jnp.sum(order >= threshold, axis=-1, keepdims=True) >= k

    threshold = _largest(keeps_enough, logits.shape[:-1])
    return jnp.where(order >= threshold, logits, -jnp.inf)


def keep_top_p(
    logits: Float[Array, "*batch V"], p: float | Float[Array, ""]
) -> Float[Array, "*batch V"]:
    """Keep the likeliest tokens that together reach probability p (arXiv 1904.09751).

    The set is the smallest that reaches p, but for tokens that tie with its last one.
    """
    probabilities = softmax(logits)
    order = _ordered(probabilities)
    # A p so small that it rounds to zero still keeps the likeliest.
    p = jnp.maximum(p, jnp.finfo(jnp.float32).tiny)

    def keeps_enough(threshold):
        kept = jnp.where(order >= threshold, probabilities, 0.0)
        return jnp.sum(kept, axis=-1, keepdims=True) >= p

    threshold = _largest(keeps_enough, logits.shape[:-1])
    return jnp.where(order >= threshold, logits, -jnp.inf)


def keep_min_p(
    logits: Float[Array, "*batch V"], p: float | Float[Array, ""]
) -> Float[Array, "*batch V"]:
    """Keep tokens at least p times as likely as the likeliest (arXiv 2407.01082)."""
    probabilities = softmax(logits)
    least = p * probabilities.max(axis=-1, keepdims=True)
    return jnp.where(probabilities >= least, logits, -jnp.inf)


def cut(
    logits: Float[Array, "*batch V"], settings: Settings
) -> Float[Array, "*batch V"]:
    """Scale by the temperature, which is above 0, then cut what the settings cut.

    A setting may be a traced value: a cut that keeps everything is skipped when it
    runs, so that no setting recompiles.
    """
    temperature = jnp.float32(settings.temperature)
    k = logits.shape[-1] if settings.top_k is None else settings.top_k
    top_p = 1.0 if settings.top_p is None else settings.top_p
    min_p = 0.0 if settings.min_p is None else settings.min_p
    # Only differences count: with the highest at zero, a tiny temperature can't divide
    # it to infinity.
    x = scale(logits - logits.max(axis=-1, keepdims=True), temperature)
    x = jax.lax.cond(k < x.shape[-1], lambda x: keep_top_k(x, k), lambda x: x, x)
    x = jax.lax.cond(top_p < 1.0, lambda x: keep_top_p(x, top_p), lambda x: x, x)
    return jax.lax.cond(min_p > 0.0, lambda x: keep_min_p(x, min_p), lambda x: x, x)


def odds(
    logits: Float[Array, "*batch V"], settings: Settings
) -> Float[Array, "*batch V"]:
    """The probabilities by which `sample` draws; at temperature 0 one of them is 1."""

    def likeliest(logits):
        return jax.nn.one_hot(
            jnp.argmax(logits, axis=-1), logits.shape[-1], dtype=logits.dtype
        )

    def chances(logits):
        return softmax(cut(logits, settings))

    return jax.lax.cond(settings.temperature == 0.0, likeliest, chances, logits)


def flip(
    logits: Float[Array, "*batch V"], u: Float[Array, " *batch"]
) -> Int[Array, " *batch"]:
    """The biased coin: lay the probabilities end to end and take the one that u hits.

    Args:
        logits: scores; minus infinity is never drawn.
        u: one uniform number in [0, 1) a row: the coin.
    """
    probabilities = softmax(logits)
    ends = jnp.cumsum(probabilities, axis=-1)
    hit = (ends > u[..., None] * ends[..., -1:]) & (probabilities > 0)
    # Rounding could leave no hit at all; the likeliest token then stands in.
    return jnp.where(
        hit.any(axis=-1), jnp.argmax(hit, axis=-1), jnp.argmax(logits, axis=-1)
    ).astype(jnp.int32)


def sample(
    logits: Float[Array, "batch V"],
    u: Float[Array, " batch"],
    settings: Settings = OWN_ODDS,
) -> Int[Array, " batch"]:
    """Draw the next token of every row; temperature 0 takes the likeliest.

    `u` is one uniform number in [0, 1) a row: the coin.
    """

    def likeliest(logits):
        return jnp.argmax(logits, axis=-1).astype(jnp.int32)

    def draw(logits):
        return flip(cut(logits, settings), u)

    return jax.lax.cond(settings.temperature == 0.0, likeliest, draw, logits)


def coin(seeds: Int[Array, " batch"], position: Int[Array, " batch"]):
    """One uniform number in [0, 1) a row; depends on (seed, position) alone."""

    def one(seed, position):
        key = jax.random.fold_in(jax.random.key(seed), position)
        return jax.random.uniform(key)

    return jax.vmap(one)(seeds, position)


_coin = jax.jit(coin)


@checks.checked(position=range(2**31))
def coin_at(seed: int, position: int) -> float:
    """The coin of one place in a text, as a number from 0 up to, not including, 1.

    It is the one that the loop flips there, so a loop of your own can draw the same.

    Args:
        seed: any whole number; 32 bits of it reach the coin.
        position: how many tokens the model has read: `len(lm.encode(text))`.
    """
    seeds = np.array([seed % 2**32], np.uint32).view(np.int32)
    return float(_coin(jnp.asarray(seeds), jnp.array([position])).item())
