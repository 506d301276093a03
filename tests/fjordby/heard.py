"""Finds the name that a line of a chat tells, in whatever frame."""

import re
from functools import cache

from llm_lessons.fjordby.varied.lists import blocks

FRAMES = blocks("told_frames.txt")
TELLS, ASKS, FRIENDS = (FRAMES[block] for block in ("tell", "ask", "tell of a friend"))
FIRST = r"[A-ZÅÆØ]\w+"
NAME = rf"{FIRST}(?: [A-Z]\w+)?"


def told_name(said: str, frames: tuple[str, ...] = TELLS) -> list[str]:
    """Returns the name that a line tells in one of these frames, or nothing."""
    found = [match[1] for one in _patterns(frames) if (match := one.fullmatch(said))]
    # The longest frame is the one that was meant: its name is the shortest.
    return sorted(found, key=len)[:1]


@cache
def _patterns(frames: tuple[str, ...]) -> list[re.Pattern[str]]:
    return [
        re.compile(re.escape(one).replace(r"\{name\}", f"({NAME})")) for one in frames
    ]
