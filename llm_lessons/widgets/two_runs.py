"""The same prompt twice, side by side, one flip of the coin at a time."""

from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import OriginsWidget
from llm_lessons.widgets.questions import RUN_BARS, Question, runs


class TwoRuns(OriginsWidget):
    """Two runs of one prompt: the odds of each flip, the coin, and where they part.

    The runs are drawn ahead, as the loop draws them, each with a seed of its own. So a
    click steps through real draws, also where no kernel is. Starting again takes the
    next two; when all have been seen, the kernel draws more. Behind another text, which
    a learner types, the runs begin anew, with the same seeds. At the end of both, a
    button marks what of them stands in Fjordby.

    Args:
        lm: the model that writes.
        prompt: the text that both runs begin with.
        seed: of the first run; each further one has the next.

    Attributes:
        flips: how often both coins have been flipped.
        same_coins: whether the second run flips the coins of the first.

    Raises:
        ValueError: a prompt that means nothing.
    """

    _esm, _css = assets("two_runs")

    prompt = traitlets.Unicode().tag(sync=True)
    flips = traitlets.Int(0, min=0).tag(sync=True)
    same_coins = traitlets.Bool(False).tag(sync=True)

    _size = traitlets.Int().tag(sync=True)  # tokens of the vocabulary
    _bars = traitlets.Int(RUN_BARS).tag(sync=True)
    _first = traitlets.Int().tag(sync=True)  # seed of a text's first run
    _seed = traitlets.Int().tag(sync=True)  # from which on runs are asked for
    _pair = traitlets.Int(0).tag(sync=True)  # which two of these are shown

    @checked()
    def __init__(
        self, lm: LanguageModel, prompt: str = "Once upon a time", seed: int = 0
    ):
        self._lm = lm
        drawn = runs(lm, prompt, seed)
        self._begin_with("prompt", ["runs", prompt, seed], drawn)
        words = {str(i): _about_words(prompt, drawn["runs"][i]) for i in (0, 1)}
        self._questions = dict(self._questions) | words
        size = lm.tokenizer.vocab_size
        super().__init__(prompt=prompt, _size=size, _first=seed, _seed=seed)

    def __repr__(self) -> str:
        return f"TwoRuns(prompt={self.prompt!r}, flips={self.flips})"


def _about_words(prompt: str, run: dict[str, Any]) -> Question:
    """How words go on at the bars of a run, as the page asks."""
    flips = [
        [token, [bar for bar, _ in bars]] for token, _, _, _, bars, _ in run["flips"]
    ]
    return ["endings_along", prompt, flips]
