"""How much a connection may send: messages, bytes, and how deep they may be."""

import json
import math
from typing import Any, NamedTuple


class Limit(NamedTuple):
    size: int  # bytes of a message
    at_once: int  # messages that may come at once
    a_second: float  # messages a second after that
    patience: int  # messages too many, after which the connection is closed


# Bytes of a phone's gradient of the largest model: 33,000 weights, float16.
GRADIENT = 72 * 1024
PHONE = Limit(size=8 * 1024, at_once=30, a_second=10, patience=100)
SCREEN = Limit(size=1024, at_once=10, a_second=2, patience=20)
LEAD = Limit(size=32 * 1024, at_once=60, a_second=20, patience=1000)
# New seats for one address, which may be that of a whole school: several classes may
# come at once, and then two phones a second.
NEW_SEATS = Limit(size=0, at_once=500, a_second=2, patience=0)


class Bucket:
    """Counts a connection's messages; `now` is seconds of a steady clock."""

    def __init__(self, limit: Limit, now: float):
        self._limit, self._left = limit, float(limit.at_once)
        self._since = now
        self.excess = 0  # messages too many

    def take(self, now: float) -> bool:
        """Whether one more message may come at this second of a steady clock."""
        refill = max(0.0, now - self._since) * self._limit.a_second
        self._left = min(self._limit.at_once, self._left + refill)
        self._since = now
        if self._left < 1:
            self.excess += 1
            return False
        self._left -= 1
        return True

    @property
    def is_exhausted(self) -> bool:
        return self.excess > self._limit.patience


def parse_message(raw: str) -> dict[str, Any] | None:
    """A message's JSON object, or None if it is none, or too deep."""
    try:
        value = parse_json(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def parse_json(text: str) -> Any:
    """Parse JSON; ValueError if a number is infinite, such as 1e999."""
    return json.loads(text, parse_constant=_finite, parse_float=_finite)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("That number is too large.")
    return number
