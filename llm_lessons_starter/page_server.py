"""Show the handouts to a browser, or to a room: a small web server that only reads."""

import functools
import http.server
import socket
from pathlib import Path
from typing import List

from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import Trouble

PORT = 8765
ROOM = "--room"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Hands out files of one folder; nobody can write, and nothing is logged."""

    def log_message(self, *_: object) -> None:
        pass

    def list_directory(self, path: object) -> None:
        self.send_error(404, "There is no such page")


def serve(arguments: List[str], folder: Path, command: str) -> int:
    """Serve the handouts to this machine, or with `--room` to all on its network.

    Args:
        arguments: `--room`, and a port if it matters.
        folder: where the handouts lie.
        command: what one types to do anything, such as "python3 start.py".
    """
    if not (folder / "index.html").exists():
        raise Trouble(f"There are no handouts yet: `{command} handouts` makes them.")
    numbers = [one for one in arguments if one.isdigit()]
    port = int(numbers[0]) if numbers else PORT
    for_all = ROOM in arguments
    server = open_server("" if for_all else "127.0.0.1", port, folder)
    port = server.server_address[1]
    say(f"The handouts are at http://127.0.0.1:{port}/ (Ctrl-C ends this).")
    if for_all:
        say(f"In this room: http://{own_address()}:{port}/")
        say("All on this network can read them, and nothing else of this machine.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("\nClosed.")
    finally:
        server.server_close()
    return 0


def open_server(host: str, port: int, folder: Path) -> http.server.ThreadingHTTPServer:
    """A server on this port, or on a free one if it is taken."""
    handler = functools.partial(Quiet, directory=str(folder))
    try:
        return http.server.ThreadingHTTPServer((host, port), handler)
    except OSError:
        return http.server.ThreadingHTTPServer((host, 0), handler)


def own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for examples (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
