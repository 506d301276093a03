"""What becomes of "I don't know" while a wrong answer has a price that one can set."""

from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.price import (
    PRICED,
    PRICES,
    ROUNDS,
    judge,
    looker,
    to_learn_from,
    trainer,
)
from llm_lessons.lessons.build_it.base_and_assistant import refuses
from llm_lessons.lessons.reward import live
from llm_lessons.lessons.reward.learned import kept_of
from llm_lessons.lessons.reward.moments import Example
from llm_lessons.widgets.reward_lanes import RewardLanes

OUTCOMES = {
    "lanes": [
        ["r", "right", False],
        ["w", "wrong", False],
        ["s", "“I don't know”", False],
    ],
    "filled": "well known",
    "curves": [["well known", "S", "RWS"], ["little known", "s", "rws"]],
    "told": "“I don't know” about {0} % of the well known, {1} % of the little known",
    "axis": "% “I don't know”",
}


class PriceLanes(RewardLanes):
    """Reward a copy of a model for right answers, and set what a wrong one costs.

    It is asked about people in a chat, half of whom it knows well. A right answer is
    worth 1 and silence 0. A price that is changed on the way counts from the next round
    on; after the last one, the old model begins anew. A page replays the kept runs.

    Args:
        lm: the class model, of which a copy learns.
        steps: rounds of the whole run, each a step of training.

    Attributes:
        price: of a wrong answer, one of `lessons.bluffing.price.PRICES`.
    """

    price = traitlets.Int(0).tag(sync=True)

    @checked(steps=range(1, 10_001))
    def __init__(self, lm: LanguageModel, steps: int = ROUNDS):
        facts = to_learn_from()
        judges = {each: judge(each, facts) for each in PRICES}

        def reward(asked: str, text: str) -> float:
            return judges[self.price](asked, text)

        self.reward = reward
        kept = kept_of(lm, PRICED)
        pasts = {own.price: own.moments for own in kept.courses} if kept else {}
        by_price = [[each, self._plain(pasts.get(each, ()))] for each in PRICES]
        self._begin(
            live.Run(trainer(lm, reward), steps, self._show, looker()),
            moments=by_price[0][1],
            _kept=by_price,
            _signs=OUTCOMES,
            _rewarded="right answers",
        )

    @traitlets.validate("price")
    def _check_price(self, proposal: Any) -> int:
        if proposal.value not in PRICES:
            prices = ", ".join(map(str, PRICES))
            raise ValueError(f"price is one of {prices}; it was {proposal.value}.")
        return proposal.value

    @traitlets.observe("price")
    def _on_price(self, change: Any) -> None:
        if self._run.phase == "done":
            self._run.put_back()
        if self._run.phase == "ready":
            self.moments = dict(map(tuple, self._kept))[change.new]
            self.shown = None
        self._show()

    def _judged(self, example: Example) -> str:
        return "– silent" if refuses(example.text) else super()._judged(example)
