"""A tree of what could have been said: every path has its probability."""

import math
from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.forks import SURE
from llm_lessons.lessons.sampling.runs import ROWS
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget
from llm_lessons.widgets.questions import forks, key_of

AHEAD = 40 * ROWS  # forks read before anybody opens them


class BranchTree(ModelWidget):
    """At each fork the likeliest next tokens and everything else, with probabilities.

    The forks near the prompt and those on the likeliest paths are read ahead, and so
    open where no kernel is; the kernel reads any other when it is opened. A learner may
    type another text, and another tree grows behind it.

    Args:
        lm: the model that is asked.
        prompt: the text from which all paths go on.

    Attributes:
        path: the token ids of the path that was gone last.

    Raises:
        ValueError: a prompt that means nothing.
    """

    _esm, _css = assets("branch_tree")

    prompt = traitlets.Unicode().tag(sync=True)
    path = traitlets.List(traitlets.Int()).tag(sync=True)

    # Forks that were not read ahead, as the question "fork" answers, by their keys.
    _opened = traitlets.Dict().tag(sync=True)
    _grown = traitlets.Bool(False).tag(sync=True)  # is the fork at the path's end shown
    _stops = traitlets.List().tag(sync=True)  # token ids behind which nothing comes
    _sure = traitlets.Float(SURE).tag(sync=True)

    @checked()
    def __init__(self, lm: LanguageModel, prompt: str):
        self._lm = lm
        question, value = ["forks", prompt], forks(lm, prompt, AHEAD)
        self._begin_with("prompt", question, value)
        super().__init__(prompt=prompt, _stops=list(lm.tokenizer.stops))

    def __repr__(self) -> str:
        return f"BranchTree(text={self.text!r}, chance={self.chance:.2g})"

    @property
    def text(self) -> str:
        """Prompt and path as one text."""
        _, prompt = self._answers["prompt"]["shown"]
        return prompt + self._lm.tokenizer.decode(self.path)

    @property
    def chance(self) -> float:
        """The probability of the path: those of its flips, multiplied."""
        return math.prod(
            self._branches(self.path[:i])[token] for i, token in enumerate(self.path)
        )

    def _branches(self, path: list[int]) -> dict[int, float]:
        """The likeliest tokens behind a path, if that was read."""
        key = key_of(path)
        fork = self._answers["prompt"]["value"]["forks"].get(key)
        fork = fork or self._opened.get(key, {}).get("fork", {"likeliest": ()})
        return dict(fork["likeliest"])

    @traitlets.validate("path")
    def _check_path(self, proposal: Any) -> list[int]:
        path = proposal.value
        for i, token in enumerate(path):
            if token not in self._branches(path[:i]):
                raise ValueError(f"{path} is no path in the tree that was opened.")
        return path
