"""Serve an evening; `llm_lessons_starter.room_server` starts this."""

import sys

from llm_lessons_server.command import run


def main() -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    return run(
        "llm_lessons_server.room.service", __doc__, "what `llm_lessons.room` wrote"
    )


if __name__ == "__main__":
    sys.exit(main())
