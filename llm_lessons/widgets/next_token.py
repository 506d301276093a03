"""Every possible next token as a bar, under sliders that the browser answers itself."""

from typing import Any, Protocol, runtime_checkable

import numpy as np
import traitlets

from llm_lessons.foundation import checks
from llm_lessons.foundation.checks import checked
from llm_lessons.text.pieces import Vocabulary, marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget

BARS = 12  # tokens that have a bar of their own, as bars.js draws them
MOST_FLIPS = 1000  # that are kept


@runtime_checkable
class _Model(Protocol):
    @property
    def tokenizer(self) -> Vocabulary: ...

    def logits(self, text: str) -> np.ndarray: ...


class DrawnBySettings(traitlets.HasTraits):
    """The settings of a draw as traits, each held to what it can be; None cuts nothing.

    Raises:
        ValueError: a setting means nothing.
    """

    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int(None, allow_none=True).tag(sync=True)
    top_p = traitlets.Float(None, allow_none=True).tag(sync=True)
    min_p = traitlets.Float(None, allow_none=True).tag(sync=True)

    def _draw_settings(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in checks.SETTINGS}

    @traitlets.validate(*checks.SETTINGS)
    def _check_setting(self, proposal: Any) -> Any:
        name = proposal.trait.name
        return checks.SETTINGS[name](name, proposal.value)


class NextToken(DrawnBySettings, ModelWidget):
    """Type a text, see the probability of every token that could come next.

    The kernel sends the scores of the prompt once. The browser turns them into
    probabilities over the full vocabulary, draws the likeliest as bars with one bar for
    everything else, and does so again within a frame when a slider moves.

    A token that is only the beginning of a word shows how the word would likely go on.

    Args:
        lm: a model with `.logits(text) -> float32 [vocab_size]` and `.tokenizer`. Only
            a `LanguageModel` is asked how words go on.
        prompt: the text so far.
        temperature: divides the scores; 0 always takes the likeliest token.
        top_k: keep only the k likeliest tokens; None keeps all.
        top_p: keep the likeliest tokens that reach this share; None keeps all.
        min_p: keep tokens that have this share of the likeliest one's probability, or
            more; None keeps all.
        has_sliders: whether the settings can be moved, or there is the coin alone.

    Attributes:
        drawn: the token id on which the coin fell, or None.
        flips: all flips since the odds last changed: the coin's number, from 0 to 1,
            and the token id. The tokens lie end to end, the likeliest first.

    Raises:
        ValueError: a setting means nothing. A prompt that the model refuses raises
            nothing: the model's sentence stands in the widget, and the learner goes on.
    """

    _esm, _css = assets("next_token")

    prompt = traitlets.Unicode().tag(sync=True)
    drawn = traitlets.Int(None, allow_none=True).tag(sync=True)
    flips = traitlets.List().tag(sync=True)

    _pieces = traitlets.List().tag(sync=True)
    _has_sliders = traitlets.Bool(True).tag(sync=True)
    _marks = traitlets.Dict().tag(sync=True)  # token id -> name of what is no text
    _follows = traitlets.Dict().tag(sync=True)  # as that of `Continuations`

    @checked()
    def __init__(
        self,
        lm: _Model,
        prompt: str = "Once upon a time",
        temperature: float = 1.0,
        top_k: int | None = None,
        top_p: float | None = None,
        min_p: float | None = None,
        has_sliders: bool = True,
    ):
        self._lm = lm
        self._questions = {"prompt": ["scores", prompt]}
        if scores := self._answers["prompt"].get("value"):
            asked = ["endings", prompt, _likeliest(scores)]
            self._questions = {**self._questions, "endings": asked}
        super().__init__(
            prompt=prompt,
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
            min_p=min_p,
            _pieces=list(lm.tokenizer.pieces),
            _marks=marks(lm.tokenizer),
            _has_sliders=has_sliders,
        )

    def __repr__(self) -> str:
        return f"NextToken(prompt={self.prompt!r}, temperature={self.temperature:g})"

    @traitlets.validate("flips")
    def _check_flips(self, proposal: Any) -> list:
        return proposal.value[-MOST_FLIPS:]


def _likeliest(scores: bytes) -> list[int]:
    """The tokens that have bars, by their ids, as the page asks for them."""
    likeliest = np.argsort(-np.frombuffer(scores, "<f4"), kind="stable")
    return sorted(likeliest[:BARS].tolist())
