"""Serve a folder of pages; `llm_lessons_starter.page_server` starts this."""

import sys

from llm_lessons_server.command import run


def main() -> int:
    return run("llm_lessons_server.service", __doc__, "where the pages lie")


if __name__ == "__main__":
    sys.exit(main())
