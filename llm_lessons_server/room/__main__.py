"""Serve an evening; `llm_lessons_starter.room_server` starts this."""

import os
import signal
import sys


def main() -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    for number in (signal.SIGINT, signal.SIGTERM):  # nothing is running yet
        signal.signal(number, lambda *_: os._exit(0))
    # only now what takes a while, so that an early Ctrl-C is quiet, too
    import argparse
    from pathlib import Path

    from llm_lessons_server.room.service import serve
    from llm_lessons_starter.command_line import carry_out

    parser = argparse.ArgumentParser(
        prog="llm_lessons_server.room", description=__doc__
    )
    parser.add_argument("folder", type=Path, help="what `llm_lessons.room` wrote")
    parser.add_argument("--port", type=int, help="this one or none")
    parser.add_argument("--room", action="store_true", help="for all on the network")
    asked = parser.parse_args()
    return carry_out(lambda: serve(asked.folder, asked.port, asked.room))


if __name__ == "__main__":
    sys.exit(main())
