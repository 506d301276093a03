"""A model that learns before your eyes: its curve, its words, and a slider back."""

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets
from tqdm import tqdm

from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import live, two_settings
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.widgets.assets import assets

LOOK = 1.0  # seconds between two looks at the progress


class TrainingCurve(anywidget.AnyWidget):
    """Start, stop and go on with a training; watch its loss, replay what it wrote.

    The training runs in a thread beside the notebook, so the page stays awake, and what
    interrupts the kernel does not interrupt it. Curve and samples are traits: a page
    that is saved replays them.

    Few texts are read again and again. Then their last tenth is held out, and a second
    curve shows the loss on it: where that one rises, learning by heart has begun.

    Args:
        tokenizer: cuts the texts.
        read: returns the texts, or None for some of Fjordby; called when the training
            starts.
        prompt: what every sample goes on from.
        steps: how many batches make the whole training.
        goal: a trained model. Until the training has begun, what it writes is shown
            beside what its like writes with knobs at random.

    Attributes:
        points: the curve, each point [step, tokens read, loss in bits a token].
        samples: what it wrote, each [step, tokens read, loss, text].
        held_out: a point for every sample, with the loss on text that is held out;
            empty where no text is read twice.
        shown: number of the sample that is shown; None follows the newest.
        status: phase, step, seconds left and the like, as in `live.Run`.
    """

    _esm, _css = assets("training_curve")

    points = traitlets.List().tag(sync=True)
    samples = traitlets.List().tag(sync=True)
    held_out = traitlets.List().tag(sync=True)
    shown = traitlets.Int(None, allow_none=True).tag(sync=True)
    status = traitlets.Dict().tag(sync=True)

    _prompt = traitlets.Unicode().tag(sync=True)
    _steps = traitlets.Int().tag(sync=True)
    _tokens = traitlets.Int(0).tag(sync=True)  # that the whole training may read
    _lines = traitlets.List().tag(sync=True)  # [name, bits]: what there is to beat
    _before = traitlets.Dict().tag(sync=True)  # whose text it is -> the text
    _asked = traitlets.List([0, ""]).tag(sync=True)  # number of the press, and for what
    _answered = traitlets.Int(0).tag(sync=True)  # the last press that was heard

    @checked(steps=range(1, 100_001))
    def __init__(
        self,
        tokenizer: Tokenizer,
        read: Callable[[], Sequence[str]] | None = None,
        *,
        prompt: str = live.PROMPT,
        steps: int = live.STEPS,
        goal: LanguageModel | None = None,
    ):
        self._run = live.Run(
            tokenizer,
            read or live.some_of_fjordby,
            prompt=prompt,
            steps=steps,
            report=self._show,
        )
        self._seed = 0
        super().__init__(
            _prompt=prompt,
            _steps=steps,
            _tokens=self._run.most_tokens,
            _lines=[["guessing evenly", math.log2(tokenizer.vocab_size)]],
            _before={} if goal is None else two_settings.write(goal, prompt),
        )
        self._show()
        self.observe(self._on_asked, "_asked")

    def __repr__(self) -> str:
        at = f"step {self._run.step} of {self._steps}"
        return f"TrainingCurve({self.status['phase']}, {at})"

    def start(self) -> bool:
        """Begin or go on; returns False where it runs already or is done."""
        return self._run.start()

    def stop(self) -> None:
        """Stop after the step that is under way; nothing is lost."""
        self._run.stop()

    def finish(self) -> LanguageModel | None:
        """Begin or go on, wait until it is done, and return the model.

        It takes as long as it takes. An interrupted kernel stops it where it is: then
        there is no model, and `is_done` is False. Called again it goes on.

        Raises:
            RuntimeError: the training failed; says why.
        """
        run = self._run
        run.start()
        with tqdm(total=run.steps, unit="step", file=sys.stdout) as bar:
            try:
                while not run.wait(LOOK):
                    _show_progress(bar, run)
            except KeyboardInterrupt:
                # What it reads takes long to prepare: nobody waits for the end of that.
                run.stop(wait=run.phase == "training")
            _show_progress(bar, run)
        self._show()
        self.send_state()  # what a thread sends between two cells may get lost
        if run.phase == "failed":
            raise RuntimeError(run.trouble)
        if run.phase == "done":
            return run.model()
        print(
            f"Interrupted at step {run.step} of {run.steps}: nothing is lost. "
            "Run this cell again to go on."
        )
        return None

    def is_done(self) -> bool:
        """Whether all steps are taken; where they are not, it says what to do.

        For the cells that compute from the whole training.
        """
        run = self._run
        if run.phase != "done":
            print(
                f"Not trained yet: step {run.step} of {run.steps}. Run the cell with "
                "curve.finish() above again, then this one."
            )
        return run.phase == "done"

    def _on_asked(self, change: Any) -> None:
        number, wish = change.new
        if wish == "start":
            self._run.start()
        elif wish == "stop":
            self._run.stop()
        elif wish == "again" and not self._run.is_working:
            self._seed += 1
            self._run.begin_anew(self._seed)
            self.shown = None
            self._run.start()
        self._show()
        self._answered = number

    def _show(self) -> None:
        run = self._run
        if run.material is not None:
            self._lines = [
                ["guessing evenly", run.material.even],
                ["counting pairs of tokens", run.material.pairs],
            ]
        self.points = [[step, read, round(bits, 3)] for step, read, bits in run.points]
        # Before the samples: the page writes a row for each, with both losses.
        self.held_out = [
            [step, read, round(bits, 3)] for step, read, bits in run.held_out
        ]
        self.samples = [list(sample) for sample in run.samples]
        self.status = {
            "phase": run.phase,
            "stopping": run.is_stopping and run.phase in ("preparing", "training"),
            "step": run.step,
            "seconds_left": run.seconds_left,
            "trouble": run.trouble,
        }


def _show_progress(bar: tqdm, run: live.Run) -> None:
    bar.set_description_str(run.phase, refresh=False)
    if run.points:
        loss = f"{run.points[-1].bits:.2f} bits"
        bar.set_postfix(loss=loss, refresh=False)
    bar.n = run.step
    bar.refresh()
