"""A race: the same question answered at once and step by step, token by token.

A result among the steps can be changed: the model goes on from there. And it answers a
problem of one's own.
"""

from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget, written
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import with_room
from llm_lessons.serving.sizes import capacity
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget, counted

CHANGES = (1, 2, 4, 6, 8)
EACH = 4  # problems of a kind, so that there is a next one
# Of the problems: others than those that the lessons count, and on which Fjord does
# about as well as on those.
SEED = 11
OWN = "one of your own"
EXAMPLE = (
    "Ida has 12 coins. She loses 3. Then she finds 5 more."
    " How many coins does Ida have now?"
)


class Race(ModelWidget):
    """Two runs of one model side by side, with the computation that each has spent.

    All runs are drawn beforehand, with the likeliest token each time; the browser plays
    them. So a saved page without a kernel has the whole race. What follows a result
    that somebody changes, and both answers to a problem of their own, are written by
    the kernel, or by a model in the page.

    Args:
        lm: the model that answers.
        changes: numbers of changes of the marbles that can be chosen, beside the fruit
            and one's own.
        each: how many problems there are of each kind.

    Attributes:
        kind: which kind of problem is chosen, counted from 0.
        problem: which one of them.
        own: the problem that somebody typed, of the last kind.
        step: how many tokens each side has written.
        speed: tokens a second of a race that runs by itself.
    """

    _esm, _css = assets("race")

    kind = traitlets.Int(0).tag(sync=True)
    problem = traitlets.Int(0).tag(sync=True)
    own = traitlets.Unicode(EXAMPLE).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    speed = traitlets.Int(6).tag(sync=True)
    _kinds = traitlets.List().tag(sync=True)  # [name, problems]
    # operations of a token, by the slots of its cache: for what is asked for
    _costs = traitlets.Dict().tag(sync=True)
    # What somebody has changed: kind, problem, step, its new result
    _asked = traitlets.List().tag(sync=True)

    @checked(changes=range(1, 1_000), each=range(1, 1_000))
    def __init__(
        self, lm: LanguageModel, changes: Sequence[int] = CHANGES, each: int = EACH
    ):
        kinds = [(_name(k), with_room(lm, each, k, SEED)) for k in changes]
        fruits = [fruit.essay(), *fruit.held_out(each - 1, SEED)]
        kinds.append(("fruit, what does one cost?", fruits))
        asked = [problem for _, problems in kinds for problem in problems]
        told = iter(_problems(lm, asked))
        self._lm = lm
        super().__init__(
            kind=min(2, len(kinds) - 1),
            _kinds=[
                *([name, [next(told) for _ in some]] for name, some in kinds),
                [OWN, []],
            ],
            _costs=_costs(lm),
        )

    def __repr__(self) -> str:
        name, problems = self._kinds[self.kind]
        number = f"problem {self.problem + 1} of {len(problems)}"
        return f"Race({name}, {number if problems else self.own})"

    @traitlets.validate("kind", "problem")
    def _check_choice(self, proposal: Any) -> int:
        is_kind = proposal.trait.name == "kind"
        some = self._kinds if is_kind else self._kinds[self.kind][1]
        return counted(proposal, max(len(some) - 1, 0))  # one's own is a single one


def _name(changes: int) -> str:
    practised = changes in marbles.PAGES_BY_CHANGES
    beyond = "" if practised else " (more than it practised)"
    return f"marbles, {changes} change{'s' * (changes > 1)}{beyond}"


def _problems(lm: LanguageModel, asked: Sequence[Problem]) -> list[dict[str, Any]]:
    """For each problem its question, its answer, and what each side wrote."""
    sides = []
    for stepwise in (False, True):
        texts = written.write(lm, asked, stepwise)
        pairs = zip(texts, written.sureness(lm, texts), strict=True)
        sides.append([_side(lm, text, sure) for text, sure in pairs])
    return [
        {"question": problem.question, "answer": problem.answer, "sides": list(both)}
        for problem, *both in zip(asked, *sides, strict=True)
    ]


def _costs(lm: LanguageModel) -> dict[str, int]:
    """Operations of a token, by the slots of the cache that it meets."""
    sizes = {capacity(n, lm.config) for n in range(1, lm.config.max_seq_len + 1)}
    return {str(n): budget.operations(lm, n) for n in sorted(sizes)}


def _side(lm: LanguageModel, text: written.Written, sure: float) -> dict[str, Any]:
    return {
        "pieces": [lm.tokenizer.pieces[token] for token in text.tokens],
        "costs": list(text.costs),
        "answer": text.answer,
        "right": text.right,
        "sure": sure,
    }
