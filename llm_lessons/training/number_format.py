"""In which numbers training multiplies: in bfloat16, where that is what is fast.

The weights, the sums, the optimiser and all else stay in float32: losses are the same
to three digits. Only a processor with units for such products gains: Intel's AMX, and
AVX-512 with its instructions for bfloat16, as on AMD's Zen 4.
"""

from functools import cache
from pathlib import Path

import jax

from llm_lessons.model.speed import BFLOAT16
from llm_lessons.training import hosts

_PROCESSOR = Path("/proc/cpuinfo")  # Linux tells it there
_UNITS = {"amx_bf16", "avx512_bf16"}


def number_format() -> str | None:
    """For `jax.default_matmul_precision`: the same on all hosts, or they wait forever.

    So every host calls it, and one that lacks the units decides for all.
    """
    return BFLOAT16 if hosts.all_say(has_units()) else None


@cache
def has_units() -> bool:
    """Whether this processor multiplies faster in bfloat16: 2 to 5 times, measured."""
    if jax.default_backend() != "cpu" or not _PROCESSOR.is_file():
        return False
    flags = _PROCESSOR.read_text(encoding="utf-8").split()
    return not _UNITS.isdisjoint(flags)
