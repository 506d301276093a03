"""How a note may say a fact: many sentences for each kind, and some kept aside.

Serves C16. A model that meets few wordings learns the wordings; one that meets many
learns to look. `wordings.txt` holds blocks: the kind or the kinds of fact and one
sentence a line, with gaps. A block "town ?" holds questions, "town not" sentences that
answer none, and "town new" wordings that no page of the corpus uses, so that an
experiment can (with the name before the value, or the value first).
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS


class Together(NamedTuple):
    """Sentences that state two facts together.

    Attributes:
        kinds: of the two facts.
        sentences: with a gap {name}, and one for each kind.
    """

    kinds: tuple[str, ...]
    sentences: tuple[str, ...]


NOTED = ("number", "word", "boat", "colour")
"""Kinds of fact that only notes tell; nobody's biography has them."""
OPENERS = (
    "As far as I know, ",
    "By the way, ",
    "People say that ",
    "It is no secret that ",
    "I heard that ",
    "Did you know that ",
    "In the paper it says that ",
    "My aunt told me that ",
)
_CLOSERS = (
    ", I am told.",
    ", they say.",
    ", as everybody knows.",
    ", and that will not change.",
    ", says the baker.",
    ", you know!",
    "!",
    " (so I read).",
    " - no doubt about it.",
    ", or so it seems.",
    "; that is all I know.",
    " ...",
)


@cache
def blocks(name: str = "wordings.txt") -> dict[str, tuple[str, ...]]:
    """Returns the lines of each block of a file of this folder, by its first line."""
    source = files("llm_lessons.fjordby").joinpath(name)
    found = {}
    for block in source.read_text(encoding="utf-8").strip().split("\n\n"):
        title, *sentences = block.split("\n")
        found[title] = tuple(sentences)
    return found


def questions(kind: str) -> tuple[str, ...]:
    """Returns the wordings of the question for a kind of fact, the usual one first."""
    return blocks()[f"{kind} ?"]


@cache
def practised(kind: str) -> tuple[str, ...]:
    """Returns all sentences with which notes state such a fact."""
    known = KINDS[kind].statements if kind in KINDS else ()
    return known + blocks()[kind]


def negative(kind: str) -> tuple[str, ...]:
    """Returns sentences that only say what is not true."""
    return blocks()[f"{kind} not"]


def unpractised(kind: str, value_first: bool) -> tuple[str, ...]:
    """Returns sentences that no page of the corpus uses."""
    return blocks()[f"{kind} new, value first" if value_first else f"{kind} new"]


@cache
def pairs() -> tuple[Together, ...]:
    """Returns the sentences that state two facts at once, for each pair of kinds."""
    titles = [title for title in blocks() if ", " in title and "new" not in title]
    return tuple(
        Together(tuple(title.split(", ")), blocks()[title]) for title in titles
    )


def dressed(sentence: str, dice: Dice) -> str:
    """Returns a sentence with its gaps, perhaps with a clause before or behind it."""
    if dice.chance(0.12) and sentence.endswith("."):
        sentence = sentence[:-1] + dice.pick(_CLOSERS)
    if dice.chance(0.12) and sentence.startswith(("{name} ", "The ")):
        start = sentence[0] if sentence[0] == "{" else sentence[0].lower()
        sentence = dice.pick(OPENERS) + start + sentence[1:]
    return sentence
