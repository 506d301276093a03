"""What a chat is made of: a line of the user's, and the model's answer."""

from typing import NamedTuple


class Turn(NamedTuple):
    """What the user says and what the model answers."""

    asked: str  # the user's line
    answer: str  # the model's last line
    search: str = ""  # what the model writes before it, to search; empty for no search
    result: str = ""  # what comes of the search


type Topic = tuple[Turn, Turn | None]  # at once, and what may be asked later
