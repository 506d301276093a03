"""The connections of phones, screens and leaders."""

import asyncio
import time
from contextlib import suppress
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from llm_lessons_room.server import limits, views
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import is_own_host
from llm_lessons_room.server.limits import Bucket
from llm_lessons_room.server.places import Places, network_of
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import encode
from llm_lessons_server.connections import LimitedServer
from llm_lessons_server.page_handler import SENTENCES

# Seconds from one ping to the next, and until a phone that doesn't answer is dead. A
# locked phone answers for a while, and then comes again by itself.
PING = 20.0
MAX_QUEUE = 64  # messages that a slow connection is behind before it is closed
# queued messages that a newer one replaces, by its type
OUTDATED = {"moment": ("moment", "tally"), "tally": ("tally",), "weights": ("weights",)}
PATIENCE = 10.0  # seconds until a connection has joined
NO_PLACE = "There is no place left: close another window, or try again in a moment."
# why a connection is closed (RFC 6455)
AGAIN, TOO_MUCH, COME_LATER, TOO_LARGE = 1012, 1008, 1013, 1009


class Socket(WebSocketHandler):
    """A connection; its application has the settings `hub`, `places` and `server`."""

    ROLE, LIMIT = views.SCREEN, limits.SCREEN

    def initialize(self) -> None:
        self.language: str | None = None
        self._bucket = Bucket(self.LIMIT, time.monotonic())
        self._queue: list[str | bytes] = []
        self.has_joined = False  # whether it has joined or watches
        self.token, self.seat, self.address = "", 0, ""
        self.hub: Hub = self.settings["hub"]
        self._places: Places = self.settings["places"]
        self._server: LimitedServer = self.settings["server"]

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def prepare(self) -> None:
        self._server.mark_busy(self.request)
        self.address = network_of(self.request.remote_ip or "")
        if not is_own_host(self.request.host_name):
            self._refuse(403, SENTENCES[403])
        elif not self._places.has_room(self.ROLE, self.address):
            is_phone = self.ROLE == views.PHONE
            self.hub.warn(views.CROWDED if is_phone else views.SCREENS_FULL)
            self._refuse(503, NO_PLACE)

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.finish(sentence)

    @property
    def max_message_size(self) -> int:
        return self.LIMIT.size

    def open(self, *_: str) -> None:  # type: ignore[override]
        self.set_nodelay(True)
        self._places.add(self.ROLE, self)
        asyncio.get_running_loop().call_later(PATIENCE, self._close_if_silent)

    def _close_if_silent(self) -> None:
        if not self.has_joined:  # it would only take somebody else's place
            self.close(TOO_MUCH, "nothing was said")

    def on_message(self, message: str | bytes) -> None:
        if not self._bucket.take(time.monotonic()):
            if self._bucket.excess == 1 or self._bucket.excess % 20 == 0:
                self.send(encode({"type": "refused", "why": "fast"}))
            if self._bucket.is_exhausted:
                self.close(TOO_MUCH, "too many messages")
            return
        if isinstance(message, bytes):
            is_fine = self.handle_bytes(message)
        elif len(message.encode()) > self.LIMIT.size:
            self.close(TOO_LARGE, "message too big")
            return
        else:
            parsed = limits.parse_message(message)
            is_fine = parsed is not None and self.handle(parsed)
        if not is_fine:
            self.send(encode({"type": "refused", "why": "bad"}))

    def handle_bytes(self, message: bytes) -> bool:
        return False

    def handle(self, message: dict[str, Any]) -> bool:
        """Carry out a message; False if there is no such."""
        if message.get("type") != "ping":
            return False
        self.send('{"type":"pong"}')
        return True

    def send(self, text: str | bytes) -> None:
        """Send a message, once those before it are on their way.

        Of the moments, tallies and weights that wait for a slow connection, the last is
        all that counts. One that takes nothing holds a few messages in memory, and then
        goes.
        """
        if self.ws_connection is None:
            return
        stream = self.ws_connection.stream
        if not self._queue and stream is not None and not stream.writing():
            self._send_now(text)
            return
        outdated = OUTDATED.get(message_type(text), ())
        self._queue = [
            queued for queued in self._queue if message_type(queued) not in outdated
        ]
        self._queue.append(text)
        if len(self._queue) > MAX_QUEUE:
            self._queue.clear()
            self.close(COME_LATER, "too slow")

    def _send_now(self, text: str | bytes) -> None:
        with suppress(WebSocketClosedError):
            is_binary = isinstance(text, bytes)
            sent = asyncio.ensure_future(self.write_message(text, is_binary))
            sent.add_done_callback(self._send_next)

    def _send_next(self, sent: asyncio.Future) -> None:
        if sent.cancelled() or sent.exception() is not None:
            self._queue.clear()
        elif self._queue:
            self._send_now(self._queue.pop(0))

    def send_away(self) -> None:
        """Close the connection; a page that is still there connects again."""
        self.close(AGAIN)

    def drop(self) -> None:
        """Close at once, without waiting for the other side to agree."""
        self.on_close()
        self._server.close(self.request)

    def on_close(self) -> None:
        self._places.remove(self.ROLE, self)


class PhoneSocket(Socket):
    ROLE, LIMIT = views.PHONE, limits.PHONE

    def open(self, *_: str) -> None:
        super().open()
        stream = self.ws_connection and self.ws_connection.stream
        if stream:  # by default it holds less than a gradient
            stream.max_buffer_size = 2 * self.max_message_size  # and what comes behind

    def handle(self, message: dict[str, Any]) -> bool:
        kind = message.get("type")
        if kind == "join":
            return self._join(message)
        if kind not in ("answer", "here", "language") or not self.seat:
            return super().handle(message)
        if kind == "answer":
            self.send(encode(self.hub.answer(self, message)))
            return True
        if kind == "here":
            self.hub.hold(self)
            return True
        language = self.hub.evening.content.match_language(message.get("language"))
        if language is None:
            return False
        self.language = language
        self.hub.send_welcome(self)
        return True

    @property
    def max_message_size(self) -> int:
        """In bytes: room for a gradient; a text is no longer than others'."""
        return limits.GRADIENT

    def handle_bytes(self, message: bytes) -> bool:
        return bool(self.seat) and self.hub.training.receive(self, message)

    def _join(self, message: dict[str, Any]) -> bool:
        if self.seat:
            return False  # one seat a connection
        self.language = self.hub.evening.content.match_language(message.get("language"))
        token = message.get("seat")
        seat = self.hub.evening.seats.number_of(token)
        try:
            self._places.admit(self, seat, time.monotonic())
            self.hub.join(self, token)
            self.has_joined = True
        except Full:
            self.hub.warn(views.CROWDED)
            self.send(encode({"type": "refused", "why": "full"}))
            self.close(COME_LATER, "full")
        return True

    def on_close(self) -> None:
        super().on_close()
        self.hub.leave(self)


class ScreenSocket(Socket):
    def handle(self, message: dict[str, Any]) -> bool:
        if message.get("type") != "watch":
            return super().handle(message)
        self.language = self.hub.evening.content.match_language(message.get("language"))
        self.has_joined = True
        self.hub.watch(self, views.SCREEN)
        return True

    def on_close(self) -> None:
        super().on_close()
        self.hub.unwatch(self)


class LeadSocket(ScreenSocket):
    ROLE, LIMIT = views.LEAD, limits.LEAD

    async def get(self, *args: str, **kwargs: str) -> None:
        """Called by Tornado; without the secret there is nothing here."""
        if not self.hub.is_secret(args[0]):
            self.set_status(404)
            self.finish()
            return
        await super().get(*args, **kwargs)

    def handle(self, message: dict[str, Any]) -> bool:
        if message.get("type") == "watch":
            self.has_joined = True
            self.hub.watch(self, views.LEAD)
            return True
        if "do" not in message:
            return super().handle(message)
        if message["do"] == "results" and self.has_joined:
            self.send(encode(views.results(self.hub.evening)))
            return True
        return self in self.hub.watchers.leaders and self.hub.act(message)


def message_type(text: str | bytes) -> str:
    """The type of an encoded message, which stands first in it; bytes are weights."""
    if isinstance(text, bytes):
        return "weights"
    return text[len('{"type":"') :].partition('"')[0]
