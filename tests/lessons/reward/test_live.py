"""A run in a thread: stopped, gone on with, put back, and what goes wrong in it."""

import threading

import jax
import numpy as np
import pytest

from llm_lessons.lessons.reward import live
from llm_lessons.lessons.reward.live import Run
from llm_lessons.lessons.training.fit import fingerprint
from tests import tiny
from tests.lessons.reward.tiny_choice import CHOICE, has_e

pytestmark = pytest.mark.slow

STEPS, PATIENCE = 4, 300  # seconds, for a machine that compiles everything


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems that fit the tiny model."""
    monkeypatch.setattr(live, "RIGHT", CHOICE)


def ended(run: Run) -> str:
    assert run.start() and run.wait(PATIENCE)
    return run.phase


def test_a_copy_learns_and_every_step_is_reported():
    reports: list[tuple[str, int]] = []
    run = Run(tiny.model(), has_e, STEPS)
    run._report = lambda: reports.append((run.phase, run.step))
    before = fingerprint(tiny.model().params)
    assert ended(run) == "done" and not run.start()
    assert [one.steps for one in run.moments] == [0, 1, 2, 3]
    assert reports[0] == ("training", 0) and reports[-1] == ("done", STEPS)
    assert [step for _, step in reports[1:-1]] == [1, 2, 3, 4]
    assert fingerprint(tiny.model().params) == before
    assert fingerprint(run.model().params) != before


def test_stopped_and_gone_on_with_it_is_the_same_run_and_put_back_another():
    whole, parts = (Run(tiny.model(), has_e, STEPS) for _ in "ab")
    assert ended(whole) == "done"

    def stop_at_two() -> None:
        if parts.step == 2:
            parts.stop()

    parts._report = stop_at_two
    assert ended(parts) == "stopped" and parts.step == 2
    parts._report = lambda: None
    assert ended(parts) == "done" and parts.moments == whole.moments
    one, other = whole.model().params, parts.model().params
    jax.tree.map(np.testing.assert_array_equal, one, other)
    parts.put_back()
    assert (parts.phase, parts.step, parts.moments) == ("ready", 0, [])
    assert ended(parts) == "done" and parts.moments != whole.moments


def test_a_judge_that_fails_is_told_and_the_rest_is_kept():
    calls: list[str] = []

    def tires(text: str) -> float:
        calls.append(text)
        return "no number" if len(calls) > 64 else len(text)  # type: ignore[return-value]

    run = Run(tiny.model(), tires, STEPS)
    assert ended(run) == "failed" and run.step == 1
    assert "must be a number" in run.trouble and "Refusal" not in run.trouble
    assert len(run.moments) == 1
    calls.clear()
    assert ended(run) == "failed" and run.step == 2


def test_a_second_run_stops_the_first_whose_judge_never_ends():
    begun = threading.Event()

    def never(text: str) -> float:
        while True:
            begun.set()

    run, other = Run(tiny.model(), never, STEPS), Run(tiny.model(), lambda text: 1, 1)
    assert run.start() and begun.wait(PATIENCE)
    assert ended(other) == "done" and run.phase == "stopped" and run.step == 0
    assert "changed nothing" in other.note  # for all its rewards were alike
