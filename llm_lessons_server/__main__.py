"""Serve a folder of pages; `llm_lessons_starter.page_server` starts this."""

import argparse
import sys
from pathlib import Path

from llm_lessons_starter.command_line import carry_out


def main() -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    parser = argparse.ArgumentParser(prog="llm_lessons_server", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages lie")
    parser.add_argument("--port", type=int, help="this one or none")
    parser.add_argument("--room", action="store_true", help="for all on the network")
    asked = parser.parse_args()

    def work() -> int:
        # imported here, so that an early Ctrl-C is answered in a sentence, too
        from llm_lessons_server.service import serve

        return serve(asked.folder, asked.port, asked.room)

    return carry_out(work)


if __name__ == "__main__":
    sys.exit(main())
