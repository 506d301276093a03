"""What the hub knows of those who are connected."""

from typing import Protocol


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
