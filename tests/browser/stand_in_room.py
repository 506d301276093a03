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
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#000" '
    'd="M1 1h3v3h-3zM5 1h3v3h-3zM1 5h3v3h-3zM5 5h1v1h-1zM7 6h1v2h-1z"/></svg>'
)
SECRET = "a-secret"
LANGUAGES = {"en": "English", "de": "Deutsch"}


class StandInRoom:
    """A room in a thread of its own; used in a `with`.

    Attributes:
        port: of 127.0.0.1.
        said: all messages that came, by who said them: "phone", "screen" or "lead".
        answers: the last value of each (seat's number, step, round).
    """

    def __init__(self, model: Path | None = None):
        self.model = model
        self.said: dict[str, list[dict[str, Any]]] = {}
        self.said |= {who: [] for who in ("phone", "screen", "lead")}
        self.answers: dict[tuple[int, str, int], Any] = {}
        self.seats: dict[str, int] = {}
        self.moment: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.note: dict[str, Any] | None = None  # what half of the room reads
        self.refuses = ""  # why it takes no more answers
        self.results: dict[str, Any] = {}  # what a leader saves
        self.pages = {name: screen_page(name) for name in self.said}
        self.open: set[Any] = set()
        self.holders: dict[str, Any] = {}  # token → the connection that counts
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
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
        self,
        step: dict[str, Any],
        phase: str = "shown",
        round: int = 0,
        *,
        left: float | None = None,
        revealed: Any = None,
        tally: Any = None,
        index: int = 1,
        **extra: Any,
    ) -> None:
        """Tell all of a moment; `extra` is for screens and leaders."""
        common = {"lesson": None, "title": "A step", "shown": {}}
        self.moment = {
            "type": "moment",
            "deck": "deck",
            "index": index,
            "of": 9,
            "step": common | step,
            "phase": phase,
            "round": round,
            "left": left,
            "revealed": revealed,
            "tally": tally,
        }
        self.extra = extra
        self._call(self._tell_all())

    def count(self, tally: Any, **more: Any) -> None:
        """Tell the screens of a new tally."""
        self.moment["tally"] = tally
        message = {key: self.moment[key] for key in ("round", "tally", "left")}
        message |= {"type": "tally", "step": self.moment["step"]["id"]}
        message |= self._people()

        async def tell() -> None:
            for one in self.open:
                if one.who != "phone":
                    one.put(message | more)

        self._call(tell())

    def for_one(self, one: Any) -> dict[str, Any]:
        """The moment as it is told to a phone, a screen or a leader."""
        step, number = self.moment["step"]["id"], self.moment["round"]
        if one.who == "phone":
            seat = self.seats[one.token]
            own = KINDS.get(self.moment["step"]["kind"], Tally).half(seat)
            note = self.note if own and number > 1 else None
            told = self.moment | {"half": own, "note": note}
            if self.moment["phase"] == "open":
                told["tally"] = None
            first = self.answers.get((seat, step, 1)) if number > 1 else None
            if step == "ten-after":
                first = self.answers.get((seat, "ten-before", 1))
            yours = self.answers.get((seat, step, number))
            return told | {"yours": yours, "first": first}
        join = {"address": "http://192.168.100.27:8766/", "qr": QR}
        usual = {"join": join, "black": False, "hidden": False}
        return self.moment | self._people() | usual | self.extra

    def _people(self) -> dict[str, int]:
        """All phones, and those that answered and went."""
        count, tally = len(self.seats), self.moment["tally"] or {}
        asked = max(count, tally.get("answered", 0))
        return {"present": count, "seats": count, "asked": asked}

    async def _tell_all(self) -> None:
        for one in self.open:
            one.tell()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    async def _come(self) -> None:
        pages = {"/": "phone", "/screen": "screen", f"/lead/{SECRET}": "lead"}
        routes: list[Any] = [(path, Sent) for path in (*pages, "/fjord.js")]
        for path, who in pages.items():
            at = f"{path.rstrip('/')}/socket"
            routes.append((at, Line, {"room": self, "who": who}))

        def sent(path: str) -> tuple[str, str | bytes]:
            if path in pages:
                return "text/html; charset=UTF-8", self.pages[pages[path]]
            return "text/javascript", self.model.read_bytes() if self.model else b""

        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        server = self._server = HTTPServer(Application(routes, sent=sent))
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

    def get(self) -> None:
        kind, text = self.settings["sent"](self.request.path)
        self.set_header("Content-Type", kind)
        self.write(text)


class Line(WebSocketHandler):
    """A connection."""

    def initialize(self, room: StandInRoom, who: str) -> None:
        self.room, self.who, self.token, self.language = room, who, "", "en"

    def put(self, message: Any) -> None:
        """Send a message."""
        self.write_message(json.dumps(message))

    def tell(self) -> None:
        """Tell the moment, if there is one."""
        if self.room.moment and (self.who != "phone" or self.token):
            self.put(self.room.for_one(self))

    def on_message(self, message: str | bytes) -> None:
        said = json.loads(message)
        if said.get("type") == "ping":
            self.put({"type": "pong"})
            return
        self.room.said[self.who].append(said)
        kind = said.get("type")
        if kind in ("join", "watch", "language"):
            if kind == "join":
                known = said["seat"] in self.room.seats
                self.token = said["seat"] if known else f"t{len(self.room.seats) + 1}"
                self.room.seats.setdefault(self.token, len(self.room.seats) + 1)
            self.language = said.get("language") or self.language
            self.room.open.add(self)
            if kind == "join":
                self._hold()
            self._greet()
            self.tell()
        elif kind == "here":
            self._hold()
        elif said.get("do") == "results":
            self.put({"type": "results"} | self.room.results)
        elif kind == "answer":
            seat = self.room.seats[self.token]
            place = {"step": said["step"], "round": said["round"]}
            is_elsewhere = self.room.holders[self.token] is not self
            if why := self.room.refuses or (is_elsewhere and "elsewhere"):
                self.put({"type": "refused", "why": why} | place)
                return
            self.room.answers[(seat, said["step"], said["round"])] = said["value"]
            self.put({"type": "taken"} | place)

    def _hold(self) -> None:
        before = self.room.holders.get(self.token)
        self.room.holders[self.token] = self
        if before is not None and before in self.room.open - {self}:
            before.put({"type": "elsewhere"})

    def _greet(self) -> None:
        own = words()[self.who]
        if self.language == "de":  # a language of long words
            own = {key: f"{text} {text[: len(text) // 3]}" for key, text in own.items()}
        hello = {"type": "hello", "words": own, "language": self.language}
        if self.who == "phone":
            hello |= {"seat": self.token, "number": self.room.seats[self.token]}
        self.put(hello | {"languages": LANGUAGES})

    def on_close(self) -> None:
        self.room.open.discard(self)
