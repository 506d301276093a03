"""What a lesson shows of a measurement: the kept result, a sample, or a live one."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons.foundation.waiting import Waiting
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import claims, kept
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment, Fresh
from llm_lessons.widgets import measure_anew
from llm_lessons.widgets.measure_anew import MeasureAnew, measured
from tests.tiny import CONFIG, random_parameters, tokenizer

PATIENCE = 60  # seconds, for a machine that has much to do


@dataclass(frozen=True)
class Found:
    """A share, with a figure."""

    right: Share
    cases: int

    def headline(self) -> Share:
        return self.right

    def alt(self, yours: Share | None = None) -> str:
        return f"A point of {self.cases}.{f' Yours: {yours.n}.' if yours else ''}"

    def figure(self, yours: Share | None = None) -> Figure:
        return plt.subplots()[0]


def measure(lm: LanguageModel, cases: int) -> Found:
    return Found(share([1.0] * cases + [0.0] * cases), cases)


def fresh(lm: LanguageModel, seed: int) -> Share:
    return share([1.0] * 4 + [0.0] * 6)


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Experiment[Found]:
    monkeypatch.setattr(kept, "MEASURED", tmp_path)
    monkeypatch.setattr(kept, "code_digest", lambda function: function.__name__)
    monkeypatch.setenv(kept.SAMPLES, "on")
    sample = Fresh(fresh, Found.headline, "right", "stories")
    return Experiment("x", measure, 40, fresh=sample)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed, in its order; what changes a display is no new one."""
    found: list[Any] = []
    handle = SimpleNamespace(update=lambda thing: found.append(("update", thing)))

    def display(thing: Any, **_: Any) -> SimpleNamespace:
        found.append(thing)
        return handle

    monkeypatch.setattr(measure_anew, "display", display)
    return found


def model() -> LanguageModel:
    return LanguageModel("a", CONFIG, random_parameters(CONFIG), tokenizer())


def test_the_kept_result_is_there_first_and_the_sample_in_its_figure(
    one: Experiment[Found], shown: list[Any], monkeypatch: pytest.MonkeyPatch
):
    lm = model()
    kept.measure_and_keep(one, [lm])
    result = measured(one, lm)
    assert result.cases == 40
    first, (update, second), told, again = shown
    assert repr(first) == "[Figure: A point of 40.]" and update == "update"
    assert repr(second) == "[Figure: A point of 40. Yours: 10.]"
    low, high = kept.expected(result.right, 10)
    assert "4 of 10" in told.data and f"other stories, {low} to {high}" in told.data
    assert isinstance(again, MeasureAnew)
    shown.clear()
    monkeypatch.setenv(kept.SAMPLES, kept.OFF)  # where no learner sits
    measured(one, lm)
    kinds = [type(thing).__name__ for thing in shown]
    assert kinds == ["Drawing", "Markdown", "MeasureAnew"]


def test_a_goal_that_the_card_says_was_missed_is_told_below_its_figure(
    one: Experiment[Found],
    shown: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    lm, one = model(), replace(one, on_card="it is right")
    kept.measure_and_keep(one, [lm])
    monkeypatch.setattr(measure_anew, "DATA", tmp_path)
    card = tmp_path / "fjord" / claims.CARD
    card.parent.mkdir()
    row = claims.Figure("C1", "it is right", share([1, 0]), least=0.9).row()
    rows = f"### part\n\nC1.\n\n{claims.table({'a': [row]})}"
    for digest, is_told in ((kept.model_digest(lm), True), ("of another", False)):
        card.write_text(f"sha256 {digest}\n\n{rows}", encoding="utf-8")
        measured(one, lm)
        *_, told, _ = shown
        assert ("the goal was at least 90 %" in told.data) == is_told
    card.unlink()
    measured(one, lm)
    assert "goal" not in shown[-2].data


def test_another_model_gets_a_live_result_and_is_told_why(
    one: Experiment[Found], shown: list[Any]
):
    lm = model()
    kept.write(one, replace(kept.measure_and_keep(one, [lm]), seconds=8.0))
    other = lm.with_params(random_parameters(CONFIG, seed=1))
    assert measured(one, other).cases == 10
    told, figure = shown
    assert "other weights" in told.data and "10 cases" in told.data
    assert "about 2 s" in told.data and repr(figure) == "[Figure: A point of 10.]"


def anew(measure: Any) -> MeasureAnew:
    source = kept.Source({"a": ""}, "", 40)
    found = kept.Kept(Found(share([1.0]), 40), "2026-11-29", 8.0, source)
    return MeasureAnew(measure, found, {})


def press(widget: MeasureAnew, wish: str) -> None:
    widget._asked = [int(widget._asked[0]) + 1, wish]


def wait_until(happened: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends
        time.sleep(0.01)


def wait_for(widget: MeasureAnew, phase: str) -> None:
    wait_until(lambda: widget.status["phase"] == phase)


def test_a_part_is_measured_first_and_kept_when_the_rest_is_stopped():
    asked: list[int] = []
    goes_on = threading.Event()

    def measure_slowly(cases: int) -> Found:
        asked.append(cases)
        with Waiting("asking", 1000) as bar:
            while cases == 40 and not goes_on.wait(0.01):
                bar.done()
        return measure(None, cases)  # type: ignore[arg-type]

    widget = anew(measure_slowly)
    assert widget.status["phase"] == "ready" and widget.status["seconds"] == 10
    press(widget, "start")
    wait_until(lambda: "A point of 10." in widget.shown)
    assert widget.status["phase"] == "measuring"
    press(widget, "stop")
    wait_for(widget, "stopped")
    assert widget.status["cases"] == 10 and "A point of 10." in widget.shown
    press(widget, "start")  # and it can begin again
    goes_on.set()
    wait_for(widget, "done")
    assert asked == [10, 40] * 2 and widget.status["cases"] == 40
    assert 'aria-label="A point of 40."' in widget.shown


def test_what_fails_is_told():
    def fail(cases: int) -> Found:
        raise ValueError("no room")

    widget = anew(fail)
    press(widget, "start")
    wait_for(widget, "failed")
    assert widget.status["trouble"] == "ValueError: no room"
