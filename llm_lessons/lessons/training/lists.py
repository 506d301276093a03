"""Short lists of names, for a model that learns while somebody watches.

All of it is invented, or made of common words. Towns and people are Fjordby's; dogs and
dishes stand in `lists.txt`: a name in the first line of a block, and words behind it.
"""

from importlib.resources import files

from llm_lessons.fjordby import words

_STRIDE = 37  # from one surname to the next, so that neighbours differ in both parts


def lists() -> dict[str, tuple[str, ...]]:
    """Returns the lines of each list by its name, the one to begin with first."""
    found = {
        "Towns": (*words.TOWNS, *words.FARTHER_TOWNS),
        "People": tuple(_people()),
    }
    source = files("llm_lessons.lessons.training").joinpath("lists.txt")
    for block in source.read_text(encoding="utf-8").strip().split("\n\n"):
        name, _, lines = block.partition("\n")
        found[name] = words.listed(lines.replace("\n", " "))
    return found


def _people() -> list[str]:
    """Two for each first name."""
    firsts, parts = words.FIRST_NAMES * 2, words.SURNAME_PARTS
    return [
        f"{first} {words.surname(*parts[_STRIDE * i % len(parts)])}"
        for i, first in enumerate(firsts)
    ]
