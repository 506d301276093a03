"""The bar of what takes long: shown in a cell alone, counted, gone at the end."""

import re
import sys
import threading
import time
from contextlib import closing
from functools import partial

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from llm_lessons.foundation import waiting
from llm_lessons.foundation.waiting import (
    Stopped,
    Waiting,
    called_stoppably,
    heed_a_stop,
    in_threads,
    stoppable,
    waited,
)


class Clock:
    """A clock that is set by hand, and the timers that wait for it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waiting: list[Timer] = []

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        for timer in [one for one in self.waiting if one.at <= self.now]:
            self.waiting.remove(timer)
            timer.function()


class Timer:
    def __init__(self, clock: Clock, seconds: float, function) -> None:
        self.clock, self.function = clock, function
        self.at, self.daemon = clock.now + seconds, False

    def start(self) -> None:
        assert self.daemon  # it keeps no process alive
        self.clock.waiting.append(self)

    def cancel(self) -> None:
        if self in self.clock.waiting:
            self.clock.waiting.remove(self)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    monkeypatch.setattr(waiting.threading, "Timer", partial(Timer, clock))
    return clock


@pytest.fixture
def cell(monkeypatch: pytest.MonkeyPatch):
    """As if a cell ran; gives IPython's shell."""
    shell = InteractiveShell.instance()
    monkeypatch.setattr(waiting, "_shell_of_a_cell", lambda: shell)
    yield shell
    InteractiveShell.clear_instance()


def htmls(captured) -> list[str]:
    return [out.data["text/html"] for out in captured.outputs]


def test_where_no_cell_waits_nothing_is_shown(capsys):
    assert list(waited(range(3), "counting")) == [0, 1, 2]
    with Waiting("thinking") as bar:
        bar.done()
    assert capsys.readouterr() == ("", "")


def test_it_moves_and_is_gone(cell, clock: Clock):
    with capture_output() as captured:
        for _ in waited(range(4), "writing <texts>", is_all=True):
            clock.wait(2)
    first, *moved, last = htmls(captured)
    assert 'role="progressbar"' in first and "aria-valuenow" not in first
    percents = [int(re.findall(r'aria-valuenow="(\d+)"', one)[0]) for one in moved]
    assert percents == [25, 50, 75, 100]
    assert "writing &lt;texts&gt;: 1 of 4, about 6 s left" in moved[0]
    assert last == ""


def test_what_is_quick_shows_nothing(cell, clock: Clock):
    with capture_output() as captured:
        for _ in waited(range(100), "counting"):
            clock.wait(0.0059)
        clock.wait(10)
    assert captured.outputs == [] and not clock.waiting


def test_a_wait_whose_parts_nobody_knows_still_moves(cell, clock: Clock):
    with capture_output() as captured, Waiting("thinking"):
        clock.wait(1)
    shown, last = htmls(captured)
    assert "ll-moves" in shown and "thinking …" in shown and last == ""


def test_within_another_it_is_silent(cell, clock: Clock):
    with capture_output() as captured:
        for _ in waited(range(2), "outer"):
            for _ in waited(range(3), "inner"):
                clock.wait(1)
    assert not any("inner" in one for one in htmls(captured))
    with capture_output() as captured, Waiting("afterwards"):
        clock.wait(1)
    assert "afterwards" in htmls(captured)[0]


def test_when_interrupted_it_goes_and_the_next_is_shown(cell, clock: Clock):
    with capture_output() as captured:
        kept = waited(range(3), "outer")  # as a traceback keeps it
        next(kept)
        clock.wait(1)
        cell.events.trigger("post_run_cell", None)
    assert htmls(captured)[-1] == ""
    with capture_output() as captured, Waiting("next"):
        clock.wait(1)
    assert "next" in htmls(captured)[0]


def test_what_was_done_before_anybody_waited_took_none_of_the_time(clock: Clock):
    bar = Waiting("learning", 30, is_all=True, before=9)
    assert bar.said() == "learning: 9 of 30"
    bar.done(1)
    clock.now += 16
    assert bar.said() == "learning: 10 of 30, about 5 minutes left"


def without_end(begun: list[int], item: int) -> int:
    """Work that ends when nobody waits for it any more."""
    begun.append(item)
    while item:
        heed_a_stop()
        time.sleep(0.001)
    return item


def test_work_in_threads_ends_with_whoever_waits_for_it():
    begun: list[int] = []
    work = partial(without_end, begun)
    with pytest.raises(ZeroDivisionError), closing(in_threads(work, range(9), 2)) as it:
        assert next(it) == 0
        raise ZeroDivisionError
    assert 0 in begun and len(begun) < 5  # what was not begun is never
    stop = threading.Event()
    with (
        pytest.raises(Stopped),
        stoppable(stop),
        closing(in_threads(work, [1], 1)) as it,
    ):
        threading.Timer(0.05, stop.set).start()
        next(it)


def test_what_fails_in_a_thread_is_told_where_it_is_waited_for():
    with closing(in_threads(lambda x: 1 // x, [1, 0, 2], 2)) as found:
        assert next(found) == 1
        with pytest.raises(ZeroDivisionError):
            next(found)


def never_ends() -> None:
    while True:
        pass


def test_code_that_never_ends_and_asks_for_nothing_is_stopped():
    stop, before = threading.Event(), sys.gettrace()
    assert called_stoppably(divmod, 7, 2) == (3, 1)
    with stoppable(stop):
        assert called_stoppably(lambda x: x + 1, 1) == 2
        threading.Timer(0.05, stop.set).start()
        with pytest.raises(Stopped):
            called_stoppably(never_ends)
    assert sys.gettrace() is before
