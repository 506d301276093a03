"""Problems, notes and chats by people who had seen no page of Fjordby.

Serves C15, C16 and C17. What is kept aside of a grammar is still of that grammar; what
stands here is somebody else's, word for word. The corpus was changed by what the first
set showed; the second was opened once, for the model card.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

Set = Literal["first", "second"]


@cache
def items(which: Set) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Returns the items of each section of a set, in their parts.

    A problem has a question and an answer; a note, the question to it and the answer; a
    chat the messages of its turns and, where there is one, what has to be answered.
    """
    source = files("llm_lessons.fjordby.outsiders").joinpath(f"{which}.txt")
    blocks = source.read_text(encoding="utf-8").split("## ")[1:]
    parted = (block.strip().split("\n") for block in blocks)
    return {
        title.strip(): tuple(tuple(line.split(" | ")) for line in lines if line)
        for title, *lines in parted
    }


def conversations(which: Set) -> tuple[tuple[str, ...], ...]:
    """Returns the chats of a set: what a newcomer types, eight messages each."""
    found = list[list[str]]()
    for (
        line,
        *_,
    ) in items(which)["chats"]:
        if line.startswith("#"):
            found.append([])
        else:
            found[-1].append(line)
    return tuple(map(tuple, found))
