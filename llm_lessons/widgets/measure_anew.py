"""A measurement in a lesson: its kept result, a fresh sample, and a button for more."""

import asyncio
import math
import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import Markdown, display
from matplotlib import pyplot as plt

from llm_lessons import figures
from llm_lessons.foundation.languages import translated
from llm_lessons.foundation.paths import DATA
from llm_lessons.foundation.waiting import Stopped, Waiting, stoppable
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import kept
from llm_lessons.measuring.claims import CARD, missed_in_words
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.kept import Experiment, Kept, NotKept
from llm_lessons.widgets.assets import assets

PART = 4  # the first of so many parts is measured alone: whoever stops then keeps it
NOTEBOOK_ONLY = {"llm_lessons": {"notebook_only": True}}  # of an output no page shows


def measured[T](experiment: Experiment[T], *models: LanguageModel, **said: Any) -> T:
    """Show what was measured large, and measure a small fresh sample beside it.

    Where the kept result is of something else, such as a model of one's own, a part of
    it is measured at once, and a sentence says how long that takes.

    Args:
        said: what somebody guessed, as the result's `figure` takes it.

    Returns:
        The large result.
    """
    try:
        found = kept.find(experiment, models)
    except NotKept as why:
        return _measured_live(experiment, models, why, said)
    handle = _draw(found.result, said)
    yours = _sample(experiment, models)
    if yours is not None:
        _draw(found.result, said | {"yours": yours}, handle)
    display(Markdown(_told(experiment, found, yours) + _missed(experiment, models)))
    again = MeasureAnew(lambda cases: experiment.of(models, cases), found, said)
    display(again, metadata=NOTEBOOK_ONLY)
    return found.result


def _measured_live[T](
    experiment: Experiment[T],
    models: Sequence[LanguageModel],
    why: NotKept,
    said: dict[str, Any],
) -> T:
    cases = math.ceil(experiment.cases / PART)
    takes = f", which takes about {why.seconds / PART:.0f} s" if why.seconds else ""
    told = f"*{why} So {cases} cases of each kind are measured now{takes}.*"
    display(Markdown(told))
    result = experiment.of(models, cases)
    _draw(result, said)
    return result


def _sample[T](
    experiment: Experiment[T], models: Sequence[LanguageModel]
) -> Share | None:
    """A few cases that nobody has measured yet, as far as one knows."""
    if experiment.fresh is None or os.environ.get(kept.SAMPLES) == kept.OFF:
        return None
    with Waiting(f"new {experiment.fresh.cases}"):
        return experiment.fresh.ask(models[0], secrets.randbelow(2**31))


def _told[T](experiment: Experiment[T], found: Kept[T], yours: Share | None) -> str:
    """When the result was measured, and how the sample lies to it."""
    day = date.fromisoformat(found.measured)
    told = translated(f"(Measured on {day.day} {day:%B %Y}.)")
    if yours is None or experiment.fresh is None:
        return told
    count = round(yours.share * yours.n)
    low, high = kept.expected(experiment.fresh.headline(found.result), yours.n)
    inside = low <= count <= high
    verdict = (
        f"with other {experiment.fresh.cases}, {low} to {high} were to be expected"
        if inside
        else f"{low} to {high} were to be expected. One sample in twenty lies outside: "
        "run the cell again, and others are taken"
    )
    counted = f"{count} of {yours.n} {experiment.fresh.counted}"
    return f"**Yours, just now: {counted};** {verdict}. {told}"


def _missed(experiment: Experiment, models: Sequence[LanguageModel]) -> str:
    """Which goals of the card the figure's model misses, if the card is of it."""
    lm, card = models[0], DATA / "fjord" / CARD
    if not experiment.on_card or not card.is_file():
        return ""
    text = card.read_text(encoding="utf-8")
    if kept.model_digest(lm) not in text:
        return ""
    missed = missed_in_words(text, lm.name, experiment.on_card)
    return f" ({missed})" if missed else ""


def _draw(result: Any, said: dict[str, Any], handle: Any = None) -> Any:
    """Show the figure of a result that has one, or change the one that is shown."""
    if not hasattr(result, "figure"):
        return None
    shown = _drawing(result, said)
    if handle is None:
        return display(shown, display_id=True)
    handle.update(shown)
    return handle


def _drawing(result: Any, said: dict[str, Any]) -> figures.Drawing:
    fig, alt = result.figure(**said), result.alt(**said)
    svg = figures.to_svg(fig, alt=alt)
    plt.close(fig)
    return figures.Drawing(svg, alt)


class MeasureAnew(anywidget.AnyWidget):
    """A button that measures all of it anew, beside the notebook, and can be stopped.

    A first part is measured alone, so that whoever stops later keeps a result.

    Args:
        measure: measures with so many cases of each kind.
        found: the kept result.
        said: as of `measured`.

    Attributes:
        status: phase ("ready", "measuring", "done", "stopped" or "failed"), the
            seconds that the whole takes, as far as one knows, and since when.
        shown: the figure of what came of it, as SVG.
    """

    _esm, _css = assets("measure_anew")

    status = traitlets.Dict().tag(sync=True)
    shown = traitlets.Unicode().tag(sync=True)
    _asked = traitlets.List([0, ""]).tag(sync=True)  # number of the press, and for what

    def __init__(
        self, measure: Callable[[int], Any], found: Kept[Any], said: dict[str, Any]
    ) -> None:
        self._measure, self._said = measure, said
        self._cases = found.source.cases
        self._seconds = round(found.seconds * (1 + 1 / PART), 1)
        self._stop = threading.Event()
        is_in_kernel = getattr(get_ipython(), "kernel", None) is not None
        self._loop = asyncio.get_running_loop() if is_in_kernel else None
        self._thread: threading.Thread | None = None
        super().__init__()
        self._report("ready")
        self.observe(self._on_asked, "_asked")

    def _on_asked(self, change: Any) -> None:
        wish = change.new[1]
        if wish == "stop":
            self._stop.set()
        elif self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        self._report("measuring")
        began = time.monotonic()
        part = math.ceil(self._cases / PART)
        done = 0
        try:
            with stoppable(self._stop):
                for cases in (part, self._cases):
                    result = self._measure(cases)
                    done = cases
                    self._show(result)
                    spent = round(time.monotonic() - began, 1)
                    whole = round(spent + spent * self._cases / part, 1)
                    self._report("measuring", spent=spent, seconds=whole)
        except Stopped:
            self._report("stopped" if done else "ready", cases=done)
        except Exception as error:  # told in the page: a thread has nobody to tell
            self._report("failed", trouble=f"{type(error).__name__}: {error}")
        else:
            self._report("done", cases=done)

    def _show(self, result: Any) -> None:
        """Draw it between two cells: matplotlib is not made for two threads."""

        def draw() -> None:
            if hasattr(result, "figure"):
                self.shown = _drawing(result, self._said)._repr_html_()

        if self._loop is None:
            draw()
        else:
            self._loop.call_soon_threadsafe(draw)

    def _report(self, phase: str, **told: Any) -> None:
        begun = {"spent": 0.0, "seconds": self._seconds, "cases": 0, "trouble": ""}
        self.status = {"phase": phase, **begun, **told}
