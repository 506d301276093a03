"""A room whose server runs in the test's own process, so that the test moves it.

The server's classes are the real ones: its `Evening`, who is told what, the connections
and the pages. Browsers come to it over this machine's network. A test leads by `go` and
`act`, lets a crowd answer, and its clock stands still but for `wait`.
"""

import asyncio
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread
from typing import Any, Self

from playwright.sync_api import Page, WebSocket
from tornado.web import Application

from llm_lessons_room.content.content import content
from llm_lessons_room.content.screens import write_screens
from llm_lessons_room.parts.step import Step
from llm_lessons_room.server.clock import Clock
from llm_lessons_room.server.content import Content
from llm_lessons_room.server.content import content as read
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import Invitation, qr_svg
from llm_lessons_room.server.making import Making
from llm_lessons_room.server.places import Places
from llm_lessons_room.server.service import HANDLERS, PORT
from llm_lessons_server.addresses import listen
from llm_lessons_server.door import Door
from llm_lessons_server.pages import Pages
from llm_lessons_server.real_model import Downloads

SECRET = "a-secret-of-tests"
LEAD = f"/lead/{SECRET}"
MOST = 500  # phones
CROWD = 1001  # the seat of its first phone
ADDRESS = "http://192.168.100.27:8766/"
WHO = {"/socket": "phone", "/screen/socket": "screen", f"{LEAD}/socket": "lead"}

type Decks = list[dict[str, Any]]


def tables(change: Callable[[Decks], object] = id, **more: Any) -> list[dict[str, Any]]:
    """What the evenings play in two languages, the decks as `change` leaves them."""
    made = [content(code, **more) for code in ("en", "nb")]
    for table in made:
        change(table["decks"])
    return made


class PlayedRoom:
    """The server of a room, from `with` to its end.

    Attributes:
        said: what pages have sent, by who sent it: "phone", "screen" or "lead".
        time: seconds of the evening's clock.
        folder: where the evening is kept.
        address: of the phones' page.
    """

    def __init__(self, folder: Path, made: list[dict[str, Any]]):
        self.said: dict[str, list[Any]] = {who: [] for who in WHO.values()}
        self.time = 0.0
        self.folder, self._played = folder, read(made)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        write_screens(self.folder)
        self._thread.start()
        self.do(self._open)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _open(self) -> None:
        clock = Clock(lambda: self.time, lambda: self.time)
        self.hub = Hub(Evening(self._played), SECRET, self.folder, clock, MOST)
        self.hub.invitation = Invitation(ADDRESS, qr=qr_svg(ADDRESS))
        [self._socket] = listen(0, False, PORT)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        application = Application(
            HANDLERS,
            hub=self.hub,
            places=Places(MOST),
            pages=Pages(self.folder),
            handouts=Pages(self.folder / "handouts"),
            downloads=Downloads(),
            making=Making(self.folder, ""),
        )
        self._door = Door(application, MOST)
        application.settings["door"] = self._door
        work = (self._door.welcome(self._socket), self.hub.look_at_the_clock())
        self._tasks = [*map(self._loop.create_task, work)]

    async def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._socket.close()
        await self.hub.close()
        await self._door.close_all_connections()

    @property
    def evening(self) -> Evening:
        return self.hub.evening

    def listen(self, page: Page) -> None:
        """Keep what a page says to the room, from before it is opened."""
        page.on("websocket", self._listen_to)

    def _listen_to(self, line: WebSocket) -> None:
        who = WHO[line.url.partition(self.address.removeprefix("http:"))[2]]

        def hear(frame: str | bytes) -> None:
            said = json.loads(frame) if isinstance(frame, str) else {"type": "bytes"}
            if said.get("type") != "ping":
                self.said[who].append(said)

        line.on("framesent", hear)

    def do[T](self, work: Callable[[], T]) -> T:
        """Do something where the server runs, between two of its messages."""

        async def done() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(30)

    def act(self, **said: Any) -> None:
        """Do what a leader can."""
        assert self.do(lambda: self.hub.act(said)), said

    def go(self, step: str, moment: int = 0) -> None:
        """Go to a moment of a step of the evening that is played."""
        place = self.evening.deck().place(step)
        assert place is not None, step
        self.act(do="go", step=place, moment=moment)

    def next(self) -> None:
        self.act(do="next")

    @property
    def step(self) -> Step:
        return self.evening.step()

    def answers(self, slot: int = 1) -> dict[int, Any]:
        """What has been answered to the step, by the numbers of the seats."""
        return self.do(lambda: dict(self.evening.tally().of(slot)))

    def crowd(self, values: Iterable[Any], first: int = CROWD) -> None:
        """Answer from so many phones that have left again."""

        def answer() -> None:
            step, moment = self.step, self.evening.moment
            place = {"step": step.id, "round": moment.round}
            for seat, value in enumerate(values, first):
                why = self.evening.answer(seat, place | {"value": value}, self.hub.now)
                assert why is None, (why, value)
            self.hub.watchers.tell_soon()

        self.do(answer)

    def wait(self, seconds: int) -> None:
        """Let the evening's clock go on, and all see it."""

        def pass_by() -> None:
            for _ in range(seconds):  # a longer gap would be a laptop's sleep
                self.time += 1
                _ = self.hub.now
            self.hub.tell_the_moment()

        self.do(pass_by)

    def renew(
        self, made: list[dict[str, Any]], change: Callable[[Content], object] = id
    ) -> None:
        """Play what has been made meanwhile."""
        played = read(made)
        change(played)
        self.do(lambda: self.hub.renew(played))


def votes(*counts: int) -> list[int]:
    """So many votes for each of several choices."""
    return [choice for choice, count in enumerate(counts) for _ in range(count)]


def mixed[T](values: Iterable[T]) -> list[T]:
    """The same in an order by chance, which is always the same."""
    found = list(values)
    random.Random(0).shuffle(found)
    return found
