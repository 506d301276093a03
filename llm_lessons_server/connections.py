"""An HTTP server that holds no more connections than the system allows.

The computer of an evening may hold 256 open files (macOS) and meet more browsers than
that, each with several connections. Nobody is turned away: those who have their answer
and still hold on make room, then those who have not asked anything for a while.
"""

import asyncio
import socket
import time
from contextlib import suppress
from typing import cast

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    HTTPServerRequest,
)
from tornado.iostream import IOStream

QUEUE = 1024  # connections that the system holds until they are let in
MOST = 4096  # open files that are asked of the system
OTHER_FILES = 32  # open files that are no connections
ON_WINDOWS = 500  # which watches no more than 512 connections
ON_ITS_WAY = 256 * 1024  # bytes to one browser that the system holds
IDLE_TIMEOUT = (
    10.0  # seconds for a whole request, from the last answer or from the beginning
)
GRACE = 2.0  # seconds in which nobody has to make room who has not asked yet
LIMITS = {
    "idle_connection_timeout": IDLE_TIMEOUT,
    "body_timeout": IDLE_TIMEOUT,
    "max_header_size": 16 * 1024,  # bytes
    "max_body_size": 16 * 1024,  # nobody has a reason to send any
    "chunk_size": 16 * 1024,
    "max_buffer_size": 64 * 1024,
}


class LimitedServer(HTTPServer):
    """Tornado's HTTP server with at most so many connections at once."""

    def initialize(self, callback: HTTPServerConnectionDelegate, most: int) -> None:  # type: ignore[override]
        """Called by Tornado with the arguments of the class."""
        super().initialize(callback, **LIMITS)
        self._most = most
        self._open: set[IOStream] = set()
        # who has no request at work, and from when on they make room for others
        self._waiting: dict[HTTP1ServerConnection, float] = {}
        self._answered: set[HTTP1ServerConnection] = set()

    async def accept_all(self, listening: socket.socket) -> None:
        """Accept connections until this is cancelled.

        Tornado's own way to accept would print a traceback, over and over, once the
        system has no open file left.
        """
        loop = asyncio.get_running_loop()
        while True:
            await self._make_room()
            try:
                self._accept(*await loop.sock_accept(listening))
                # all who are there, before a crowd inside is served its next pieces
                while len(self._open) < self._most:
                    self._accept(*listening.accept())
            except BlockingIOError:
                pass  # that was the last one
            except OSError:  # gone already, or no file left for a moment
                await asyncio.sleep(0.05)

    def _accept(self, connection: socket.socket, address: tuple) -> None:
        with suppress(OSError):  # the system would hold 2 MB for each who never reads
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ON_ITS_WAY)
        stream = IOStream(connection, max_buffer_size=LIMITS["max_buffer_size"])
        self._open.add(stream)
        self.handle_stream(stream, address)

    async def _make_room(self) -> None:
        """Wait until there is room for one more; close an idle one if need be."""
        while len(self._open) >= self._most:
            self._open = {stream for stream in self._open if not stream.closed()}
            if len(self._open) < self._most:
                return
            now = time.monotonic()
            longest = min(self._waiting, key=self._waiting.__getitem__, default=None)
            if longest is not None and self._waiting[longest] <= now:
                del self._waiting[longest]
                longest.stream.close()
            else:
                await asyncio.sleep(0.05)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Called by Tornado when a connection begins to wait for its next request."""
        connection = cast(HTTP1ServerConnection, server_conn)
        grace = 0 if connection in self._answered else GRACE
        self._waiting[connection] = time.monotonic() + grace
        return super().start_request(server_conn, request_conn)

    def mark_busy(self, request: HTTPServerRequest) -> None:
        """A request has come whole: its connection makes no room for others."""
        connection = cast(HTTP1ServerConnection, request.server_connection)
        self._waiting.pop(connection, None)
        self._answered.add(connection)

    def close(self, request: HTTPServerRequest) -> None:
        cast(HTTP1ServerConnection, request.server_connection).stream.close()

    def is_closed(self, request: HTTPServerRequest) -> bool:
        return cast(HTTP1ServerConnection, request.server_connection).stream.closed()

    def on_close(self, server_conn: object) -> None:
        """Called by Tornado when a connection has ended."""
        connection = cast(HTTP1ServerConnection, server_conn)
        self._waiting.pop(connection, None)
        self._answered.discard(connection)
        if connection.stream.closed():
            self._open.discard(connection.stream)
        super().on_close(server_conn)


def connections_allowed() -> int:
    """How many connections there may be at once; asks the system for more files."""
    try:
        import resource
    except ImportError:  # Windows
        return ON_WINDOWS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            wanted = soft
    return max(1, wanted - OTHER_FILES)
