"""A small model that trains while somebody watches, and can be stopped at any step.

It is Fjord's own recipe in miniature: the same architecture, the same optimiser, the
same text, though only a small part of it. A run works in a thread of its own. So a
kernel that is interrupted, and which then interrupts its main thread, loses nothing.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.checks import Refusal, several, text
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training.material import (
    Material,
    Rows,
    prepare,
    some_of_fjordby,
)
from llm_lessons.measuring.surprise import bits_of_rows
from llm_lessons.model.config import FJORD, ModelConfig
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, Trainer
from llm_lessons.training.data import PADDING

SMALL = replace(FJORD, d_model=96, n_layers=2, d_head=32, d_ff=256, max_seq_len=128)
RECIPE = Recipe(rows=16, row_length=128, peak=0.03)
STEPS = 800  # about a minute on two cores
PROMPT = "Once upon a time"
LENGTH, TEMPERATURE = 40, 0.5  # of a sample: tokens, and how hot the coin is
POINTS = 160  # of the curve
EARLY, LOOKS = (0, 5, 10, 20, 30, 40, 60, 80, 100, 120), 16  # steps with a sample
MOST_REPORTS = 5  # a second


class Point(NamedTuple):
    """The curve at one step: tokens read so far, and the latest loss in bits a token.

    The loss is that on rows just before they are learned from: it never read them.
    """

    step: int
    tokens: int
    bits: float


class Sample(NamedTuple):
    """What the model made of the prompt at one step; `bits` is the loss there."""

    step: int
    tokens: int
    bits: float
    text: str


class Run:
    """A model in training that starts, stops and goes on, in a thread of its own.

    Only one run of a program works at a time: a second one stops the first, which can
    go on later.

    Args:
        tokenizer: cuts the texts.
        read: returns the texts; called in the thread, as it may take a while.
        config, recipe, steps: the model and how it is trained.
        prompt: what every sample goes on from.
        report: called in the thread, a few times a second, and when the state changes.

    Attributes:
        phase: "ready", "preparing", "training", "stopped", "done" or "failed".
        material: what it reads, once that is prepared.
        points, samples: the curve, and what the model wrote on its way.
        held_out: the loss on text that is never learned from, at the steps of the
            samples; empty where no text is read twice.
        trouble: why it failed.
    """

    _working: "Run | None" = None
    _one_at_a_time = threading.RLock()

    def __init__(
        self,
        tokenizer: Tokenizer,
        read: Callable[[], Sequence[str]] = some_of_fjordby,
        *,
        config: ModelConfig = SMALL,
        recipe: Recipe = RECIPE,
        steps: int = STEPS,
        prompt: str = PROMPT,
        report: Callable[[], None] = lambda: None,
    ):
        self.tokenizer, self.prompt, self.steps = tokenizer, prompt, steps
        self.config = replace(config, vocab_size=tokenizer.vocab_size)
        self._read, self._recipe, self._report = read, recipe, report
        self.material: Material | None = None
        self._thread: threading.Thread | None = None
        often = range(0, steps, max(1, steps // LOOKS))
        self._looks = {*EARLY, *often, steps}
        self._stop = threading.Event()
        self._step_lock = threading.Lock()  # weights are given away during a step
        self.begin_anew(recipe.seed)

    def begin_anew(self, seed: int) -> None:
        """Forget what was learned; the next start begins with other random numbers."""
        self.stop(wait=True)
        self._recipe = replace(self._recipe, seed=seed)
        self._trainer: Trainer | None = None
        self.points: list[Point] = []
        self.samples: list[Sample] = []
        self.held_out: list[Point] = []
        self._recent: list[float] = []
        self._seconds, self._reported = 0.0, 0.0
        self.phase, self.trouble = "ready", ""

    @property
    def step(self) -> int:
        """How many batches are read."""
        return self._trainer.step if self._trainer else 0

    @property
    def most_tokens(self) -> int:
        """What all steps read if no row is padded; known before any text is."""
        return self.steps * self._recipe.rows * self._recipe.row_length

    @property
    def is_working(self) -> bool:
        """Whether the thread is at work."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop and is still in its last step."""
        return self.is_working and self._stop.is_set()

    @property
    def seconds_left(self) -> float | None:
        """At the speed so far; None before the first step."""
        if not self.step or not self._seconds:
            return None
        return self._seconds / self.step * (self.steps - self.step)

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
            self.phase = "preparing"
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
            return True

    def stop(self, wait: bool = False) -> None:
        """Stop after the step that is under way; `start` goes on from there."""
        self._stop.set()
        if wait and self._thread is not None:
            self._thread.join()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread's end, so long at most; returns whether it has ended."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.is_working

    def model(self) -> LanguageModel:
        """The model as it is now, with weights of its own.

        Raises:
            ValueError: no run was started yet.
        """
        if self._trainer is None:
            raise ValueError("There is no model yet: start the training first.")
        with self._step_lock:
            weights = jax.device_get(self._trainer.params)
        params = jax.tree.map(jnp.array, weights)
        return LanguageModel("small", self.config, params, self.tokenizer)

    def _work(self) -> None:
        try:
            trainer = self._prepare()
            self._tell("training")
            while trainer.step < self.steps and not self._stop.is_set():
                self._advance(trainer)
            self.phase = "done" if trainer.step == self.steps else "stopped"
        except Exception as error:  # told in the page: a thread has nobody to tell
            kind = "" if isinstance(error, Refusal) else f"{type(error).__name__}: "
            self.phase, self.trouble = "failed", f"{kind}{error}"
        self._report()

    def _prepare(self) -> Trainer:
        self._report()
        if self.material is None:
            texts = several("what read() gives", self._read(), text, "a list of texts")
            if not texts:
                raise Refusal("read() gives no texts: there is nothing to learn from.")
            self.material = prepare(texts, self.tokenizer, self._recipe, self.steps)
        if self._trainer is None:
            trainer = Trainer(self.config, self._recipe, self.material.stream)
            self._trainer = trainer
            self._look(trainer, self.material.even)
        return self._trainer

    def _advance(self, trainer: Trainer) -> None:
        began = time.monotonic()
        with self._step_lock:
            bits = float(trainer.advance()) / math.log(2)
        self._recent.append(bits)
        every = max(1, self.steps // POINTS)
        if trainer.step % every == 0 or trainer.step in (1, self.steps):
            mean = sum(self._recent) / len(self._recent)
            self.points.append(Point(trainer.step, trainer.tokens_read, mean))
            self._recent = []
        if trainer.step in self._looks:
            self._look(trainer, self.points[-1].bits)
        if trainer.step > 1:  # the first one compiles
            self._seconds += time.monotonic() - began
        if time.monotonic() - self._reported > 1 / MOST_REPORTS:
            self._tell("training")

    def _look(self, trainer: Trainer, bits: float) -> None:
        """Let it write: always the same prompt and coin, so only the knobs differ."""
        lm, at = self.model(), (trainer.step, trainer.tokens_read)
        text = lm.generate(self.prompt, LENGTH, TEMPERATURE)
        # A new list each time: it is handed over to another thread, which finds a point
        # for every sample.
        if self.material is not None and self.material.held_out is not None:
            told = Point(*at, _loss(lm, self.material.held_out))
            self.held_out = [*self.held_out, told]
        self.samples = [*self.samples, Sample(*at, bits, text)]

    def _tell(self, phase: str) -> None:
        self.phase, self._reported = phase, time.monotonic()
        self._report()


def _loss(lm: LanguageModel, rows: Rows) -> float:
    """Bits a token on rows of a text, their padding left out."""
    filled = np.where(rows == PADDING, -1, rows.astype(np.int32))
    bits = np.asarray(bits_of_rows(lm.params, filled, lm.config))
    return float(bits.sum() / (filled[:, 1:] >= 0).sum())
