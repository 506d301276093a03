"""Wordings with choices in them: "(hi|hello|), I'm (called |){name}"."""

import re
from functools import cache
from importlib.resources import files

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.aside import choices

_TOKENS = re.compile(r"[(|)]|[^(|)]+")
type _Part = str | tuple[tuple[_Part, ...], ...]  # a text, or several ways to go on


@cache
def lines(file: str) -> dict[str, tuple[str, ...]]:
    """Returns the blocks of one of this folder's files, each under its title."""
    source = files("llm_lessons.fjordby.everyday").joinpath(file)
    blocks = source.read_text(encoding="utf-8").strip().split("\n\n")
    parted = (block.split("\n") for block in blocks)
    return {title: tuple(rest) for title, *rest in parted}


@cache
def words(file: str, title: str) -> tuple[str, ...]:
    """Returns the words of a block, which stand between commas."""
    return tuple(" ".join(lines(file)[title]).split(", "))


@cache
def frames(file: str, title: str, aside: bool = False) -> tuple[str, ...]:
    """Returns the lines of a block that pages use, or those that are kept aside.

    Of a short block all are used, and none is kept aside.
    """
    every = lines(file)[title]
    return choices("frame", every, aside) or every


def said(pattern: str, dice: Dice) -> str:
    """Draws one way to say a pattern; its gaps in braces stay."""
    return _drawn(_parsed(pattern), dice)


def _drawn(parts: tuple[_Part, ...], dice: Dice) -> str:
    return "".join(
        part if isinstance(part, str) else _drawn(dice.pick(part), dice)
        for part in parts
    )


@cache
def _parsed(pattern: str) -> tuple[_Part, ...]:
    """Reads a pattern into texts and choices between them, which may be nested."""
    open_ones: list[list[list[_Part]]] = [[[]]]
    for token in _TOKENS.findall(pattern):
        if token == "(":
            open_ones.append([[]])
        elif token == "|" and len(open_ones) > 1:
            open_ones[-1].append([])
        elif token == ")":
            choice = tuple(map(tuple, open_ones.pop()))
            open_ones[-1][-1].append(choice)
        else:
            open_ones[-1][-1].append(token)
    if len(open_ones) > 1:
        raise ValueError(f"A bracket is open in {pattern!r}.")
    return tuple(open_ones[0][0])


def capital(text: str) -> str:
    """Returns the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def careless(text: str, dice: Dice) -> str:
    """Returns what somebody in a hurry would have typed."""
    if dice.chance(0.8):
        text = text.lower()
    if dice.chance(0.6):
        text = text.replace("'", "")
    if dice.chance(0.5):
        text = text.rstrip(".!?")
    if dice.chance(0.2):
        text = text.replace(", ", " ")
    return text
