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

A_MOMENT = 0.05  # seconds, in which a bar is shown where none waits for long


@pytest.fixture
def cell(monkeypatch: pytest.MonkeyPatch):
    """As if a cell ran, in which bars show at once; gives IPython's shell."""
    shell = InteractiveShell.instance()
    monkeypatch.setattr(waiting, "_shell_of_a_cell", lambda: shell)
    monkeypatch.setattr(waiting, "AFTER", 0.001)
    monkeypatch.setattr(waiting, "_PAUSE", 0)
    yield shell
    InteractiveShell.clear_instance()


def htmls(captured) -> list[str]:
    return [out.data["text/html"] for out in captured.outputs]


def test_it_moves_and_is_gone(cell):
    with capture_output() as captured:
        for _ in waited(range(4), "writing <texts>", is_all=True):
            time.sleep(A_MOMENT)
    first, *moved, last = htmls(captured)
    assert 'role="progressbar"' in first and "ll-moves" in first
    percents = [int(re.findall(r'aria-valuenow="(\d+)"', one)[0]) for one in moved]
    assert percents == [25, 50, 75, 100]
    assert "writing &lt;texts&gt;: 1 of 4, about 1 s left" in moved[0]
    assert last == ""


def test_what_is_quick_shows_nothing(cell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "AFTER", 60)
    with capture_output() as captured, Waiting("counting", 3) as bar:
        bar.done()
    assert captured.outputs == [] and bar._timer.finished.is_set()


def test_within_another_it_is_silent_until_that_is_over_or_interrupted(cell):
    with capture_output() as captured:
        kept = waited(range(3), "outer")  # as a traceback keeps it
        next(kept)
        for _ in waited(range(3), "inner"):
            time.sleep(A_MOMENT)
        cell.events.trigger("post_run_cell", None)
    assert "outer" in htmls(captured)[0] and htmls(captured)[-1] == ""
    assert not any("inner" in one for one in htmls(captured))
    with capture_output() as captured, Waiting("afterwards"):
        time.sleep(A_MOMENT)
    assert "afterwards …" in htmls(captured)[0]


def test_what_was_done_before_anybody_waited_took_none_of_the_time():
    bar = Waiting("learning", 30, is_all=True, before=9)
    assert bar.said() == "learning: 9 of 30"
    bar.done(1)
    bar._begun -= 16
    assert bar.said() == "learning: 10 of 30, about 5 minutes left"


def test_where_no_cell_waits_nothing_is_shown(capsys):
    assert list(waited(range(3), "counting")) == [0, 1, 2]
    with Waiting("thinking") as bar:
        bar.done()
    assert capsys.readouterr() == ("", "")


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
    with closing(in_threads(lambda x: 1 // x, [1, 0, 2], 2)) as found:
        assert next(found) == 1
        with pytest.raises(ZeroDivisionError):  # told where it is waited for
            next(found)
    stop = threading.Event()
    with (
        pytest.raises(Stopped),
        stoppable(stop),
        closing(in_threads(work, [1], 1)) as it,
    ):
        threading.Timer(0.05, stop.set).start()
        next(it)


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
