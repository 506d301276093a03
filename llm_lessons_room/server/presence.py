"""Which seats have a phone that is connected, and since when there is none."""

from collections import Counter


class Presence[Connection]:
    """The seats that somebody sits on; a seat may have several tabs.

    The one that came last, or was used last, holds the seat. Of a connection that is
    dead something may still be on its way, so nobody inherits a seat.

    Args:
        now: seconds of the evening's clock.
    """

    def __init__(self, now: float):
        self._connections: Counter[int] = Counter()
        self._holders: dict[int, Connection] = {}
        self._came: dict[int, float] = {}
        self._stayed: dict[int, float] = {}
        self._since = now

    def __len__(self) -> int:
        return len(self._connections)

    @property
    def seats(self) -> set[int]:
        return set(self._connections)

    def come(self, seat: int, one: Connection, now: float) -> Connection | None:
        """A phone has taken its seat; the connection that held it until now."""
        self._came.setdefault(seat, now)
        self._connections[seat] += 1
        return self.hold(seat, one)

    def hold(self, seat: int, one: Connection) -> Connection | None:
        """One of a seat's connections holds it from now on; the one that did before."""
        before = self._holders.get(seat)
        self._holders[seat] = one
        return None if before is one else before

    def holds(self, seat: int, one: Connection) -> bool:
        """Whether what comes over this connection counts for the seat."""
        return self._holders.get(seat) is one

    def go(self, seat: int, one: Connection, now: float) -> None:
        """One of a seat's connections has ended."""
        if self.holds(seat, one):
            del self._holders[seat]
        self._connections[seat] -= 1
        if self._connections[seat] <= 0:
            del self._connections[seat]
            self._stayed[seat] = self.stayed(seat) + now - self._came.pop(seat)
        if not self._connections:
            self._since = now

    def clear(self, now: float) -> None:
        self._connections.clear()
        self._holders.clear()
        self._came.clear()
        self._stayed.clear()
        self._since = now

    def stayed(self, seat: int) -> float:
        """Seconds for which somebody sat on an empty seat, as far as is known."""
        return self._stayed.get(seat, 0.0)

    def alone(self, now: float) -> int | None:
        """Whole seconds for which no phone was there; None while there is one."""
        return None if self._connections else int(now - self._since)
