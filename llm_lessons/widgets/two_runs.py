"""The same prompt twice, side by side, one flip of the coin at a time."""

from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.runs import Flip, Run, runs
from llm_lessons.text.pieces import marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import OriginsWidget, TypedWidget
from llm_lessons.widgets.questions import Question

LENGTH = 40  # tokens of a run
AHEAD = 8  # runs drawn together
BARS = 5  # for single tokens; all others share one more


class TwoRuns(OriginsWidget, TypedWidget):
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

    _runs = traitlets.List().tag(sync=True)  # see `_as_lists`
    _pieces = traitlets.Dict().tag(sync=True)  # token id -> its text
    _marks = traitlets.Dict().tag(sync=True)  # token id -> name of what is no text
    _size = traitlets.Int().tag(sync=True)  # tokens of the vocabulary
    _bars = traitlets.Int(BARS).tag(sync=True)
    _pair = traitlets.Int(0).tag(sync=True)  # which two of the runs are shown
    _wanted = traitlets.Int(AHEAD).tag(sync=True)  # runs that the page asks for

    @checked()
    def __init__(
        self, lm: LanguageModel, prompt: str = "Once upon a time", seed: int = 0
    ):
        self._lm, self._seed = lm, seed
        size = lm.tokenizer.vocab_size
        begun = self._begun_with(prompt)
        words = {str(i): _about_words(prompt, begun["_runs"][i]) for i in (0, 1)}
        asked = self._asked_first(words)
        super().__init__(prompt=prompt, _size=size, **begun, **asked)
        self.observe(self._on_text, "prompt")
        self.observe(self._on_wanted, "_wanted")

    def __repr__(self) -> str:
        return f"TwoRuns(prompt={self.prompt!r}, flips={self.flips})"

    def _read_text(self, text: str) -> dict[str, Any]:
        begin = {"flips": 0, "_pair": 0, "_wanted": AHEAD}
        return {**begin, **self._more(text, [])}

    def _more(self, prompt: str, before: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The traits with `AHEAD` more runs behind these."""
        seed = self._seed + len(before)
        told = runs(self._lm, prompt, AHEAD, LENGTH, seed, BARS)
        used = {token for run in told for flip in run.flips for token in _tokens(flip)}
        pieces = {str(token): self._lm.tokenizer.pieces[token] for token in used}
        return {
            "_runs": [*before, *map(_as_lists, told)],
            "_pieces": self._pieces | pieces,
            "_marks": self._marks | marks(self._lm.tokenizer, used),
        }

    def _on_wanted(self, change: Any) -> None:
        while len(self._runs) < change.new:
            self._change(self._more(self._shown or "", self._runs))


def _about_words(prompt: str, run: dict[str, Any]) -> Question:
    """How words go on at the bars of a run, as the page asks."""
    flips = [
        [token, [one for one, _ in bars]] for token, _, _, _, bars, _ in run["flips"]
    ]
    return ["endings_along", prompt, flips]


def _tokens(flip: Flip) -> list[int]:
    return [flip.token, *(token for token, _ in flip.odds.likeliest)]


def _as_lists(run: Run) -> dict[str, Any]:
    """A run as the page reads it.

    Each flip is [token, chance, coin, start, likeliest, where each of these begins].
    Four digits are as many as a page ever shows, and keep a saved one small.
    """
    flips = [
        [
            flip.token,
            *map(_short, (flip.chance, flip.coin, flip.start)),
            [[token, _short(chance)] for token, chance in flip.odds.likeliest],
            [_short(start) for start in flip.starts],
        ]
        for flip in run.flips
    ]
    return {"seed": run.seed, "flips": flips}


def _short(number: float) -> float:
    """Four digits of it, so that hardly anything is still more than nothing."""
    return float(f"{number:.4g}")
