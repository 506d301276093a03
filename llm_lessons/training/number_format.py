"""In which numbers training multiplies: in bfloat16, where that is what is fast.

The weights, the sums, the optimiser and all else stay in float32: losses are the same
to three digits. Only a processor with units for such products (Intel's AMX) gains.
"""

from functools import cache
from pathlib import Path

import jax

from llm_lessons.model.speed import BFLOAT16
from llm_lessons.training import hosts

_PROCESSOR = Path("/proc/cpuinfo")  # Linux tells it there


def number_format() -> str | None:
    """For `jax.default_matmul_precision`: the same on all hosts, or they wait forever.

    So every host calls it, and one that lacks the units decides for all.
    """
    return BFLOAT16 if hosts.all_say(has_units()) else None


@cache
def has_units() -> bool:
    """Whether this processor multiplies numbers in bfloat16 several times as fast."""
    if jax.default_backend() != "cpu" or not _PROCESSOR.is_file():
        return False
    return "amx_bf16" in _PROCESSOR.read_text(encoding="utf-8").split()
