"""What takes long says so, in a notebook: a thin bar, which goes when all is done.

Nothing is shown where no cell waits: in a terminal, in a test, in a widget's callback.
"""

import html
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Self

AFTER = 0.6  # seconds; what is done sooner shows nothing
_PAUSE = 0.2  # seconds between two changes of the bar, and between two looks for a stop
_STYLE = """\
<style>
@keyframes ll-waiting-moves { from { left: -30% } to { left: 100% } }
.ll-waiting { max-width: 46rem; font-size: 85%; padding: 4px 0;
  color: var(--jp-ui-font-color2, #616161) }
.ll-waiting-bar { position: relative; overflow: hidden; height: 4px;
  border-radius: 2px; background: color-mix(in srgb, currentColor 25%, transparent) }
.ll-waiting-bar i { position: absolute; top: 0; bottom: 0; left: 0;
  background: var(--jp-brand-color1, currentColor) }
.ll-waiting-bar i.ll-moves { width: 30%;
  animation: ll-waiting-moves 1.6s linear infinite }
@media (prefers-reduced-motion: reduce) {
  .ll-waiting-bar i.ll-moves { animation: none; width: 100%; opacity: 0.5 }
}
</style>"""
_open: list["Waiting"] = []  # the one that is shown; what waits within it is silent


class Stopped(Exception):
    """Somebody has stopped what one waits for."""


_stops = threading.local()


@contextmanager
def stoppable(stop: threading.Event) -> Iterator[None]:
    """Let what waits in this thread end with `Stopped` once the event is set."""
    _stops.event = stop
    try:
        yield
    finally:
        del _stops.event


def heed_a_stop() -> None:
    """Raise Stopped if somebody has stopped what this thread does.

    What runs for long calls it from time to time.
    """
    event = getattr(_stops, "event", None)
    if event is not None and event.is_set():
        raise Stopped


def called_stoppably(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives; a stop ends it at its next line with `Stopped`.

    For code that heeds none by itself. A single call of C ends when it does.
    """

    def look(*_: object) -> Any:
        heed_a_stop()
        return look

    before = sys.gettrace()
    sys.settrace(look if hasattr(_stops, "event") else before)
    try:
        return function(*arguments)
    finally:
        sys.settrace(before)


def in_threads[T, R](
    work: Callable[[T], R], items: Sequence[T], threads: int
) -> Generator[R, None, None]:
    """What a function makes of each item, one after the other, in so many threads.

    Whoever waits for it can be interrupted, or stopped within `stoppable`: then the
    work ends where it next calls `heed_a_stop`. To be used with `closing`.

    Raises:
        Stopped: somebody has stopped it.
    """
    nobody_waits = threading.Event()

    def one(item: T) -> R:
        with stoppable(nobody_waits):
            heed_a_stop()
            return work(item)

    with ThreadPoolExecutor(threads) as pool:
        try:
            for future in [pool.submit(one, item) for item in items]:
                # Windows lets nothing interrupt a longer wait
                while wait([future], _PAUSE).not_done:
                    heed_a_stop()
                yield future.result()
        finally:
            nobody_waits.set()
            pool.shutdown(wait=False, cancel_futures=True)


class Waiting:
    """A bar for as long as a block runs, if that is not over at once.

    Within another that is open, it shows nothing.

    Args:
        what: what one waits for, as "writing 240 texts".
        total: of how many parts; None if nobody knows.
        in_percent: say how much is done in percent, where the parts' number tells a
            reader nothing.
        is_all: whether a cell that calls this waits for nothing else. Only then it says
            how long the rest may take: of one phase of several, that would mislead.
        before: how many of the parts were done before anybody waited.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        *,
        in_percent: bool = False,
        is_all: bool = False,
        before: int = 0,
    ) -> None:
        self.what, self.total, self.parts = what, total, before
        self._before = before
        self._in_percent, self._is_all = in_percent, is_all
        self._shell: Any = None
        self._handle: Any = None
        self._timer = threading.Timer(AFTER, self._show)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._begun = self._changed = time.monotonic()

    def __enter__(self) -> Self:
        # a thread that can be stopped has its own words for how far it is
        is_told = _open or getattr(_stops, "event", None) is not None
        self._shell = None if is_told else _shell_of_a_cell()
        if self._shell is not None:
            _open.append(self)
            self._shell.events.register("post_run_cell", self._close)
            self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def _show(self) -> None:
        """Called from a thread of its own: the cell is busy."""
        from IPython.display import display

        with self._lock:
            if self._shell is not None:
                self._handle = display(self._drawn(), raw=True, display_id=True)

    def _close(self, result: object = None) -> None:
        """Also when the cell ends: an error may keep its loop, and the bar, alive."""
        shell = self._shell
        if shell is None:
            return
        self._timer.cancel()
        _open.remove(self)
        shell.events.unregister("post_run_cell", self._close)
        with self._lock:
            self._shell = None
            if self._handle is not None:
                self._handle.update({"text/html": "", "text/plain": ""}, raw=True)

    @property
    def is_shown(self) -> bool:
        """Whether a notebook shows it: in a cell, and within no other wait."""
        return self._shell is not None

    def done(self, parts: int = 1) -> None:
        """So many parts more are done.

        Raises:
            Stopped: within `stoppable`, somebody has stopped it.
        """
        heed_a_stop()
        self.parts += parts
        now = time.monotonic()
        if self._handle is not None and self.is_shown and now - self._changed >= _PAUSE:
            self._changed = now
            self._handle.update(self._drawn(), raw=True)

    def said(self) -> str:
        """What is waited for, how much is done, and how long the rest of all takes."""
        if not (self.total and self.parts):
            return f"{self.what} …"
        done = min(self.parts, self.total)
        counted = f"{done:,} of {self.total:,}"
        if self._in_percent:
            counted = f"{round(100 * done / self.total)}\u00a0%"
        fresh = done - self._before
        if not (self._is_all and fresh):
            return f"{self.what}: {counted}"
        spent = time.monotonic() - self._begun
        left = spent * (self.total - done) / fresh
        return f"{self.what}: {counted}, {_time(left)} left"

    def _drawn(self) -> dict[str, str]:
        words = html.escape(self.said())
        bar, value = '<i class="ll-moves"></i>', ""
        if self.total and self.parts:
            percent = min(100, round(100 * self.parts / self.total))
            bar = f'<i style="width: {percent}%"></i>'
            value = f' aria-valuenow="{percent}"'
        shown = (
            f'{_STYLE}<div class="ll-waiting"><div class="ll-waiting-bar" '
            f'role="progressbar" aria-label="{words}"{value}>{bar}</div>{words}</div>'
        )
        return {"text/html": shown, "text/plain": self.what}  # which the widgets read


def waited[T](items: Sequence[T], what: str, *, is_all: bool = False) -> Iterator[T]:
    """The items one by one, and a bar that moves when the next is asked for."""
    with Waiting(what, len(items), is_all=is_all) as bar:
        for item in items:
            yield item
            bar.done()


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} minutes"


def _shell_of_a_cell() -> Any:
    """IPython's shell if a notebook's cell runs; None in a terminal or a widget."""
    from IPython import get_ipython

    shell = get_ipython()
    if getattr(shell, "kernel", None) is None:
        return None
    asked = shell.get_parent().get("header", {}).get("msg_type")
    return shell if asked == "execute_request" else None
