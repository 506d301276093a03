"""Many continuations of one text, drawn at the settings of the bars beside them."""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import anywidget
import traitlets

from llm_lessons.checks import checked
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.next_token import NextToken

COUNT = 20
AT_ONCE = 8  # drawn together; then the list grows
LENGTH = 20  # tokens
SETTINGS = ("prompt", "temperature", "top_k", "top_p")


@runtime_checkable
class _Writer(Protocol):
    def batch(
        self,
        prompts: Sequence[str],
        max_tokens: int,
        temperature: float,
        top_k: int | None,
        top_p: float | None,
        seed: int,
    ) -> list[str]: ...


class Continuations(anywidget.AnyWidget):
    """A button that draws 20 continuations, and the list of them.

    Prompt and settings are those of a `NextToken`, whenever they change; the texts stay
    until the button is pressed again. Each press flips new coins, the same ones in
    every run of a notebook.

    Args:
        lm: the model that writes.
        odds: the widget whose prompt and settings are used.

    Attributes:
        texts: the continuations, as they were drawn.
        drawn_with: prompt and settings with which they were drawn.
    """

    _esm, _css = assets("continuations")

    prompt = traitlets.Unicode().tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int(None, allow_none=True).tag(sync=True)
    top_p = traitlets.Float(None, allow_none=True).tag(sync=True)
    texts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    drawn_with = traitlets.Dict().tag(sync=True)

    _count = traitlets.Int(COUNT).tag(sync=True)
    _asked = traitlets.Int(0).tag(sync=True)  # presses of the button
    _answered = traitlets.Int(0).tag(sync=True)  # those that are done
    _message = traitlets.Unicode().tag(sync=True)  # why the last one failed

    @checked()
    def __init__(self, lm: _Writer, odds: NextToken):
        self._lm = lm
        super().__init__(**{name: getattr(odds, name) for name in SETTINGS})
        for name in SETTINGS:
            traitlets.dlink((odds, name), (self, name))
        self._draw()  # a page that is read without a kernel shows something, too
        self.observe(self._on_asked, "_asked")

    def __repr__(self) -> str:
        different = len(set(self.texts))
        return f"Continuations({len(self.texts)} texts, {different} different)"

    def _on_asked(self, change: Any) -> None:
        self._draw()
        self._answered = change.new

    def _draw(self) -> None:
        settings = {name: getattr(self, name) for name in SETTINGS[1:]}
        self.texts, self._message = [], ""
        self.drawn_with = {"prompt": self.prompt, **settings}
        first = self._asked * COUNT
        try:
            for seed in range(first, first + COUNT, AT_ONCE):
                prompts = [self.prompt] * min(AT_ONCE, first + COUNT - seed)
                more = self._lm.batch(prompts, LENGTH, seed=seed, **settings)
                self.texts = [*self.texts, *more]
        except ValueError as refusal:  # one sentence for the learner
            self._message = str(refusal)
