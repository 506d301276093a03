"""Serve an evening; `llm_lessons_starter.page_server` starts this."""

import sys

from llm_lessons_server.command import run


def main() -> int:
    made_by = {
        "default": "",
        "help": "a module that makes what is missing in the folder",
    }
    return run(
        "llm_lessons_room.server.service",
        __doc__,
        "what is played",
        made_by=made_by,
        browser={"action": "store_true", "help": "open the leader's page"},
    )


if __name__ == "__main__":
    sys.exit(main())
