"""Seats: a token that a phone keeps, and a number in the order of arrival.

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
            in_use: the numbers of the seats that stay (see `seats_to_keep`); only asked
                when all are taken.

        Raises:
            Full: nobody can come any more.
        """
        if isinstance(token, str) and token in self.numbers:
            return token
        if len(self.numbers) >= MOST:
            self.keep_only(in_use())
            if len(self.numbers) >= MOST:
                raise Full
        new = secrets.token_urlsafe(TOKEN)
        self.last += 1
        self.numbers[new] = self.last
        return new

    def number_of(self, token: object) -> int:
        return self.numbers.get(token, 0) if isinstance(token, str) else 0

    def keep_only(self, stay: Collection[int]) -> None:
        """Forget all other tokens; no number is given again."""
        self.numbers = {token: n for token, n in self.numbers.items() if n in stay}


def seats_to_keep(
    numbers: Collection[int],
    here: set[int],
    answered: set[int],
    seconds_stayed: Callable[[int], float],
) -> set[int]:
    """The numbers of the seats that stay when no more can be taken.

    Only empty seats give way, and what was answered from them still counts. First go
    all from which nobody has answered. Where there is none of these, one goes: that on
    which somebody sat for the fewest seconds, for who only wants to fill the room
    leaves at once, and a locked phone was there for a while; then the newest.
    """
    used = here | answered
    empty = [number for number in numbers if number not in here]
    if empty and used.issuperset(numbers):
        used.discard(min(empty, key=lambda number: (seconds_stayed(number), -number)))
    return used


class Seated(Protocol):
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
        self._seconds_stayed: dict[int, float] = {}
        self._since = now

    @property
    def seats(self) -> set[int]:
        return {phone.seat for phone in self.phones}

    def add(self, phone: Phone, now: float) -> Phone | None:
        """Add a phone; returns the one that held its seat until now."""
        self._came.setdefault(phone.seat, now)
        self.phones.add(phone)
        return self.hold(phone)

    def hold(self, phone: Phone) -> Phone | None:
        """Let a phone hold its seat; returns the one that did before."""
        before = self._holders.get(phone.seat)
        self._holders[phone.seat] = phone
        return None if before is phone else before

    def holds(self, phone: Phone) -> bool:
        """Whether what comes over this connection counts for its seat."""
        return self._holders.get(phone.seat) is phone

    def remove(self, phone: Phone, now: float) -> None:
        self.phones.discard(phone)
        if self.holds(phone):
            del self._holders[phone.seat]
        if phone.seat not in self.seats:
            since = self._came.pop(phone.seat)
            self._seconds_stayed[phone.seat] = (
                self.seconds_stayed(phone.seat) + now - since
            )
        if not self.phones:
            self._since = now

    def seconds_stayed(self, seat: int) -> float:
        """Seconds for which somebody sat on an empty seat, as far as is known."""
        return self._seconds_stayed.get(seat, 0.0)

    def alone(self, now: float) -> int | None:
        """Whole seconds for which no phone was there; None while there is one."""
        return None if self.phones else int(now - self._since)
