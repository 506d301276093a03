"""What a refusal has to be: one sentence, said where the package itself looked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from llm_lessons.foundation.paths import PACKAGE


def refused(call: Callable[[], object]) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(ValueError) as caught:
        call()
    said = str(caught.value)
    assert said.endswith(".") and len(said) > 25 and "\n" not in said, said
    assert PACKAGE in Path(caught.traceback[-1].path).parents, (
        f"raised deep inside: {said}"
    )
    return said
