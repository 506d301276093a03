"""An arithmetic coder: choices into bytes and back, a likely choice for few bits.

The method is that of Witten, Neal and Cleary (CACM 30, 1987): a message is a number
between 0 and 1, and each choice narrows the part of that line where it can lie. The
coder knows nothing of texts or models; what a choice means, its two users agree on.
"""

from collections.abc import Iterator

import numpy as np

STATE_BITS = 64  # of the interval's two bounds
MOST_PARTS = 1 << (STATE_BITS - 2)  # an interval is always wider than this

_HALF, _QUARTER = 1 << (STATE_BITS - 1), 1 << (STATE_BITS - 2)


class _Interval:
    """The numbers that a message begun like this can still mean."""

    def __init__(self) -> None:
        self.low, self.high = 0, 2 * _HALF - 1

    def narrow(self, start: int, stop: int, total: int) -> Iterator[int]:
        """Keep the part from `start` to `stop` of `total`, and blow it up.

        Yields what was cut away below before each doubling: nothing (a bit 0), a half
        (a bit 1), or a quarter (a bit that only a later one decides).
        """
        width = self.high - self.low + 1
        self.high = self.low + width * stop // total - 1
        self.low += width * start // total
        while True:
            if self.high < _HALF:
                cut = 0
            elif self.low >= _HALF:
                cut = _HALF
            elif self.low >= _QUARTER and self.high < _HALF + _QUARTER:
                cut = _QUARTER
            else:
                return
            self.low, self.high = 2 * (self.low - cut), 2 * (self.high - cut) + 1
            yield cut


class ArithmeticEncoder:
    """Turns choices into bytes: one of n equal parts of a whole costs log2(n) bits.

    A choice is the half-open range from `start` to `stop`, not empty, of `total` parts;
    `total` is at most `MOST_PARTS`.
    """

    def __init__(self) -> None:
        self._interval = _Interval()
        self._bits: list[int] = []
        self._undecided = 0

    def write(self, start: int, stop: int, total: int) -> None:
        """Append one choice."""
        for cut in self._interval.narrow(start, stop, total):
            if cut == _QUARTER:
                self._undecided += 1
            else:
                self._decide(cut // _HALF)

    def _decide(self, bit: int) -> None:
        self._bits += [bit] + [1 - bit] * self._undecided
        self._undecided = 0

    def finish(self) -> bytes:
        """The whole message; write nothing after it."""
        # The quarter that these two bits name lies within the interval.
        self._undecided += 1
        self._decide(int(self._interval.low >= _QUARTER))
        return np.packbits(np.array(self._bits, np.uint8)).tobytes()


class ArithmeticDecoder:
    """Reads the choices back, in the same order and out of the same totals.

    Bytes that no encoder wrote are read too: they give choices that nobody made.
    """

    def __init__(self, data: bytes) -> None:
        self._interval = _Interval()
        # Behind its end a message may go on with anything: noughts.
        self._bits = iter(np.unpackbits(np.frombuffer(data, np.uint8)).tolist())
        self._value = 0
        for _ in range(STATE_BITS):
            self._value = 2 * self._value + next(self._bits, 0)

    def peek(self, total: int) -> int:
        """Which of `total` parts the next choice contains."""
        low, high = self._interval.low, self._interval.high
        return ((self._value - low + 1) * total - 1) // (high - low + 1)

    def skip(self, start: int, stop: int, total: int) -> None:
        """Go on behind the choice that `peek` fell into."""
        for cut in self._interval.narrow(start, stop, total):
            self._value = 2 * (self._value - cut) + next(self._bits, 0)
