"""A room's server as the pages know it, which does what a test says and no more.

It speaks what phones, screens and leaders are told, keeps the seats, and notes all that
is said to it. The real one is `llm_lessons_room.server`.
"""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from llm_lessons_room.content.screens import screen_page
from llm_lessons_room.content.texts import words
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.server.content import KINDS

QR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'
)
SECRET = "a-secret"
LANGUAGES = {"en": "English", "de": "Deutsch"}
ADDRESSES = {"/": "phone", "/screen": "screen", f"/lead/{SECRET}": "lead"}


class StandInRoom:
    """A room in a thread of its own; used in a `with`.

    Attributes:
        port: of 127.0.0.1.
        said: all messages that came, by who said them: "phone", "screen" or "lead".
        seats: the number of each, by its token.
        answers: the last value of each (seat's number, step, round).
        note: what half of the room reads.
        refuses: why it takes no more answers.
        results: what a leader saves.
        open: all connections.
        holders: by a seat's token, the connection that counts.
    """

    def __init__(self, model: Path | None = None):
        self.model = model
        self.said: dict[str, list[dict[str, Any]]] = {
            who: [] for who in ADDRESSES.values()
        }
        self.seats: dict[str, int] = {}
        self.answers: dict[tuple[int, str, int], Any] = {}
        self.moment: dict[str, Any] = {}
        self.note: dict[str, Any] | None = None
        self.refuses = ""
        self.results: dict[str, Any] = {}
        self.open: set[Line] = set()
        self.holders: dict[str, Line] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: HTTPServer | None = None
        self.port = 0

    def __enter__(self) -> "StandInRoom":
        self._thread.start()
        self.come()
        return self

    def __exit__(self, *_: object) -> None:
        self.go()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def address(self, path: str = "/") -> str:
        """Of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def come(self) -> None:
        """Be there, at the same port as before."""
        self._call(self._come())

    def go(self) -> None:
        """Be gone: no connection is left, and none is taken."""
        self._call(self._go())

    def show(
        self, step: dict[str, Any], phase: str = "shown", round: int = 0, **more: Any
    ) -> None:
        """Tell all of a moment."""
        place = {"type": "moment", "deck": "deck", "index": 1, "of": 9}
        there = {"step": step, "phase": phase, "round": round}
        counted = {"left": None, "revealed": None, "tally": None}
        self.moment = place | there | counted | more
        self._call(self._tell_all())

    def count(self, tally: Any, **more: Any) -> None:
        """Tell screens and leaders of a new tally."""
        self.moment["tally"] = tally
        message = {key: self.moment[key] for key in ("round", "tally", "left")}
        message |= {"type": "tally", "step": self.moment["step"]["id"]}
        self._call(self._tell_all(message | self._people() | more))

    def for_phone(self, token: str) -> dict[str, Any]:
        """The moment as a phone is told of it, with its own answers."""
        seat, number = self.seats[token], self.moment["round"]
        step = self.moment["step"]
        half = KINDS.get(step["kind"], Tally).half(seat)
        first = "ten-before" if step["id"] == "ten-after" else step["id"]
        is_again = number > 1 or first != step["id"]
        return self.moment | {
            "half": half,
            "note": self.note if half and number > 1 else None,
            "tally": self.moment["tally"] if self.moment["phase"] != "open" else None,
            "yours": self.answers.get((seat, step["id"], number)),
            "first": self.answers.get((seat, first, 1)) if is_again else None,
        }

    def for_screen(self) -> dict[str, Any]:
        """The moment as screens and leaders are told of it."""
        join = {"address": "http://192.168.100.27:8766/", "qr": QR}
        usual = {"join": join, "black": False, "hidden": False}
        return usual | self._people() | self.moment

    def _people(self) -> dict[str, int]:
        """All phones, and those that answered and went."""
        count, tally = len(self.seats), self.moment["tally"] or {}
        asked = max(count, tally.get("answered", 0))
        return {"present": count, "seats": count, "asked": asked}

    async def _tell_all(self, tally: dict[str, Any] | None = None) -> None:
        for one in self.open:
            if tally is None:
                one.tell()
            elif one.who != "phone":
                one.put(tally)

    def _call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    async def _come(self) -> None:
        script = self.model.read_bytes() if self.model else b""
        routes: list[Any] = [("/fjord.js", Sent, {"sent": script})]
        for path, who in ADDRESSES.items():
            routes.append((path, Sent, {"sent": screen_page(who)}))
            socket = f"{path.rstrip('/')}/socket"
            routes.append((socket, Line, {"room": self, "who": who}))
        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        server = self._server = HTTPServer(Application(routes))
        server.add_sockets(sockets)

    async def _go(self) -> None:
        if self._server is None:
            return
        self._server.stop()
        for one in list(self.open):
            one.close()
        await self._server.close_all_connections()
        self._server = None
        self.open.clear()


class Sent(RequestHandler):
    """One of the three pages, or the model's script, if there is one."""

    def initialize(self, sent: str | bytes) -> None:
        self.sent = sent

    def get(self) -> None:
        kind = "html" if isinstance(self.sent, str) else "javascript"
        self.set_header("Content-Type", f"text/{kind}; charset=UTF-8")
        self.write(self.sent)


class Line(WebSocketHandler):
    """A connection."""

    def initialize(self, room: StandInRoom, who: str) -> None:
        self.room, self.who, self.token, self.language = room, who, "", "en"

    def put(self, message: Any) -> None:
        """Send a message."""
        self.write_message(json.dumps(message))

    def tell(self) -> None:
        """Tell the moment, if there is one."""
        if self.room.moment and self.who != "phone":
            self.put(self.room.for_screen())
        elif self.room.moment and self.token:
            self.put(self.room.for_phone(self.token))

    def on_message(self, message: str | bytes) -> None:
        said = json.loads(message)
        kind = said.get("type")
        if kind == "ping":
            self.put({"type": "pong"})
            return
        self.room.said[self.who].append(said)
        if kind in ("join", "watch", "language"):
            self._greet(said)
        elif kind == "here":
            self._hold()
        elif said.get("do") == "results":
            self.put({"type": "results"} | self.room.results)
        elif kind == "answer":
            self._take(said)

    def _greet(self, said: dict[str, Any]) -> None:
        self.language = said.get("language") or self.language
        self.room.open.add(self)
        if said["type"] == "join":
            known = said["seat"] in self.room.seats
            self.token = said["seat"] if known else f"t{len(self.room.seats) + 1}"
            self.room.seats.setdefault(self.token, len(self.room.seats) + 1)
            self._hold()
        own = words()[self.who]
        if self.language == "de":  # a language of long words
            own = {key: f"{text} {text[: len(text) // 3]}" for key, text in own.items()}
        hello = {"type": "hello", "words": own, "language": self.language}
        if self.token:
            hello |= {"seat": self.token, "number": self.room.seats[self.token]}
        self.put(hello | {"languages": LANGUAGES})
        self.tell()

    def _take(self, said: dict[str, Any]) -> None:
        place = {"step": said["step"], "round": said["round"]}
        is_elsewhere = self.room.holders[self.token] is not self
        if why := self.room.refuses or (is_elsewhere and "elsewhere"):
            self.put({"type": "refused", "why": why} | place)
            return
        seat = self.room.seats[self.token]
        self.room.answers[(seat, said["step"], said["round"])] = said["value"]
        self.put({"type": "taken"} | place)

    def _hold(self) -> None:
        before = self.room.holders.get(self.token)
        self.room.holders[self.token] = self
        if before is not None and before in self.room.open - {self}:
            before.put({"type": "elsewhere"})

    def on_close(self) -> None:
        self.room.open.discard(self)
