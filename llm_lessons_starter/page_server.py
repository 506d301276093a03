"""Show the handouts to a browser, or to a room: what somebody types for it, read.

The server itself, `llm_lessons_server`, runs in the lessons' environment.
"""

import re
from pathlib import Path
from typing import List

from llm_lessons_starter.command_line import Run, say
from llm_lessons_starter.trouble import Trouble

SERVER = "llm_lessons_server"
ROOM = "--room"
# How the files begin that tell the answers of an evening, for the person who leads.
SPOILERS = ("answers.", "cards.", "deck_", "facilitator.", "kit.", "run_sheet_")
SPOILERS += ("ten_answers.",)


def serve(arguments: List[str], folder: Path, command: str, run: Run) -> int:
    """Serve the handouts to this machine, or with `--room` to all on its network.

    Args:
        arguments: `--room`, and a port if it matters.
        folder: where the handouts lie.
        command: what one types to do anything, such as "python3 start.py".
    """
    if {"-h", "--help"}.intersection(arguments):
        say(
            f"`{command} serve` shows the handouts to this machine, and with {ROOM} to "
            "all on its network; a number from 1 to 65535 names the port."
        )
        return 0
    if not (folder / "index.html").is_file():
        raise Trouble(f"There are no handouts yet: `{command} handouts` makes them.")
    return run(["-m", SERVER, str(folder), *options(arguments, f"{command} serve")])


def options(arguments: List[str], typed: str) -> List[str]:
    """The server's options for what somebody typed behind `typed`."""
    ports = [one for one in arguments if one != ROOM]
    for one in ports:
        if not re.match(r"[0-9]{1,5}\Z", one) or not 1 <= int(one) <= 65535:
            raise Trouble(
                f"{one!r} is neither {ROOM} nor a port from 1 to 65535: type, for "
                f"example, `{typed} 9000 {ROOM}`."
            )
    if len(ports) > 1:
        raise Trouble(f"Name one port and not {len(ports)}: `{typed} 9000`.")
    port = ["--port", *ports] if ports else []
    return [*port, ROOM] if ROOM in arguments else port
