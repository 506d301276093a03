"""Of many cases of a test, those that only `test --everything` tries."""

from typing import Any

import pytest


def rest(*cases: Any) -> list[Any]:
    """Cases for `parametrize`, which take their turn in the automatic check."""
    each = [one if isinstance(one, tuple) else (one,) for one in cases]
    return [pytest.param(*one, marks=pytest.mark.rest) for one in each]
