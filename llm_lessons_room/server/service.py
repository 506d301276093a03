"""The room's server, from its addresses to its end."""

import asyncio
import signal
import sys
import webbrowser
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tornado.web import Application

from llm_lessons_room.server import content, invitation, storage
from llm_lessons_room.server.builder import Builder
from llm_lessons_room.server.clock import Clock
from llm_lessons_room.server.evening import Evening
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.pages import FILES, NotReady
from llm_lessons_room.server.places import Places
from llm_lessons_room.server.sockets import PING, LeadSocket, PhoneSocket, ScreenSocket
from llm_lessons_server.addresses import listen
from llm_lessons_server.connections import connections_allowed
from llm_lessons_server.pages import Pages
from llm_lessons_server.real_model import Downloads
from llm_lessons_server.service import until_stopped
from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

PORT = 8766
RESERVED = 64  # connections that are left for pages, screens and leaders
# Seconds in which the first who come wait for an evening that is being made; most are
# there by then, and nobody sees the page that asks for a moment.
FIRST_MOMENT = 3.0
ADDRESS_EVERY = 5.0  # seconds: a laptop may come into another network
HANDLERS = [
    (r"/socket", PhoneSocket),
    (r"/screen/socket", ScreenSocket),
    (r"/lead/([^/]+)/socket", LeadSocket),
    *FILES,
]


def serve(
    folder: Path, port: int | None, room: bool, made_by: str = "", browser: bool = False
) -> int:
    """Serve an evening until Ctrl-C or SIGTERM; return the exit code.

    Args:
        port, room: as in `llm_lessons_server.service.serve`.
        made_by: the module that makes the folder, if it isn't there or has changed; the
            addresses are said before that.
        browser: open the leader's page in one.

    Raises:
        Trouble: there is nothing to play, or the port can't be had.
    """
    if made_by:
        folder.mkdir(parents=True, exist_ok=True)
    builder = Builder(folder, made_by)
    played = read_playable(folder) if builder.is_playable else None
    storage.lock(folder)
    clock, secret = Clock(), storage.secret_of(folder)
    evening = played and storage.load(folder, played, clock.read())
    sockets = listen(port, room, PORT)
    at = sockets[0].getsockname()[1]
    if port is None and at != PORT:
        say(f"Port {PORT} is taken by another program, so this is port {at}.")
    server = RoomServer(folder, clock, secret, builder, at, room)
    code = asyncio.run(server.play(sockets, evening, browser))
    if code == 0:
        say("\nClosed. `room` goes on where the evening is now.")
    return code


def read_playable(folder: Path) -> content.Content:
    """The content of a folder, of which each step can be played.

    Raises:
        Trouble: something is missing or damaged.
    """
    if not (folder / "phone.html").is_file():
        raise Trouble(
            f"There is no room in {folder}: the command `room` makes one and opens it."
        )
    played = content.read_content(folder)
    try:
        for decks in played.decks.values():
            for deck in decks.values():
                for step in deck.steps:
                    content.TALLIES[step.kind](step)
    except (LookupError, TypeError):
        raise content.damaged_content(folder / "content") from None
    return played


@dataclass
class RoomServer:
    """Plays the evening of a folder, from the moment when there is one."""

    folder: Path
    clock: Clock
    secret: str
    builder: Builder
    port: int
    room: bool  # whether others than this machine are let in
    _hub: Hub | None = None
    _opened: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task] = field(default_factory=list)
    _code: int = 0

    def __post_init__(self) -> None:
        self._application = Application(
            [(r".*", NotReady)], builder=self.builder, websocket_ping_interval=PING
        )

    async def play(self, sockets: list, evening: Evening | None, browser: bool) -> int:
        """Serve until stopped; `evening` is None while it is being made."""

        def on_start() -> None:
            join = invitation.current_invitation(self.port, self.room)
            print_addresses(join, self.port, self.room, self.secret)
            if browser:
                address = f"http://127.0.0.1:{self.port}/lead/{self.secret}"
                self._start_task(asyncio.to_thread(webbrowser.open, address))
            if evening:
                self._open(evening)
            if self.builder.is_running:
                self._start_task(self._build())

        async def on_stop() -> None:
            for task in self._tasks:
                task.cancel()
            if self._hub is not None:
                await self._hub.close()
            await self.builder.stop()

        async def ready() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._opened.wait(), FIRST_MOMENT)

        await until_stopped(self._application, sockets, on_start, on_stop, ready)
        return self._code

    def _start_task(self, work: Coroutine) -> None:
        self._tasks.append(asyncio.create_task(work))

    def _open(self, evening: Evening) -> None:
        most = max(8, connections_allowed() - RESERVED)
        hub = Hub(evening, self.secret, self.folder, self.clock, most)
        hub.invitation = invitation.current_invitation(self.port, self.room)
        content.set_coming(evening.content, self.builder.is_running)
        self._application.settings.update(
            hub=hub,
            places=Places(most),
            pages=Pages(self.folder),
            handouts=Pages(self.folder.resolve().parent / "handouts"),
            downloads=Downloads(),
        )
        self._application.add_handlers(r".*", HANDLERS)  # before `NotReady`
        self._hub = hub
        self._opened.set()
        self._start_task(hub.run_clock())
        if self.room:
            self._start_task(_watch_address(hub, self.port))

    async def _build(self) -> None:
        code = await self.builder.run(self._load_changes)
        if self._hub is None:
            if code == 0:  # else the program has said why
                say("The lessons changed meanwhile: start `room` again.")
            self._code = code or 1
            signal.raise_signal(signal.SIGTERM)

    def _load_changes(self) -> None:
        try:
            if self._hub is None and self.builder.is_playable:
                played, now = read_playable(self.folder), self.clock.read()
                self._open(storage.load(self.folder, played, now))
            elif self._hub is not None:
                played = read_playable(self.folder)
                content.set_coming(played, self.builder.is_running)
                self._hub.replace_content(played)
        except Trouble as trouble:
            say(str(trouble))


async def _watch_address(hub: Hub, port: int) -> None:
    while True:
        await asyncio.sleep(ADDRESS_EVERY)
        now = invitation.current_invitation(port, room=True)
        if now != hub.invitation:
            hub.invitation = now
            say(f"The address for phones is now {now.address}")
            hub.broadcast()


def print_addresses(join: Invitation, port: int, room: bool, secret: str) -> None:
    here = f"http://127.0.0.1:{port}"
    if join.qr and can_show(code := invitation.qr_terminal(join.address)):
        say(code)
    say(f"  phones  {join.address}")
    for other in join.others:
        say(f"          or, where that one isn't reached: {other}")
    say(f"  screen  {here}/screen")
    say(f"  leader  {here}/lead/{secret}")
    if join.qr:
        say(f"          on another device: {join.address}lead/{secret}")
    if not room:
        say("Only this machine is let in; with --room, phones are, too.")
    elif not join.qr:
        say(
            "This machine is in no network: turn on the wifi or a hotspot, and its "
            "address appears here and on the screen."
        )
    say("The leader's address steers the evening: show it to nobody. Ctrl-C ends this.")


def can_show(letters: str) -> bool:
    try:
        letters.encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return sys.stdout.isatty()
