"""The connections of phones, screens and leaders."""

import asyncio
import time
from contextlib import suppress
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from llm_lessons_room.server import limits, views
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import is_announced
from llm_lessons_room.server.limits import Bucket
from llm_lessons_room.server.places import Places, origin
from llm_lessons_room.server.seats import Full
from llm_lessons_room.server.views import encoded
from llm_lessons_server.answers import SENTENCES
from llm_lessons_server.door import Door

# Seconds from one ping to the next, and until a phone that doesn't answer is dead. A
# locked phone answers for a while, and then comes again by itself.
PING = 20.0
BEHIND = 64  # messages that a slow connection is behind before it is closed
# by what is newer
OUTDATED = {"moment": ("moment", "tally"), "tally": ("tally",), "weights": ("weights",)}
PATIENCE = 10.0  # seconds until a connection has joined
NO_PLACE = "There is no place left: close another window, or try again in a moment."
# why a connection is closed (RFC 6455)
AGAIN, TOO_MUCH, COME_LATER, TOO_LARGE = 1012, 1008, 1013, 1009


class Socket(WebSocketHandler):
    """A connection; settings `hub`, `places` and `door` of its application."""

    ROLE, LIMIT = views.SCREEN, limits.SCREEN

    def initialize(self) -> None:
        self.language: str | None = None
        self._bucket = Bucket(self.LIMIT, time.monotonic())
        self._waiting: list[str | bytes] = []
        self.is_known = False  # whether it has joined or watches
        self.token, self.seat, self.address = "", 0, ""
        self.hub: Hub = self.settings["hub"]
        self._places: Places = self.settings["places"]
        self._door: Door = self.settings["door"]

    def set_default_headers(self) -> None:
        """What stands before the answer to a request that is no WebSocket."""
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse who can't stay; tell the door that this connection is at work."""
        self._door.at_work(self.request)
        self.address = origin(self.request.remote_ip or "")
        if not is_announced(self.request.host_name):
            self._refuse(403, SENTENCES[403])
        elif not self._places.may_come(self.ROLE, self.address):
            is_phone = self.ROLE == views.PHONE
            self.hub.warn(views.CROWDED if is_phone else views.SCREENS_FULL)
            self._refuse(503, NO_PLACE)

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.finish(sentence)

    @property
    def max_message_size(self) -> int:
        """In bytes; who sends more is disconnected."""
        return self.LIMIT.size

    def open(self, *_: str) -> None:  # type: ignore[override]
        self.set_nodelay(True)
        self._places.come(self.ROLE, self)
        asyncio.get_running_loop().call_later(PATIENCE, self._expect)

    def _expect(self) -> None:
        if not self.is_known:  # it would only take somebody else's place
            self.close(TOO_MUCH, "nothing was said")

    def on_message(self, message: str | bytes) -> None:
        if not self._bucket.take(time.monotonic()):
            if self._bucket.over == 1 or self._bucket.over % 20 == 0:
                self.send(encoded({"type": "refused", "why": "fast"}))
            if self._bucket.is_worn_out:
                self.close(TOO_MUCH, "too many messages")
            return
        if isinstance(message, bytes):
            is_fine = self.hear_bytes(message)
        elif len(message.encode()) > self.LIMIT.size:
            self.close(TOO_LARGE, "message too big")
            return
        else:
            said = limits.message(message)
            is_fine = said is not None and self.hear(said)
        if not is_fine:
            self.send(encoded({"type": "refused", "why": "bad"}))

    def hear_bytes(self, message: bytes) -> bool:
        """Take what is no text; False where there is no use for it."""
        return False

    def hear(self, said: dict[str, Any]) -> bool:
        """Do what a message wants; False if it wants nothing that there is."""
        if said.get("type") != "ping":
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
        if not self._waiting and stream is not None and not stream.writing():
            self._send_now(text)
            return
        outdated = OUTDATED.get(kind_of(text), ())
        self._waiting = [one for one in self._waiting if kind_of(one) not in outdated]
        self._waiting.append(text)
        if len(self._waiting) > BEHIND:
            self._waiting.clear()
            self.close(COME_LATER, "too slow")

    def _send_now(self, text: str | bytes) -> None:
        with suppress(WebSocketClosedError):
            is_binary = isinstance(text, bytes)
            sent = asyncio.ensure_future(self.write_message(text, is_binary))
            sent.add_done_callback(self._go_on)

    def _go_on(self, sent: asyncio.Future) -> None:
        if sent.cancelled() or sent.exception() is not None:
            self._waiting.clear()
        elif self._waiting:
            self._send_now(self._waiting.pop(0))

    def leave(self) -> None:
        """Close the connection; who is there comes again by itself."""
        self.close(AGAIN)

    def drop(self) -> None:
        """Be gone at once, without waiting for the other side to agree."""
        self.on_close()
        self._door.close(self.request)

    def on_close(self) -> None:
        self._places.go(self.ROLE, self)


class PhoneSocket(Socket):
    ROLE, LIMIT = views.PHONE, limits.PHONE

    def open(self, *_: str) -> None:
        super().open()
        stream = self.ws_connection and self.ws_connection.stream
        if stream:  # the door lets it hold less than a large model's gradient
            stream.max_buffer_size = 2 * self.max_message_size  # and what comes behind

    def hear(self, said: dict[str, Any]) -> bool:
        """Join, answer, be here again, or speak another language."""
        kind = said.get("type")
        if kind == "join":
            return self._join(said)
        if kind not in ("answer", "here", "language") or not self.seat:
            return super().hear(said)
        if kind == "answer":
            self.send(encoded(self.hub.answer(self, said)))
            return True
        if kind == "here":
            self.hub.hold(self)
            return True
        language = self.hub.evening.content.known(said.get("language"))
        if language is None:
            return False
        self.language = language
        self.hub.greet(self)
        return True

    @property
    def max_message_size(self) -> int:
        """In bytes: room for a gradient; a text is no longer than others'."""
        return limits.GRADIENT

    def hear_bytes(self, message: bytes) -> bool:
        return bool(self.seat) and self.hub.gradient(self, message)

    def _join(self, said: dict[str, Any]) -> bool:
        if self.seat:
            return False  # one seat a connection
        self.language = self.hub.evening.content.known(said.get("language"))
        token = said.get("seat")
        seat = self.hub.evening.seats.number(token)
        try:
            self._places.sit(self, seat, time.monotonic())
            self.hub.join(self, token)
            self.is_known = True
        except Full:
            self.hub.warn(views.CROWDED)
            self.send(encoded({"type": "refused", "why": "full"}))
            self.close(COME_LATER, "full")
        return True

    def on_close(self) -> None:
        super().on_close()
        self.hub.leave(self)


class ScreenSocket(Socket):
    def hear(self, said: dict[str, Any]) -> bool:
        """Watch, in the leader's language or in one of its own."""
        if said.get("type") != "watch":
            return super().hear(said)
        self.language = self.hub.evening.content.known(said.get("language"))
        self.is_known = True
        self.hub.watch(self, views.SCREEN)
        return True

    def on_close(self) -> None:
        super().on_close()
        self.hub.unwatch(self)


class LeadSocket(ScreenSocket):
    """A leader, who has the secret."""

    ROLE, LIMIT = views.LEAD, limits.LEAD

    async def get(self, *args: str, **kwargs: str) -> None:
        """Called by Tornado; without the secret there is nothing here."""
        if not self.hub.is_secret(args[0]):
            self.set_status(404)
            self.finish()
            return
        await super().get(*args, **kwargs)

    def hear(self, said: dict[str, Any]) -> bool:
        """Watch, save what was answered, or do something."""
        if said.get("type") == "watch":
            self.is_known = True
            self.hub.watch(self, views.LEAD)
            return True
        if "do" not in said:
            return super().hear(said)
        if said["do"] == "results" and self.is_known:
            self.send(encoded(views.results(self.hub.evening)))
            return True
        return self in self.hub.watchers.leaders and self.hub.act(said)


def kind_of(text: str | bytes) -> str:
    """The kind of a message as it is sent: it stands first; bytes are weights."""
    if isinstance(text, bytes):
        return "weights"
    return text[len('{"type":"') :].partition('"')[0]
