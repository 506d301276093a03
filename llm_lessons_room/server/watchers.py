"""Screens and leaders: they get the moment, and a tally of what phones answer.

However many phones answer at once, tallies are sent so many times a second at most.
"""

import asyncio
from typing import TYPE_CHECKING, Protocol

from llm_lessons_room.server import views
from llm_lessons_room.server.views import encode

if TYPE_CHECKING:
    from llm_lessons_room.server.hub import Hub

SCREENS_EVERY = 1 / 12  # seconds from one tally to the next
LEADERS_EVERY = 1 / 4  # with all texts


class Client(Protocol):
    """A connection of a screen, a leader or a phone."""

    language: str | None

    def send(self, text: str | bytes) -> None:
        """Send this, or what comes later if the connection is slow."""
        ...

    def send_away(self) -> None:
        """Close the connection."""
        ...


class Phone(Client, Protocol):
    token: str
    seat: int


class Watchers:
    def __init__(self, hub: "Hub"):
        self.screens: set[Client] = set()
        self.leaders: set[Client] = set()
        self._hub = hub
        self._due: dict[str, float] = {views.SCREEN: 0.0, views.LEAD: 0.0}
        self._scheduled: set[str] = set()

    def add(self, client: Client, role: str) -> None:
        group = self.screens if role == views.SCREEN else self.leaders
        is_new = client not in group
        group.add(client)
        if role == views.SCREEN:
            client.send(self._for_screen(self._hub.language(client)))
            if is_new:
                self.schedule_tally()  # leaders see how many there are
        elif is_new:
            self.send_to_leaders()
        else:
            client.send(self._for_leader())

    def remove(self, client: Client) -> None:
        if client in self.leaders:
            self.leaders.discard(client)
            self.send_to_leaders()
        elif client in self.screens:
            self.screens.discard(client)
            self.schedule_tally()

    def broadcast(self) -> None:
        by_language = {}
        for screen in list(self.screens):
            language = self._hub.language(screen)
            if language not in by_language:
                by_language[language] = self._for_screen(language)
            screen.send(by_language[language])
        self.send_to_leaders()

    def send_to_leaders(self) -> None:
        if self.leaders:
            payload = self._for_leader()
            for leader in list(self.leaders):
                leader.send(payload)

    def schedule_tally(self) -> None:
        """Send screens and leaders a tally as soon as one is due."""
        loop = asyncio.get_running_loop()
        for role, due in self._due.items():
            if role not in self._scheduled:
                self._scheduled.add(role)
                loop.call_at(max(due, loop.time()), self._send_tally, role)

    def _send_tally(self, role: str) -> None:
        self._scheduled.discard(role)
        is_screen = role == views.SCREEN
        every = SCREENS_EVERY if is_screen else LEADERS_EVERY
        self._due[role] = asyncio.get_running_loop().time() + every
        group = self.screens if is_screen else self.leaders
        if group:
            view = views.screen_tally if is_screen else views.leader_tally
            payload = encode(view(self._hub.evening, self._hub.now, self._hub.people()))
            for client in list(group):
                client.send(payload)

    def _for_screen(self, language: str) -> str:
        hub = self._hub
        now, people, join = hub.now, hub.people(), hub.invitation
        return encode(views.screen_moment(hub.evening, language, now, people, join))

    def _for_leader(self) -> str:
        hub = self._hub
        people, join = hub.people(), hub.invitation
        return encode(views.leader_moment(hub.evening, hub.now, people, join))
