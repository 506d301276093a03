"""Weights and gradients on the wire: a header of 16 bytes, then float16 numbers.

    weights     training, step, which lines are read, 0 (each uint32)
    gradient    training, step (uint32), loss in nats (float32), letters (uint32)

By thumbs, a phone writes names where else it reads lines, and its loss is the share of
thumbs down.

All lowest byte first. A gradient is sent SCALE times as large, since float16 has few
digits for what is very small (loss scaling, arXiv 1710.03740).
"""

import math
import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm_lessons_room.activities.train_together.averaging import Contribution

Floats = NDArray[np.float32]
WEIGHTS, GRADIENT = struct.Struct("<IIII"), struct.Struct("<IIfI")
SCALE = 1024.0
NO_LINES = 2**32 - 1  # for pages that only show the model
MAX_LOSS = 50.0  # nats a letter; even odds among 200 letters are 5.3
MAX_LETTERS = 2000  # that a phone reads in a step; 32 lines of 60 at most


class Gradient(NamedTuple):
    """What a phone sent; it may be of an earlier step."""

    step: int  # from 0 on
    contribution: Contribution


def weights(training: int, step: int, lines: int, values: Floats) -> bytes:
    """Pack weights [count]; `lines` is the batch that the phone is to read."""
    return WEIGHTS.pack(training, step, lines, 0) + values.astype("<f2").tobytes()


def is_of_other_run(raw: bytes, training: int) -> bool:
    return len(raw) >= GRADIENT.size and GRADIENT.unpack_from(raw)[0] != training


def gradient_in(raw: bytes, count: int) -> Gradient | None:
    """Unpack a phone's frame; None where it isn't of so many weights, or malformed."""
    if len(raw) != GRADIENT.size + 2 * count:
        return None
    _, step, loss, letters = GRADIENT.unpack_from(raw)
    numbers = np.frombuffer(raw, "<f2", offset=GRADIENT.size)
    is_loss = math.isfinite(loss) and 0 <= loss <= MAX_LOSS
    if not is_loss or not 0 < letters <= MAX_LETTERS or not np.isfinite(numbers).all():
        return None
    gradient = numbers.astype(np.float32) / np.float32(SCALE)
    return Gradient(step, Contribution(gradient, loss, letters))
