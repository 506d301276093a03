"""What a chat is made of: a line of the user's, and the model's answer."""

from typing import NamedTuple


class Turn(NamedTuple):
    """What the user says and what the model answers.

    Attributes:
        asked: the user's line.
        answer: the model's last line.
        search: what the model writes before it, to search; empty for no search.
        result: what comes of the search.
    """

    asked: str
    answer: str
    search: str = ""
    result: str = ""


type Topic = tuple[Turn, Turn | None]  # at once, and what may be asked later
