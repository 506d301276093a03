"""Who may stay connected: so many phones and screens, and always a leader.

The server closes idle connections, but a phone, a screen and a leader stay. So they are
counted here, and there is a limit to each but the last.
"""

import ipaddress
from typing import Protocol

from llm_lessons_room.server.limits import NEW_SEATS, Bucket
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import LEAD, PHONE, SCREEN

SCREENS, SCREENS_EACH = 12, 4  # in all, and from one address
TABS = 4  # connections to one seat: tabs, and those that are dead and don't know it
ADDRESSES = 1000  # whose new seats are counted, the latest


class Connection(Protocol):
    """A connection that stays; `seat` is 0 until a phone has joined."""

    address: str
    seat: int

    def drop(self) -> None:
        """Close at once, and leave the places."""
        ...


class Places:
    """The connections that stay; `most` phones may, and leave some free for leaders.

    All phones of a school may come from one address, behind a router or a proxy. So
    phones of one address hold at most three quarters of the places, and then who came
    earlier stays: a phone that has a seat takes the place of the newest seat's, and one
    that has none is turned away. An address gets several classes' new seats at once,
    and then two a second (NEW_SEATS). Who connects and says nothing holds no place
    against others. Somebody behind the same router as a class can keep latecomers
    waiting, but takes nothing from who was there before.
    """

    def __init__(self, most: int):
        self._most, self._most_each = most, most - most // 4
        self._connected: dict[str, dict[Connection, None]] = {
            PHONE: {},
            SCREEN: {},
            LEAD: {},
        }
        self._new_seats: dict[str, Bucket] = {}

    def has_room(self, role: str, address: str) -> bool:
        inside = self._connected[role]
        if role == SCREEN:
            own = sum(connection.address == address for connection in inside)
            return len(inside) < SCREENS and own < SCREENS_EACH
        return (
            role == LEAD
            or len(inside) < self._most
            or self._oldest_silent() is not None
        )

    def add(self, role: str, connection: Connection) -> None:
        if role == PHONE and len(self._connected[PHONE]) >= self._most:
            silent = self._oldest_silent()
            if silent is not None:
                silent.drop()
        self._connected[role][connection] = None

    def remove(self, role: str, connection: Connection) -> None:
        self._connected[role].pop(connection, None)

    def admit(self, connection: Connection, seat: int, now: float) -> None:
        """Let a connected phone join, if need be in another one's place.

        Args:
            one: the phone.
            seat: the number that it has already; 0 if it needs a new one.
            now: seconds of a steady clock.

        Raises:
            Full: it has to wait.
        """
        sitting = [other for other in self._connected[PHONE] if other.seat]
        own = [other for other in sitting if other.address == connection.address]
        tabs = [other for other in sitting if other.seat == seat]
        if len(tabs) >= TABS:
            tabs[0].drop()
        elif len(own) >= self._most_each:
            newest = max(own, key=lambda other: other.seat)
            if not 0 < seat < newest.seat:
                raise Full
            newest.drop()
        elif not seat and not self._bucket(connection.address, now).take(now):
            raise Full

    def _oldest_silent(self) -> Connection | None:
        return next(
            (
                connection
                for connection in self._connected[PHONE]
                if not connection.seat
            ),
            None,
        )

    def _bucket(self, address: str, now: float) -> Bucket:
        if address not in self._new_seats and len(self._new_seats) >= ADDRESSES:
            del self._new_seats[next(iter(self._new_seats))]
        return self._new_seats.setdefault(address, Bucket(NEW_SEATS, now))


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the network, in which a device has many."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if ip.version == 4 else ip.exploded[: len("0000:" * 4) - 1]
