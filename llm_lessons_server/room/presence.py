"""Which seats have a phone that is connected, and since when there is none."""

from collections import Counter


class Presence:
    """The seats that somebody sits on; a seat may have several tabs.

    Args:
        now: seconds of the evening's clock.
    """

    def __init__(self, now: float):
        self._connections: Counter[int] = Counter()
        self._since = now

    def __len__(self) -> int:
        return len(self._connections)

    @property
    def seats(self) -> set[int]:
        """Their numbers."""
        return set(self._connections)

    def come(self, seat: int) -> None:
        """A phone has taken its seat."""
        self._connections[seat] += 1

    def go(self, seat: int, now: float) -> None:
        """One of a seat's connections has ended."""
        self._connections[seat] -= 1
        if self._connections[seat] <= 0:
            del self._connections[seat]
        if not self._connections:
            self._since = now

    def clear(self, now: float) -> None:
        """All seats are forgotten."""
        self._connections.clear()
        self._since = now

    def alone(self, now: float) -> int | None:
        """Whole seconds for which no phone was there; None while there is one."""
        return None if self._connections else int(now - self._since)
