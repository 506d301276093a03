"""Many continuations of one text, and those drawn before at other temperatures."""

from typing import Any

import traitlets

from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.checks import SETTINGS, checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.drafts import drafts
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import OriginsWidget
from llm_lessons.widgets.next_token import DrawnBySettings, NextToken

COUNT = 20
AT_ONCE = 8  # drawn together; then the list grows
LENGTH = 20  # tokens
KEPT = 4  # draws that stand side by side
LINKED = ("prompt", *SETTINGS)


class Continuations(DrawnBySettings, OriginsWidget):
    """A temperature, a button that draws 20 continuations, and the last few draws.

    Prompt and cuts are those of a `NextToken`, whenever they change. The two have one
    temperature: each one's slider moves the other's. Each press flips new coins, the
    same ones in every run of a notebook. What was drawn before stays beside it. A
    second button marks what of the texts stands in Fjordby.

    Args:
        lm: the model that writes.
        odds: the widget whose prompt, temperature and cuts are used.

    Attributes:
        temperature: of the next draw.
        draws: the newest first. Each is a dict of the settings with which it was drawn,
            `prompt` among them, and of its `texts`: pairs of a text that ends at a
            word, and whether it was cut off there.
    """

    _esm, _css = assets("continuations")

    prompt = traitlets.Unicode().tag(sync=True)
    draws = traitlets.List(traitlets.Dict()).tag(sync=True)

    _count = traitlets.Int(COUNT).tag(sync=True)
    _asked = traitlets.Int(0).tag(sync=True)  # presses of the button
    _answered = traitlets.Int(0).tag(sync=True)  # those that are done
    _message = traitlets.Unicode().tag(sync=True)  # why the last one failed
    # In a page, too, some traits are another widget's: its model id, and their names.
    _follows = traitlets.Dict().tag(sync=True)

    @checked()
    def __init__(self, lm: LanguageModel, odds: NextToken):
        self._lm = lm
        super().__init__(
            _follows={"widget": odds.model_id, "traits": list(LINKED)},
            **{name: getattr(odds, name) for name in LINKED},
        )
        odds._follows = {"widget": self.model_id, "traits": ["temperature"]}
        for name in LINKED:
            link = traitlets.link if name == "temperature" else traitlets.dlink
            link((odds, name), (self, name))
        self._draw()  # a page that is read without a kernel shows something, too
        self.observe(self._on_asked, "_asked")

    def __repr__(self) -> str:
        different = len(set(self.texts))
        return f"Continuations({len(self.texts)} texts, {different} different)"

    @property
    def texts(self) -> list[str]:
        """The continuations that were drawn last."""
        return [text for text, _ in self.draws[0]["texts"]] if self.draws else []

    def _on_asked(self, change: Any) -> None:
        self._draw()
        self._answered = change.new

    def _draw(self) -> None:
        prompt, before, texts = self.prompt, self.draws[: KEPT - 1], []
        settings = self._draw_settings()
        first = self._asked * COUNT
        self._message = ""
        try:
            for seed in range(first, first + COUNT, AT_ONCE):
                some = min(AT_ONCE, first + COUNT - seed)
                how = Settings(**settings, seed=seed)
                more = drafts(self._lm, prompt, some, LENGTH, how)
                texts = [*texts, *map(list, more)]
                new = {"prompt": prompt, **settings, "texts": texts}
                self.draws = [new, *before]
        except ValueError as refusal:  # one sentence for the learner
            self._message = str(refusal)
