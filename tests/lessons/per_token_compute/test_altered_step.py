"""Who follows a step that was altered: told by a model that says what it is told."""

import pytest

from llm_lessons.fjordby.varied import fruit
from llm_lessons.lessons.per_token_compute import direct_or_stepwise

PROBLEMS = fruit.held_out(6)


class Goes:
    """Takes the number that stands in the text, or the right one, or neither."""

    def __init__(self, way: str):
        self.way = way

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert (temperature, stop) == (0, ".")
        return [self.line(*pair) for pair in zip(prompts, PROBLEMS, strict=True)]

    def line(self, prompt, problem):
        right = int(problem.steps[0].rsplit("$", 1)[1].rstrip("."))
        written = int(prompt.rsplit("$", 1)[1].rstrip("."))
        assert written == right + 1
        assert prompt.startswith(problem.step_prompt)
        number = {"follows": written, "ignores": right, "neither": 90}[self.way]
        return f" The others are 99 - {number} = $3"


@pytest.mark.parametrize("way", ["follows", "ignores", "neither"])
def test_an_altered_step_is_followed_or_ignored(way):
    found = direct_or_stepwise.altered_step(Goes(way), PROBLEMS)  # type: ignore[arg-type]
    expected = (way == "follows", way == "ignores")
    assert (found.follows.share, found.ignores.share) == expected
