"""What the hub knows of those who are connected, and what its helpers know of it."""

from typing import Protocol

from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.views import People


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


class Room(Protocol):
    """An evening with all that take part in it."""

    evening: Evening
    secret: str
    invitation: Invitation
    phones: set[Phone]

    @property
    def now(self) -> float:
        """Seconds of the evening's clock."""
        ...

    def language(self, one: Watcher) -> str:
        """What a connection is told in."""
        ...

    def people(self) -> People: ...

    def holders(self) -> list[Phone]:
        """The phones whose answers count."""
        ...
