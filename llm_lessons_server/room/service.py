"""The room's server from its first word to its last."""

import asyncio
import sys
from pathlib import Path

from tornado.web import Application

from llm_lessons_server.addresses import listen
from llm_lessons_server.door import connections_allowed
from llm_lessons_server.pages import Pages
from llm_lessons_server.room import content, invitation, kept
from llm_lessons_server.room.clock import Clock
from llm_lessons_server.room.hub import Hub
from llm_lessons_server.room.invitation import Invitation
from llm_lessons_server.room.kinds import tally
from llm_lessons_server.room.lock import lock
from llm_lessons_server.room.pages import RoomAnswer, handouts_of
from llm_lessons_server.room.places import Places
from llm_lessons_server.room.sockets import PING, LeadSocket, PhoneSocket, ScreenSocket
from llm_lessons_server.service import until_stopped
from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

PORT = 8766
RESERVED = 64  # connections that are left for pages, screens and leaders
ADDRESS_EVERY = 5.0  # seconds: a laptop may come into another network


def serve(folder: Path, port: int | None, room: bool) -> int:
    """Serve an evening until Ctrl-C or SIGTERM; return the exit code.

    Args:
        folder: what `python -m llm_lessons.room` wrote.
        port: this one or none; without it, the usual one or the next that is free.
        room: for all on the network, not for this machine alone.

    Raises:
        Trouble: there is nothing to play, or the port can't be had.
    """
    played = playable(folder)
    lock(folder)
    clock = Clock()
    found = kept.opened(folder, played, clock.read())
    sockets = listen(port, room, PORT)
    if found.remark:
        say(found.remark)
    at = sockets[0].getsockname()[1]
    if port is None and at != PORT:
        say(f"Port {PORT} is taken by another program, so this is port {at}.")
    asyncio.run(_play(folder, found, clock, sockets, at, room))
    say("\nClosed. `room` goes on where the evening is now.")
    return 0


def playable(folder: Path) -> content.Content:
    """The content of a folder, of which each step can be played.

    Raises:
        Trouble: something is missing or damaged.
    """
    if not (folder / "phone.html").is_file():
        raise Trouble(
            f"There is no room in {folder}: the command `room` makes one and opens it."
        )
    played = content.read(folder)
    try:
        for decks in played.decks.values():
            for deck in decks.values():
                for step in deck.steps:
                    tally(step)
    except (LookupError, TypeError):
        raise content.damaged(folder / "content") from None
    return played


async def _play(
    folder: Path, found: kept.Opened, clock: Clock, sockets: list, port: int, room: bool
) -> None:
    most = max(8, connections_allowed() - RESERVED)
    hub = Hub(found.evening, found.secret, folder, clock, most)
    application = Application(
        [
            (r"/socket", PhoneSocket),
            (r"/screen/socket", ScreenSocket),
            (r"/lead/([^/]+)/socket", LeadSocket),
            (r".*", RoomAnswer),
        ],
        hub=hub,
        places=Places(most),
        pages=Pages(folder),
        handouts=handouts_of(folder),
        websocket_ping_interval=PING,
    )
    tasks: list[asyncio.Task] = []

    def begin() -> None:
        hub.invitation = invitation.invitation(port, room)
        tell(hub.invitation, port, room, found.secret)
        tasks.append(asyncio.create_task(hub.look_at_the_clock()))
        if room:
            tasks.append(asyncio.create_task(_invite(hub, port)))

    async def end() -> None:
        await hub.close()
        for task in tasks:
            task.cancel()

    await until_stopped(application, sockets, begin, end)


async def _invite(hub: Hub, port: int) -> None:
    """Show another address once this machine is in another network."""
    while True:
        await asyncio.sleep(ADDRESS_EVERY)
        now = invitation.invitation(port, room=True)
        if now != hub.invitation:
            hub.invitation = now
            say(f"The address for phones is now {now.address}")
            hub.tell_the_moment()


def tell(join: Invitation, port: int, room: bool, secret: str) -> None:
    """Say where phones join, where the screen is, and where the leader steers."""
    here = f"http://127.0.0.1:{port}"
    if join.qr and fits(code := invitation.qr_letters(join.address)):
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


def fits(letters: str) -> bool:
    """Whether this terminal can show these letters."""
    try:
        letters.encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return sys.stdout.isatty()
