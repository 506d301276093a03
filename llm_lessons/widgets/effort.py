"""One counter for two questions: what the next token costs, and what the model says."""

from collections.abc import Mapping
from typing import Any

import traitlets

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.measuring.replies import replies
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget

QUESTIONS = ("easy", "hard")


class Effort(ModelWidget):
    """Type an easy question and a hard one, and read what the next token costs.

    The cost is counted by shape, as `budget.operations_by_shape` does: the matrices,
    which are the same for every token, and looking back, so much for each token of the
    text. Nothing else is in the sum: a needle moves with the length of its question,
    and never with what it asks. The browser makes the sum; the kernel, or a model in a
    page, counts the tokens and answers: at once, in the words of Fjordby.

    Args:
        lm: the model that answers.
        easy, hard: the questions to begin with.

    Attributes:
        easy, hard: the questions as they are now. One that the model refuses raises
            nothing: its sentence stands in the widget.
    """

    _esm, _css = assets("effort")

    easy = traitlets.Unicode().tag(sync=True)
    hard = traitlets.Unicode().tag(sync=True)
    # Of each question `of`, the last one that was read: its tokens, the model's answer
    # and the chance of that, and `why` a later one was refused: see `_read`.
    _easy = traitlets.Dict().tag(sync=True)
    _hard = traitlets.Dict().tag(sync=True)
    _matrices = traitlets.Int().tag(sync=True)  # operations, for every token
    _back = traitlets.Int().tag(sync=True)  # operations, for each token looked back at
    _longest = traitlets.Int().tag(sync=True)  # tokens of the longest text

    @checked()
    def __init__(self, lm: LanguageModel, easy: str, hard: str):
        self._lm = lm
        one = budget.operations_by_shape(lm.config, 1)
        super().__init__(
            easy=easy,
            hard=hard,
            _easy=self._read(easy, {}),
            _hard=self._read(hard, {}),
            _matrices=one.matrices,
            _back=one.attention,
            _longest=lm.config.max_seq_len,
        )
        self.observe(self._on_question, [*QUESTIONS])

    def __repr__(self) -> str:
        told = (
            f"{name}: {cost:,} operations, {getattr(self, f'_{name}')['answer']!r}"
            for name, cost in self.costs.items()
        )
        return f"Effort({'; '.join(told)})"

    @property
    def costs(self) -> dict[str, int]:
        """Operations of the next token after each question that was read last."""
        found = {name: getattr(self, f"_{name}") for name in QUESTIONS}
        return {
            name: self._matrices + self._back * one["tokens"]
            for name, one in found.items()
            if "tokens" in one
        }

    def _read(self, question: str, last: Mapping[str, Any]) -> dict[str, Any]:
        """What there is to show of one; where it is refused, `last` stays."""
        prompt = Problem(question, (), "").at_once_prompt
        try:
            tokens = len(self._lm.encode(prompt))
            [(answer, chance)] = replies(self._lm, [prompt])
        except ValueError as refusal:  # one sentence for the learner
            return {**last, "of": question, "why": str(refusal)}
        found = {"tokens": tokens, "answer": answer, "chance": chance}
        return {"of": question, "why": "", **found}

    def _on_question(self, change: Any) -> None:
        own = f"_{change.name}"
        self.set_trait(own, self._read(change.new, getattr(self, own)))
