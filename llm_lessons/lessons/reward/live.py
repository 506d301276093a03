"""A model that learns from rewards while somebody watches, and can be stopped.

A run works in a thread of its own, on a copy: the model that was given stays as it was.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Literal

from llm_lessons.foundation.checks import Refusal
from llm_lessons.foundation.waiting import Stopped, stoppable
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.reward.learned import STEPS
from llm_lessons.lessons.reward.moments import Moment, moment
from llm_lessons.lessons.reward.rewards import EACH, RIGHT
from llm_lessons.training.answers import Step
from llm_lessons.training.reward import RewardTrainer

type Phase = Literal["ready", "training", "stopped", "done", "failed"]


def marbles(lm: LanguageModel, reward: Callable[..., Any]) -> RewardTrainer:
    """A trainer that asks marble problems, and rewards what the function says."""
    return RewardTrainer(lm, RIGHT.problems(EACH, 0), reward, longest=RIGHT.longest)


class Run:
    """Some steps of reward that start, stop and go on, in a thread of their own.

    Only one run of a program works at a time: a second one stops the first, which can
    go on later.

    Args:
        trainer: what it asks, and what it rewards.
        steps: of the whole run.
        report: called in the thread after each step, and when the phase changes.
        look: what there is to see of a step.

    Attributes:
        phase: what it does.
        moments: the answers of each step.
        note: a sentence on the last step, where nothing was learned in it.
        trouble: why it failed.
    """

    _working: "Run | None" = None
    _one_at_a_time = threading.RLock()

    def __init__(
        self,
        trainer: RewardTrainer,
        steps: int = STEPS,
        report: Callable[[], None] = lambda: None,
        look: Callable[[Step], Moment] = moment,
    ):
        self._trainer, self._look = trainer, look
        self.steps, self._report = steps, report
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._forget()

    def _forget(self) -> None:
        self.phase: Phase = "ready"
        self.moments: list[Moment] = []
        self.note, self.trouble, self._seconds = "", "", 0.0

    @property
    def step(self) -> int:
        """How many steps are taken."""
        return self._trainer.steps

    @property
    def is_working(self) -> bool:
        """Whether the thread is at work."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop, and has not yet."""
        return self.is_working and self._stop.is_set()

    @property
    def seconds_left(self) -> float | None:
        """At the speed so far; None before the second step, as the first compiles."""
        if self.step < 2:
            return None
        return self._seconds / (self.step - 1) * (self.steps - self.step)

    def start(self) -> bool:
        """Begin or go on; returns False where it is at work or done already."""
        with Run._one_at_a_time:
            if self.is_stopping:
                self.stop(wait=True)
            if self.is_working or self.phase == "done":
                return False
            if Run._working is not None:
                Run._working.stop(wait=True)
            Run._working = self
            self._stop.clear()
            self.phase, self.trouble = "training", ""
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
            return True

    def stop(self, wait: bool = False) -> None:
        """Stop where it is; a step that is under way is taken again later."""
        self._stop.set()
        if wait and self._thread is not None:
            self._thread.join()

    def put_back(self) -> None:
        """Forget what was learned; the next start has other coins."""
        self.stop(wait=True)
        self._trainer.put_back()
        self._trainer.seed += 1
        self._forget()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread's end, so long at most; returns whether it has ended."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.is_working

    def model(self) -> LanguageModel:
        """The model as it is now; later steps don't change it."""
        return self._trainer.model()

    def _work(self) -> None:
        self._report()
        try:
            with stoppable(self._stop):
                while self.step < self.steps and not self._stop.is_set():
                    self._advance()
            self.phase = "done" if self.step == self.steps else "stopped"
        except Stopped:
            self.phase = "stopped"
        except Exception as error:  # told in the page: a thread has nobody to tell
            is_told = isinstance(error, Refusal)
            trouble = f"{error}" if is_told else f"{type(error).__name__}: {error}."
            self.phase, self.trouble = "failed", trouble
        self._report()

    def _advance(self) -> None:
        began = time.monotonic()
        step = self._trainer.step()
        # A new list each time: it is handed over to another thread.
        self.moments = [*self.moments, self._look(step)]
        self.note = step.note
        if step.number > 1:
            self._seconds += time.monotonic() - began
        self._report()
