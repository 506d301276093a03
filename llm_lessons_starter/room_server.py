"""Lead an evening from this machine: what somebody types for it, read.

The server, `llm_lessons_room.server`, runs in the lessons' environment. It says its
addresses at once; meanwhile `llm_lessons_room.content` makes what the evening plays.
"""

from pathlib import Path
from typing import List

from llm_lessons_starter.command_line import Run, say
from llm_lessons_starter.lab import has_browser
from llm_lessons_starter.page_server import ROOM, options

CONTENT = "llm_lessons_room.content"
SERVER = "llm_lessons_room.server"
NO_BROWSER = "--no-browser"  # as JupyterLab calls it


def open_room(arguments: List[str], folder: Path, command: str, run: Run) -> int:
    """Open the room to this machine, or with `--room` to all phones on its network.

    Args:
        arguments: `--room`, `--no-browser`, and a port if it matters.
        folder: where what the evening plays is written, and where it is kept.
        command: what one types to do anything, such as "python3 start.py".
    """
    typed = f"{command} room"
    if {"-h", "--help"}.intersection(arguments):
        say(
            f"`{typed}` opens an evening to this machine, to try it; `{typed} {ROOM}` "
            "lets all phones on its network join. A number from 1 to 65535 names the "
            "port. It prints three addresses: for the phones, for the projector, and, "
            "for you alone, one that steers, which opens in a browser unless you add "
            f"{NO_BROWSER}. Started again, it goes on where it was."
        )
        return 0
    chosen = options([one for one in arguments if one != NO_BROWSER], typed)
    if NO_BROWSER not in arguments and has_browser():
        chosen.append("--browser")
    return run(["-m", SERVER, str(folder), "--made-by", CONTENT, *chosen])
