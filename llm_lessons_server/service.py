"""The server from its first word to its last."""

import asyncio
import logging
import re
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from tornado.web import Application

from llm_lessons_server.addresses import PORT, in_the_room, listen
from llm_lessons_server.answers import Answer
from llm_lessons_server.door import Door, connections_allowed
from llm_lessons_server.pages import Pages
from llm_lessons_server.real_model import ADDRESS, Downloads, RealModel
from llm_lessons_server.remarks import LOGGERS, OnceAMinute
from llm_lessons_starter.command_line import say


def serve(folder: Path, port: int | None, room: bool) -> int:
    """Serve the folder's pages until Ctrl-C or SIGTERM; return the exit code.

    Args:
        folder: may be made anew meanwhile.
        port: this one or none; without it, the usual one or the next that is free.
        room: for all on the network, not for this machine alone.

    Raises:
        Trouble: the port can't be had.
    """
    sockets = listen(port, room, PORT)
    application = Application(
        [(f"/{re.escape(ADDRESS)}", RealModel), (r".*", Answer)],
        pages=Pages(folder),
        downloads=Downloads(),
    )
    at = sockets[0].getsockname()[1]
    asyncio.run(
        until_stopped(application, sockets, lambda: tell(at, port is None, room))
    )
    say("\nClosed.")
    return 0


def tell(port: int, by_itself: bool, room: bool) -> None:
    """Say where the pages are; `by_itself` if nobody asked for this port."""
    if by_itself and port != PORT:
        say(f"Port {PORT} is taken by another program, so this is port {port}.")
    say(f"The handouts are at http://127.0.0.1:{port}/ (Ctrl-C ends this).")
    if room:
        tell_the_room(port)


def tell_the_room(port: int) -> None:
    """Say under which addresses others find the pages."""
    first, *others = in_the_room() or [""]
    if not first:
        say(
            "This machine is in no network: turn on the wifi or a hotspot, and start "
            "this again to see its address."
        )
        return
    say(f"In this room: http://{first}:{port}/")
    for other in others:
        say(f"  or, where that one isn't reached: http://{other}:{port}/")
    say("All on this network can read them, and nothing else of this machine.")


async def until_stopped(
    application: Application,
    sockets: list[socket.socket],
    begin: Callable[[], None],
    end: Callable[[], Awaitable[None]] | None = None,
    ready: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Answer all who come; end in good order when the system says so.

    Args:
        application: what answers; it gets the setting `door`.
        sockets: where they come in.
        begin: is called once somebody may come.
        end: is awaited before all are sent away.
        ready: is awaited before anybody is let in; who comes earlier waits outside, in
            the system's queue.
    """
    # Tornado's remarks on requests that were no HTTP, and on those that were.
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    once = OnceAMinute()
    for name in LOGGERS:
        logging.getLogger(name).addFilter(once)
    door = Door(application, connections_allowed())
    application.settings["door"] = door
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def stop(*_: object) -> None:
        with suppress(RuntimeError):  # it has stopped already
            loop.call_soon_threadsafe(stopped.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)  # the loop's own way is missing on Windows

    async def welcome(one: socket.socket) -> None:
        if ready is not None:
            await ready()
        await door.welcome(one)

    begin()
    at_the_door = [asyncio.create_task(welcome(one)) for one in sockets]
    await stopped.wait()
    for task in at_the_door:
        task.cancel()
    for one in sockets:
        one.close()
    if end is not None:
        await end()
    await door.close_all_connections()
