"""Screens and leaders: they are told where the evening is, and what phones answer.

However many phones answer at once, they are told no more than so many times a second.
"""

import asyncio
from typing import Protocol

from llm_lessons_room.server import kept, views
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.views import encoded

SCREENS_EVERY = 1 / 12  # seconds from one tally to the next
LEADERS_EVERY = 1 / 4  # they get all texts with it


class Watcher(Protocol):
    """A screen or a leader that is connected."""

    language: str | None

    def send(self, text: str | bytes) -> None:
        """Send this, or what comes later if the connection is slow."""
        ...

    def leave(self) -> None:
        """Close the connection."""
        ...


class Phone(Watcher, Protocol):
    """A phone that has joined."""

    token: str
    seat: int


class Hub(kept.Hub, Protocol):
    """An evening with all that take part in it, as those know it who tell them."""

    invitation: Invitation
    watchers: "Watchers"

    @property
    def phones(self) -> set[Phone]: ...

    def language(self, one: Watcher) -> str:
        """What a connection is told in."""
        ...

    def people(self) -> views.People: ...

    def holders(self) -> list[Phone]:
        """The phones whose answers count."""
        ...


class Watchers:
    """All screens and leaders that are connected."""

    def __init__(self, hub: Hub):
        self.screens: set[Watcher] = set()
        self.leaders: set[Watcher] = set()
        self._hub = hub
        self._due: dict[str, float] = {views.SCREEN: 0.0, views.LEAD: 0.0}
        self._planned: set[str] = set()

    def come(self, one: Watcher, role: str) -> None:
        """Tell a screen or a leader that has come where the evening is."""
        group = self.screens if role == views.SCREEN else self.leaders
        is_new = one not in group
        group.add(one)
        if role == views.SCREEN:
            one.send(self._for_screen(self._hub.language(one)))
            if is_new:
                self.tell_soon()  # leaders see how many there are
        elif is_new:
            self.tell_leaders()
        else:
            one.send(self._for_leader())

    def go(self, one: Watcher) -> None:
        if one in self.leaders:
            self.leaders.discard(one)
            self.tell_leaders()
        elif one in self.screens:
            self.screens.discard(one)
            self.tell_soon()

    def tell(self) -> None:
        """Tell all where the evening is now: first the screens, which the room sees."""
        by_language = {}
        for screen in list(self.screens):
            language = self._hub.language(screen)
            if language not in by_language:
                by_language[language] = self._for_screen(language)
            screen.send(by_language[language])
        self.tell_leaders()

    def tell_leaders(self) -> None:
        if self.leaders:
            payload = self._for_leader()
            for leader in list(self.leaders):
                leader.send(payload)

    def tell_soon(self) -> None:
        """Tell screens and leaders soon that something was answered."""
        loop = asyncio.get_running_loop()
        for role, due in self._due.items():
            if role not in self._planned:
                self._planned.add(role)
                loop.call_at(max(due, loop.time()), self._tally, role)

    def _tally(self, role: str) -> None:
        self._planned.discard(role)
        is_screen = role == views.SCREEN
        every = SCREENS_EVERY if is_screen else LEADERS_EVERY
        self._due[role] = asyncio.get_running_loop().time() + every
        group = self.screens if is_screen else self.leaders
        if group:
            view = views.tally_for_screens if is_screen else views.tally_for_leaders
            payload = encoded(
                view(self._hub.evening, self._hub.now, self._hub.people())
            )
            for one in list(group):
                one.send(payload)

    def _for_screen(self, language: str) -> str:
        hub = self._hub
        now, people, join = hub.now, hub.people(), hub.invitation
        return encoded(views.for_screens(hub.evening, language, now, people, join))

    def _for_leader(self) -> str:
        hub = self._hub
        people, join = hub.people(), hub.invitation
        return encoded(views.for_leaders(hub.evening, hub.now, people, join))
