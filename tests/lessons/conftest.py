"""Models that only write, as many tests have, can't be read: what begins is drawn."""

from collections.abc import Iterator

import pytest

from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.measuring import begins
from llm_lessons.measuring.replies import LONGEST_VALUE
from llm_lessons.text.window import Window


def written(lm, prompts, texts, window: Window = "stop") -> list[bool]:
    """`begins` for who writes only: it is read where there is something to read."""
    if hasattr(lm, "params"):
        return begins.begins(lm, prompts, texts, window)
    more = {} if window == "stop" else {"window": window}
    drawn = lm.batch(prompts, LONGEST_VALUE, temperature=0, stop="\n", **more)
    return [one.startswith(text) for one, text in zip(drawn, texts, strict=True)]


@pytest.fixture(autouse=True, scope="module")
def writers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let experiments ask who only writes; what is kept is of their own code."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (recall, open_book):
            if request.module.__name__ != "tests.lessons.test_kept":
                patch.setattr(module, "begins", written)
        yield
