"""Answers in lanes while a model learns from rewards: stop, go on, put back."""

from collections.abc import Callable, Sequence
from typing import Any

import traitlets

from llm_lessons.foundation.checks import WrongKind, checked, shown
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.reward import live
from llm_lessons.lessons.reward.learned import STEPS, kept_of
from llm_lessons.lessons.reward.moments import Example, Moment
from llm_lessons.lessons.reward.rewards import RIGHT
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control

LOOK = 1.0  # seconds between two looks at the progress
# What the letters of answers mean: see `Signs` in web/widgets/reward_lanes_picture.js.
FORMS = {
    "lanes": [
        ["a", "at once", False],
        ["d", "after dots", False],
        ["s", "step by step", False],
        ["o", "in another way", True],
    ],
    "filled": "right",
    "curves": [["right", "ADSO", "adsoADSO"], ["step by step", "sS", "adsoADSO"]],
    "told": "{0} % right, {1} % step by step",
    "axis": "% of the answers",
}


class RewardLanes(Control):
    """Reward a copy of a model for its answers, and watch which forms win.

    It is asked marble problems, and nothing says in which form to answer. The model
    that is given stays as it was. The run works in a thread beside the notebook, and
    its moments are traits: a page that is saved replays them. Until a run is begun,
    these are the moments of the kept one, if there is one of this model.

    Args:
        lm: the model, of which a copy learns.
        reward: a function of the text, or of the problem and the text, that gives a
            number; None rewards right numbers.
        steps: rounds of the whole run, each a step of training.

    Attributes:
        reward: as it was given.
        moments: for each round [rounds before it, a letter for each answer as in
            `lessons.reward.moments`, mean reward, three answers], each of the three
            [problem, text, reward, whether it is right].
        shown: number of the moment that is shown; None follows the newest.
        status: phase, step, seconds left and the like, as in `live.Run`.
    """

    _esm, _css = assets("reward_lanes")
    loses = ("moments", "shown", "status")

    moments = traitlets.List().tag(sync=True)
    shown = traitlets.Int(None, allow_none=True).tag(sync=True)
    status = traitlets.Dict().tag(sync=True)

    _signs = traitlets.Dict().tag(sync=True)
    _kept = traitlets.List().tag(sync=True)  # by price: see PriceLanes
    _rewarded = traitlets.Unicode().tag(sync=True)  # what is, in words
    _steps = traitlets.Int().tag(sync=True)
    _asked = traitlets.List([0, ""]).tag(sync=True)  # number of the press, and for what
    _answered = traitlets.Int(0).tag(sync=True)  # the last press that was heard

    @checked(steps=range(1, 10_001))
    def __init__(
        self,
        lm: LanguageModel,
        reward: Callable[..., Any] | None = None,
        steps: int = STEPS,
    ):
        if reward is not None and not callable(reward):
            raise WrongKind(
                f"reward must be a function of a text; it was {shown(reward)}."
            )
        self.reward = reward
        kept = kept_of(lm) if reward is None else None
        name = getattr(reward, "__name__", "your function")
        self._begin(
            live.Run(
                live.marbles(lm, RIGHT.reward if reward is None else reward),
                steps,
                self._show,
            ),
            moments=self._plain(kept.moments if kept else ()),
            _signs=FORMS,
            _rewarded="right answers" if reward is None else f"by {name}",
        )

    def _begin(self, run: live.Run, **traits: Any) -> None:
        self._run = run
        super().__init__(_steps=run.steps, status=self._told(), **traits)
        self.observe(self._on_asked, "_asked")

    def __repr__(self) -> str:
        at = f"round {self._run.step} of {self._steps}"
        return f"{type(self).__name__}({self.status['phase']}, {at})"

    def finished(self) -> LanguageModel | None:
        """The model that has learned, as soon as a run that was begun is done.

        Where none was begun, or it was stopped, it says what to do: then there is no
        model.
        """
        run = self._run
        what = "learning from rewards"
        with Waiting(what, run.steps, is_all=True, before=run.step) as bar:
            while not run.wait(LOOK):
                bar.done(run.step - bar.parts)
        self._show()
        self.send_state()  # what a thread sends between two cells may get lost
        if run.phase == "done":
            return run.model()
        print(
            f"Not learned yet: round {run.step} of {run.steps}. Press the control's "
            "button, and run this cell again."
        )
        return None

    def _on_asked(self, change: Any) -> None:
        number, wish = change.new
        if wish == "start":
            if self._run.phase == "ready":  # from the same weights on, its own moments
                self.moments, self.shown = self.moments[:1], None
            self._run.start()
        elif wish == "stop":
            self._run.stop()
        elif wish == "back" and not self._run.is_working:
            self._run.put_back()
            self.shown = None
        self._show()
        self._answered = number

    def _show(self) -> None:
        run = self._run
        if run.moments:  # else the last ones stay until there are new ones
            self.moments = self._plain(run.moments)
        self.status = self._told()

    def _told(self) -> dict[str, Any]:
        run = self._run
        names = ("phase", "step", "seconds_left", "note", "trouble")
        stopping = run.is_stopping and run.phase == "training"
        return {name: getattr(run, name) for name in names} | {"stopping": stopping}

    def _plain(self, moments: Sequence[Moment]) -> list[list[Any]]:
        """Moments as a page takes them."""
        return [
            [
                one.steps,
                one.marks,
                round(one.reward, 3),
                [[*each[:3], self._judged(each)] for each in one.examples],
            ]
            for one in moments
        ]

    def _judged(self, example: Example) -> str:
        return "✓ right" if example.right else "✗ not right"
