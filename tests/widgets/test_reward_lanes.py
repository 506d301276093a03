"""The Python side of answers in lanes; what it looks like is tested in a browser."""

import nbformat
import pytest

from llm_lessons.foundation.paths import ROOT
from llm_lessons.lessons.reward import live
from llm_lessons.lessons.training.fit import fingerprint
from llm_lessons.widgets import RewardLanes, reward_lanes
from tests import tiny
from tests.lessons.reward.test_learned import BETTER
from tests.lessons.reward.tiny_choice import CHOICE, has_e

pytestmark = pytest.mark.slow

STEPS, PATIENCE = 3, 300  # seconds, for a machine that compiles everything


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems that fit the tiny model."""
    monkeypatch.setattr(live, "RIGHT", CHOICE)


def make(reward=has_e) -> RewardLanes:
    return RewardLanes(tiny.model(), reward, STEPS)


def press(lanes: RewardLanes, wish: str) -> None:
    """What the page does when a button is pressed."""
    number, _ = lanes._asked
    lanes._asked = [int(number) + 1, wish]


def ended(lanes: RewardLanes) -> str:
    assert lanes._run.wait(PATIENCE)
    return lanes.status["phase"]


def test_a_press_rewards_and_put_back_it_begins_anew(capsys):
    lanes, before = make(), fingerprint(tiny.model().params)
    assert lanes.status["phase"] == "ready" and lanes.moments == []
    assert lanes._rewarded == "by has_e"
    assert lanes.finished() is None
    assert "Press the control's button" in capsys.readouterr().out
    press(lanes, "start")
    assert lanes._answered == 1 and ended(lanes) == "done"
    steps, marks, reward, examples = lanes.moments[-1]
    assert (steps, len(marks), len(lanes.moments)) == (STEPS - 1, 64, STEPS)
    assert 0 <= reward <= 1 and len(examples) == 3
    assert {len(one) for one in examples} == {4}
    learned = lanes.finished()
    assert learned is not None and fingerprint(learned.params) != before
    assert fingerprint(tiny.model().params) == before
    assert capsys.readouterr().out == ""
    first = lanes.moments  # which stand there when it is put back
    lanes.shown = 1
    press(lanes, "back")
    assert (lanes.status["phase"], lanes.status["step"]) == ("ready", 0)
    assert lanes.moments == first and lanes.shown is None
    press(lanes, "start")
    assert ended(lanes) == "done" and lanes.moments != first


def test_until_a_run_is_begun_the_kept_one_stands_there(monkeypatch):
    run = live.Run(live.marbles(tiny.model(), has_e), STEPS)
    assert run.start() and run.wait(PATIENCE)
    kept = type(BETTER)(BETTER.before, BETTER.runs, tuple(run.moments))
    monkeypatch.setattr(reward_lanes, "kept_of", lambda lm: kept)
    lanes = RewardLanes(tiny.model(), steps=STEPS)
    assert [one[0] for one in lanes.moments] == [0, 1, 2]
    assert lanes._rewarded == "right answers" and lanes.status["step"] == 0
    assert make().moments == []  # which rewards something else


def test_the_lesson_takes_its_own_run_and_one_that_nobody_began_for_none(capsys):
    book = nbformat.read(ROOT / "notebooks" / "11_reward.ipynb", as_version=4)
    (source,) = (cell.source for cell in book.cells if cell.id == "yours")
    other = make()  # of the lesson's end, where the cell is run once more
    press(other, "start")
    assert ended(other) == "done"
    names = {"Out": {1: make(None), 2: "a text", 3: other}}
    exec(f"import llm_lessons as ll\n{source}", names)
    assert names["yours"] is None
    assert "Not learned yet: round 0 of 3." in capsys.readouterr().out
