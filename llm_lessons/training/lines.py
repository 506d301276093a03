"""What the watching processes talk through: lines of JSON over a connection."""

import contextlib
import json
import socket
import time
from collections.abc import Iterable, Mapping
from multiprocessing.connection import wait as wait_for
from typing import Any

LONGEST = 1 << 16  # bytes of a message
PAUSE = 0.5  # seconds between two looks
SEND = 2.0  # seconds to wait for somebody who doesn't read


class Line:
    """A connection to another host: each message is a line of JSON.

    Attributes:
        heard: when the last message came, on the clock of `time.monotonic`.
        closed: whether the other end has hung up.
    """

    def __init__(self, connection: socket.socket):
        connection.settimeout(SEND)
        self._socket, self._rest = connection, b""
        self.heard, self.closed = time.monotonic(), False

    def fileno(self) -> int:
        """So that one can wait for it."""
        return self._socket.fileno()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message; whether it is read, only an answer tells."""
        try:
            self._socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self.close()

    def read(self) -> list[dict[str, Any]]:
        """The messages that have come; wait for the line before."""
        try:
            data = self._socket.recv(LONGEST)
        except TimeoutError:
            return []
        except OSError:
            data = b""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if not data or len(self._rest) > LONGEST:
            self.close()
        try:
            messages = [dict(json.loads(line)) for line in lines]
        except (ValueError, TypeError, RecursionError):
            self.close()  # somebody who speaks another language
            return []
        if messages:
            self.heard = time.monotonic()
        return messages

    def close(self) -> None:
        """Hang up."""
        self.closed = True
        self._socket.close()

    def last_word(self, code: int, sentence: str) -> None:
        """Send the verdict, and nothing more."""
        self.send({"verdict": [code, sentence]})
        if not self.closed:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)


def dismiss(lines: Iterable[Line], code: int, sentence: str) -> None:
    """Tell all how it ends, and hang up when they have read it.

    (What is sent may be lost if one hangs up with something left unread.)
    """
    left = list(lines)
    for line in left:
        line.last_word(code, sentence)
    until = time.monotonic() + SEND
    while (left := [one for one in left if not one.closed]) and (
        time.monotonic() < until
    ):
        for line in ready(left, PAUSE):
            line.read()
    for line in left:
        line.close()


def ready(lines: list[Any], seconds: float) -> list[Any]:
    """Those of some connections that have something to read, after so long at most."""
    return wait_for([one for one in lines if one.fileno() >= 0], seconds)
