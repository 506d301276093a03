"""Show the handouts, or lead an evening: what somebody types for it, read.

The servers themselves, `llm_lessons_server` and `llm_lessons_room.server`, run in the
lessons' environment. The room's says its addresses at once; meanwhile
`llm_lessons_room.content` makes what the evening plays.
"""

from pathlib import Path
from typing import List

from llm_lessons_starter.command_line import Run, is_port, say
from llm_lessons_starter.lab import has_browser
from llm_lessons_starter.trouble import Trouble

ROOM = "--room"
NO_BROWSER = "--no-browser"  # as JupyterLab calls it
# How the files begin that tell the answers of an evening, for the person who leads.
SPOILERS = ("answers.", "cards.", "deck_", "facilitator.", "kit.", "run_sheet_")


def serve(arguments: List[str], folder: Path, command: str, run: Run) -> int:
    """Serve the handouts in `folder` to this machine, or to all on its network."""
    if {"-h", "--help"}.intersection(arguments):
        say(
            f"`{command} serve` shows the handouts to this machine, and with {ROOM} to "
            "all on its network; a number from 1 to 65535 names the port."
        )
        return 0
    if not (folder / "index.html").is_file():
        raise Trouble(f"There are no handouts yet: `{command} handouts` makes them.")
    chosen = options(arguments, f"{command} serve")
    return run(["-m", "llm_lessons_server", str(folder), *chosen])


def open_room(arguments: List[str], folder: Path, command: str, run: Run) -> int:
    """Open the room to this machine, or to all phones on its network.

    What the evening plays is written into `folder`, and kept there.
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
    chosen = options([word for word in arguments if word != NO_BROWSER], typed)
    if NO_BROWSER not in arguments and has_browser():
        chosen.append("--browser")
    made_by = ["--made-by", "llm_lessons_room.content"]
    return run(["-m", "llm_lessons_room.server", str(folder), *made_by, *chosen])


def options(arguments: List[str], typed: str) -> List[str]:
    """The server's options for what somebody typed behind `typed`."""
    ports = [word for word in arguments if word != ROOM]
    for word in ports:
        if not is_port(word):
            raise Trouble(
                f"{word!r} is neither {ROOM} nor a port from 1 to 65535: type, for "
                f"example, `{typed} 9000 {ROOM}`."
            )
    if len(ports) > 1:
        raise Trouble(f"Name one port and not {len(ports)}: `{typed} 9000`.")
    port = ["--port", *ports] if ports else []
    return [*port, ROOM] if ROOM in arguments else port
