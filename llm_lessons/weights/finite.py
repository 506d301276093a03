"""Weights that are all numbers: one that is none makes whatever is worked out none."""

import jax.numpy as jnp
import numpy as np

from llm_lessons.foundation.checks import Refusal

_SAID = "some of its weights are infinite or no numbers. Fetch it anew."


def finite[Numbers](weights: Numbers) -> Numbers:
    """A matrix as it is, if all of it is finite.

    The sum is quicker than a look at each: it is no finite number if one of them isn't.

    Raises:
        Refusal: it holds infinity, or nan.
    """
    numbers = np.asarray(weights)
    if numbers.dtype == jnp.bfloat16:  # whose sums are slow: look at the exponents
        if (numbers.view(np.uint16) & 0x7F80 == 0x7F80).any():
            raise Refusal(_SAID)
        return weights
    with np.errstate(all="ignore"):
        doubtful = not np.isfinite(numbers.sum())
    if doubtful and not np.isfinite(numbers).all():
        raise Refusal(_SAID)
    return weights
