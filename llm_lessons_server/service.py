"""The server of the handouts, from its addresses to its end."""

import asyncio
import logging
import re
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from tornado.web import Application

from llm_lessons_server.addresses import PORT, listen, network_addresses
from llm_lessons_server.connections import LimitedServer, connections_allowed
from llm_lessons_server.log_filter import LOGGERS, OncePerInterval
from llm_lessons_server.page_handler import PageHandler
from llm_lessons_server.pages import Pages
from llm_lessons_server.real_model import ADDRESS, Downloads, ModelHandler
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
        [(f"/{re.escape(ADDRESS)}", ModelHandler), (r".*", PageHandler)],
        pages=Pages(folder),
        downloads=Downloads(),
    )
    at = sockets[0].getsockname()[1]
    asyncio.run(
        until_stopped(
            application, sockets, lambda: print_addresses(at, port is None, room)
        )
    )
    say("\nClosed.")
    return 0


def print_addresses(port: int, by_itself: bool, room: bool) -> None:
    """Print where the pages are; `by_itself`: nobody asked for this port."""
    if by_itself and port != PORT:
        say(f"Port {PORT} is taken by another program, so this is port {port}.")
    say(f"The handouts are at http://127.0.0.1:{port}/ (Ctrl-C ends this).")
    if room:
        print_network_addresses(port)


def print_network_addresses(port: int) -> None:
    first, *others = network_addresses() or [""]
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
    on_start: Callable[[], None],
    on_stop: Callable[[], Awaitable[None]] | None = None,
    ready: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Answer all who come; end in good order when the system says so.

    Args:
        application: what answers; it gets the setting `server`.
        sockets: where they come in.
        on_start: is called once somebody may come.
        on_stop: is awaited before all are sent away.
        ready: is awaited before anybody is let in; who comes earlier waits outside, in
            the system's queue.
    """
    # Tornado's remarks on requests that were no HTTP, and on those that were.
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    once = OncePerInterval()
    for name in LOGGERS:
        logging.getLogger(name).addFilter(once)
    server = LimitedServer(application, connections_allowed())
    application.settings["server"] = server
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def stop(*_: object) -> None:
        with suppress(RuntimeError):  # it has stopped already
            loop.call_soon_threadsafe(stopped.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)  # the loop's own way is missing on Windows

    async def accept(listening: socket.socket) -> None:
        if ready is not None:
            await ready()
        await server.accept_all(listening)

    on_start()
    accepting = [asyncio.create_task(accept(listening)) for listening in sockets]
    await stopped.wait()
    for task in accepting:
        task.cancel()
    for listening in sockets:
        listening.close()
    if on_stop is not None:
        await on_stop()
    await server.close_all_connections()
