"""Who sits where: a token that a phone keeps, and a number in the order of arrival.

`Presence` says which of the seats have a phone that is connected.
"""

import secrets
from collections.abc import Callable, Collection
from typing import Protocol

MOST = 2000
HIGHEST = 10**9  # number of a seat
TOKEN = 16  # random bytes


class Full(Exception):
    """There is no seat left."""


class Seats:
    """All seats of an evening: the numbers of those that are taken, by their tokens.

    No number is given twice; `last` is the highest that ever was.
    """

    def __init__(self, numbers: dict[str, int] | None = None, last: int = 0):
        self.numbers = numbers or {}
        self.last = max(last, *self.numbers.values(), 0)

    def __len__(self) -> int:
        return len(self.numbers)

    def sit(self, token: object, in_use: Callable[[], Collection[int]]) -> str:
        """The token of the seat: the same again, or that of a new seat.

        Args:
            token: what the phone says, whatever it is.
            in_use: the numbers of the seats that stay, such as `staying` finds; only
                asked when all are taken.

        Raises:
            Full: nobody can come any more.
        """
        if isinstance(token, str) and token in self.numbers:
            return token
        if len(self.numbers) >= MOST:
            self.keep(in_use())
            if len(self.numbers) >= MOST:
                raise Full
        made = secrets.token_urlsafe(TOKEN)
        self.last += 1
        self.numbers[made] = self.last
        return made

    def number(self, token: object) -> int:
        """The number that a phone has which says this; 0 if it has none."""
        return self.numbers.get(token, 0) if isinstance(token, str) else 0

    def keep(self, stay: Collection[int]) -> None:
        """Forget whose all other seats were: a number is nobody else's, ever."""
        self.numbers = {one: n for one, n in self.numbers.items() if n in stay}


def staying(
    numbers: Collection[int],
    here: set[int],
    answered: set[int],
    stayed: Callable[[int], float],
) -> set[int]:
    """The numbers of the seats that stay when no more can be taken.

    Only empty seats give way, and what was answered from them still counts. First go
    all from which nobody has answered. Where there is none of these, one goes: that on
    which somebody sat (`stayed`) for the fewest seconds, for who only wants to fill the
    room leaves at once, and a locked phone was there for a while; then the newest.
    """
    used = here | answered
    empty = [number for number in numbers if number not in here]
    if empty and used.issuperset(numbers):
        used.discard(min(empty, key=lambda number: (stayed(number), -number)))
    return used


class Seated(Protocol):
    """A connection that has a seat."""

    seat: int


class Presence[Phone: Seated]:
    """The phones that are connected; a seat may have several tabs.

    The one that came last, or was used last, holds the seat. Of a connection that is
    dead something may still be on its way, so nobody inherits a seat.

    Args:
        now: seconds of the evening's clock.
    """

    def __init__(self, now: float):
        self.phones: set[Phone] = set()
        self._holders: dict[int, Phone] = {}
        self._came: dict[int, float] = {}
        self._stayed: dict[int, float] = {}
        self._since = now

    @property
    def seats(self) -> set[int]:
        return {one.seat for one in self.phones}

    def come(self, one: Phone, now: float) -> Phone | None:
        """A phone has taken its seat; the one that held it until now."""
        self._came.setdefault(one.seat, now)
        self.phones.add(one)
        return self.hold(one)

    def hold(self, one: Phone) -> Phone | None:
        """One of a seat's phones holds it from now on; the one that did before."""
        before = self._holders.get(one.seat)
        self._holders[one.seat] = one
        return None if before is one else before

    def holds(self, one: Phone) -> bool:
        """Whether what comes over this connection counts for its seat."""
        return self._holders.get(one.seat) is one

    def go(self, one: Phone, now: float) -> None:
        """A phone's connection has ended."""
        self.phones.discard(one)
        if self.holds(one):
            del self._holders[one.seat]
        if one.seat not in self.seats:
            since = self._came.pop(one.seat)
            self._stayed[one.seat] = self.stayed(one.seat) + now - since
        if not self.phones:
            self._since = now

    def stayed(self, seat: int) -> float:
        """Seconds for which somebody sat on an empty seat, as far as is known."""
        return self._stayed.get(seat, 0.0)

    def alone(self, now: float) -> int | None:
        """Whole seconds for which no phone was there; None while there is one."""
        return None if self.phones else int(now - self._since)
