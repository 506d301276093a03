"""Who may stay connected: so many phones and screens, and always a leader.

The door sends away who waits for nothing, but a phone, a screen and a leader stay. So
they are counted here, and there is a limit to each but the last.
"""

import ipaddress
from typing import Protocol

from llm_lessons_room.server.limits import NEW_SEATS, Bucket
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import LEAD, PHONE, SCREEN

SCREENS, SCREENS_EACH = 12, 4  # in all, and from one address
TABS = 4  # connections to one seat: tabs, and those that are dead and don't know it
ADDRESSES = 1000  # whose new seats are counted, the latest


class Guest(Protocol):
    """A connection that stays; `seat` is 0 until a phone has joined."""

    address: str
    seat: int

    def drop(self) -> None:
        """Be gone at once, and tell the places."""
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
        self._most, self._each = most, most - most // 4
        self._inside: dict[str, dict[Guest, None]] = {PHONE: {}, SCREEN: {}, LEAD: {}}
        self._new: dict[str, Bucket] = {}

    def may_come(self, role: str, address: str) -> bool:
        """Whether there is a place for one more phone, screen or leader."""
        inside = self._inside[role]
        if role == SCREEN:
            own = sum(one.address == address for one in inside)
            return len(inside) < SCREENS and own < SCREENS_EACH
        return role == LEAD or len(inside) < self._most or self._silent() is not None

    def come(self, role: str, one: Guest) -> None:
        """One of whom `may_come` was true is connected."""
        if role == PHONE and len(self._inside[PHONE]) >= self._most:
            silent = self._silent()
            if silent is not None:
                silent.drop()
        self._inside[role][one] = None

    def go(self, role: str, one: Guest) -> None:
        """One is connected no more, if it ever was."""
        self._inside[role].pop(one, None)

    def sit(self, one: Guest, seat: int, now: float) -> None:
        """Let a phone that has come sit down, if need be in another one's place.

        Args:
            one: the phone.
            seat: the number that it has already; 0 if it needs a new one.
            now: seconds of a steady clock.

        Raises:
            Full: it has to wait.
        """
        sitting = [other for other in self._inside[PHONE] if other.seat]
        own = [other for other in sitting if other.address == one.address]
        tabs = [other for other in sitting if other.seat == seat]
        if len(tabs) >= TABS:
            tabs[0].drop()
        elif len(own) >= self._each:
            newest = max(own, key=lambda other: other.seat)
            if not 0 < seat < newest.seat:
                raise Full
            newest.drop()
        elif not seat and not self._bucket(one.address, now).take(now):
            raise Full

    def _silent(self) -> Guest | None:
        """The phone that has said nothing for longest."""
        return next((one for one in self._inside[PHONE] if not one.seat), None)

    def _bucket(self, address: str, now: float) -> Bucket:
        if address not in self._new and len(self._new) >= ADDRESSES:
            del self._new[next(iter(self._new))]
        return self._new.setdefault(address, Bucket(NEW_SEATS, now))


def origin(address: str) -> str:
    """What counts as one address: of IPv6 the network, in which a device has many."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else found.exploded[: len("0000:" * 4) - 1]
