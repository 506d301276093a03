"""Seconds of an evening, which never go back, and of the laptop's sleep."""

import time
from collections.abc import Callable

ASLEEP = 5.0  # seconds without a look at the clock that only a sleep explains


class Clock:
    """Reads the time of day, which somebody may set, and a steady clock beside it.

    Whether the steady one goes on while the laptop sleeps differs from system to
    system; the time of day does, but may be set back.
    """

    def __init__(
        self,
        day: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ):
        self._day, self._steady = day, steady
        self._last = day(), steady()
        self.now = self._last[0]
        self._slept = 0.0

    def read(self) -> float:
        """Seconds since 1970, and never fewer than before."""
        day, steady = self._day(), self._steady()
        passed = max(steady - self._last[1], day - self._last[0], 0.0)
        self._last = day, steady
        self.now += passed
        if passed > ASLEEP:
            self._slept += passed
        return self.now

    def slept(self) -> float:
        """Seconds that the laptop slept since this was asked last."""
        slept, self._slept = self._slept, 0.0
        return slept
