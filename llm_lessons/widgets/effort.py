"""One counter for two questions: what the next token costs, and what the model says."""

from contextlib import suppress

import traitlets

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget
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
    _matrices = traitlets.Int().tag(sync=True)  # operations, for every token
    _back = traitlets.Int().tag(sync=True)  # operations, for each token looked back at
    _longest = traitlets.Int().tag(sync=True)  # tokens of the longest text

    @checked()
    def __init__(self, lm: LanguageModel, easy: str, hard: str):
        self._lm = lm
        both = {"easy": easy, "hard": hard}
        self._questions = {name: ["reply", _prompt(q)] for name, q in both.items()}
        one = budget.operations_by_shape(lm.config, 1)
        super().__init__(
            easy=easy,
            hard=hard,
            _matrices=one.matrices,
            _back=one.attention,
            _longest=lm.config.max_seq_len,
        )

    def __repr__(self) -> str:
        costs = (f"{name}: {cost:,} operations" for name, cost in self.costs.items())
        return f"Effort({'; '.join(costs)})"

    @property
    def costs(self) -> dict[str, int]:
        """Operations of the next token after each question that the model can read."""
        costs = {}
        for name in QUESTIONS:
            with suppress(ValueError):
                tokens = len(self._lm.encode(_prompt(getattr(self, name))))
                costs[name] = self._matrices + self._back * tokens
        return costs


def _prompt(question: str) -> str:
    return Problem(question, (), "").at_once_prompt
