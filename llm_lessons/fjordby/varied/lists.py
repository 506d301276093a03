"""Reads this folder's lists of words and frames: blocks, each under a title."""

from functools import cache
from importlib.resources import files


@cache
def blocks(name: str) -> dict[str, tuple[str, ...]]:
    """Returns the lines of each block of a file of this folder, by its title."""
    source = files("llm_lessons.fjordby.varied").joinpath(name)
    found: dict[str, tuple[str, ...]] = {}
    for block in source.read_text(encoding="utf-8").strip().split("\n\n"):
        title, *lines = block.split("\n")
        found[title] = tuple(lines)
    return found
