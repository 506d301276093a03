"""The command lines of what is started by hand, refused in one sentence."""

import argparse
from collections.abc import Callable
from typing import NoReturn

from llm_lessons.foundation.paths import COMMAND
from llm_lessons_starter.trouble import Trouble


class Parser(argparse.ArgumentParser):
    """Reads a command line, and refuses it in one sentence."""

    def __init__(self, command: str, description: str | None):
        super().__init__(
            prog=f"{COMMAND} {command}", description=description, allow_abbrev=False
        )

    def error(self, message: str) -> NoReturn:
        """Raise Trouble in place of two lines and an exit code of 2."""
        raise Trouble(f"{message}: `{self.prog} --help` lists what there is.")


def whole_number(
    lowest: int, highest: int, what: str = "whole number"
) -> Callable[[str], int]:
    """What reads a whole number in a range."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else -1
        if not lowest <= number <= highest:
            raise argparse.ArgumentTypeError(
                f"{text!r} is no {what} from {lowest} to {highest}"
            )
        return number

    return read
