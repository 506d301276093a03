"""A room's server as the pages know it, which does what a test says and no more.

It speaks what phones, screens and leaders are told, keeps the seats, and notes all that
is said to it. No network lies between: the browser itself hands over what a page asks
for. The real one is `llm_lessons_room.server`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, WebSocketRoute

from llm_lessons_room.content.screens import screen_page
from llm_lessons_room.content.texts import words
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.server.content import KINDS

QR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'
)
HOST = "127.0.0.1:8766"
LEAD = "/lead/a-secret"
PAGES = {"/": "phone", "/screen": "screen", LEAD: "lead"}
LANGUAGES = {"en": "English", "de": "Deutsch"}
page_of = cache(screen_page)


class StandInRoom:
    """A room for the pages of each context that it serves.

    Attributes:
        said: all messages that came, by who said them: "phone", "screen" or "lead".
        seats: the number of each, by its token.
        answers: the last value of each (seat's number, step, round).
        note: what half of the room reads.
        refuses: why it takes no more answers.
        results: what a leader saves.
        is_gone: whether it takes no connection.
        open: all connections.
        holders: by a seat's token, the connection that counts.
    """

    def __init__(self, model: Path | None = None):
        self.script = model.read_bytes() if model else b""
        self.said: dict[str, list[Any]] = {who: [] for who in PAGES.values()}
        self.seats: dict[str, int] = {}
        self.answers: dict[tuple[int, str, int], Any] = {}
        self.moment: dict[str, Any] = {}
        self.note: dict[str, Any] | None = None
        self.refuses = ""
        self.results: dict[str, Any] = {}
        self.is_gone = False
        self.open: set[Line] = set()
        self.holders: dict[str, Line] = {}

    def serve(self, context: BrowserContext) -> None:
        """Be what these pages find at the room's address."""
        self._give(context, "/fjord.js", self.script, "text/javascript")
        for path, who in PAGES.items():
            self._give(context, path, page_of(who), "text/html; charset=utf-8")
            context.route_web_socket(
                f"ws://{HOST}{path.rstrip('/')}/socket",
                lambda route, who=who: Line(self, who, route).begin(),
            )

    def _give(
        self, context: BrowserContext, path: str, body: str | bytes, kind: str
    ) -> None:
        context.route(
            f"http://{HOST}{path}",
            lambda asked: asked.fulfill(body=body, content_type=kind),
        )

    def go(self) -> None:
        """Be gone: no connection is left, and none is taken."""
        self.is_gone = True
        for one in list(self.open):
            one.route.close()

    def show(
        self, step: dict[str, Any], phase: str = "shown", round: int = 0, **more: Any
    ) -> None:
        """Tell all of a moment."""
        place = {"type": "moment", "deck": "deck", "index": 1, "of": 9}
        there = {"step": step, "phase": phase, "round": round}
        counted = {"left": None, "revealed": None, "tally": None}
        self.moment = place | there | counted | more
        for one in list(self.open):
            one.tell()

    def count(self, tally: Any, **more: Any) -> None:
        """Tell screens and leaders of a new tally."""
        self.moment["tally"] = tally
        message = {key: self.moment[key] for key in ("round", "tally", "left")}
        message |= {"type": "tally", "step": self.moment["step"]["id"]}
        for one in list(self.open):
            if one.who != "phone":
                one.put(message | self._people() | more)

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


class Line:
    """A page's connection."""

    def __init__(self, room: StandInRoom, who: str, route: WebSocketRoute):
        self.room, self.who, self.route = room, who, route
        self.token, self.language = "", "en"

    def begin(self) -> None:
        """Listen, if the room is there."""
        if self.room.is_gone:
            self.route.close()
            return
        self.route.on_message(self._hear)
        self.route.on_close(lambda *_: self.room.open.discard(self))

    def put(self, message: Any) -> None:
        """Send a message."""
        self.route.send(json.dumps(message))

    def tell(self) -> None:
        """Tell the moment, if there is one."""
        if self.room.moment and self.who != "phone":
            self.put(self.room.for_screen())
        elif self.room.moment and self.token:
            self.put(self.room.for_phone(self.token))

    def _hear(self, message: str | bytes) -> None:
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
