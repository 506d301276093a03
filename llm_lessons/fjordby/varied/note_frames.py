"""How a note may say a fact: frames by a grammar, hundreds for each kind of fact.

Serves C16. A model that meets few wordings learns the wordings; one that meets many
learns to look. `note_words.txt` has what somebody does who has a fact ("lives in ..."),
what the fact is called ("home town"), and sentences into which any of these fits, with
the name before the value or the value first. Of the words and of the sentences a tenth
is kept aside; a frame is so if anything in it is.
"""

from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.varied.aside import is_aside
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.lists import blocks

Order = Literal["name first", "value first"]

ALL_KINDS = (*KINDS, "number", "word", "boat", "colour")
ORDERS: tuple[Order, ...] = get_args(Order)
_WORDS = "note_words.txt"
_CLAUSES = 0.15  # how often a clause comes before a sentence, and how often one behind


@cache
def words(block: str, aside: bool = False) -> tuple[str, ...]:
    """Returns the lines of a block that pages use, or those that are kept aside."""
    lines = blocks(_WORDS)[block]
    return tuple(line for line in lines if is_aside("frame", line) == aside)


@cache
def doings(kind: str, order: Order, aside: bool = False) -> tuple[str, ...]:
    """Returns frames in which somebody does something: "{name} lives in {value}."."""
    return tuple(
        shape.format(
            name="{name}", does=agreed(doing, False), do=agreed(doing, False, True)
        )
        for shape, doing in _pairs(f"doing, {order}", f"{kind} doing", aside)
    )


@cache
def attributes(kind: str, order: Order, aside: bool = False) -> tuple[str, ...]:
    """Returns frames that name the fact: "The home town of {name} is {value}."."""
    a_value = "a {value}" if kind == "pet" else "{value}"
    return tuple(
        shape.format(name="{name}", value="{value}", a_value=a_value, attribute=called)
        for shape, called in _pairs(f"attribute, {order}", f"{kind} attribute", aside)
    )


def wholes(kind: str, order: Order, aside: bool = False) -> tuple[str, ...]:
    """Returns frames that fit this kind of fact alone, if there are any."""
    block = f"{kind} as a whole, {order}"
    return words(block, aside) if block in blocks(_WORDS) else ()


def sentence(
    kind: str, dice: Dice, order: Order | None = None, aside: bool = False
) -> str:
    """Returns a sentence with the gaps {name} and {value}."""
    while True:
        made = dice.weighted((doings, attributes, wholes), (5, 4, 1))
        if choices := made(kind, order or dice.pick(ORDERS), aside):
            return dressed(dice.pick(choices), dice, kind, aside)


def dressed(frame: str, dice: Dice, kind: str, aside: bool = False) -> str:
    """Returns a frame with a stop, and perhaps with a clause before it or behind.

    A sentence that would begin with a value in small letters always has one before it.
    """
    small = kind in ("job", "food", "colour") and frame.startswith("{value}")
    plain = not any(mark in frame for mark in _NO_SENTENCE)
    if plain and frame.endswith(".") and dice.chance(_CLAUSES):
        frame = dice.pick(words("after", aside)).replace("$", frame[:-1])
    if plain and (small or (frame.startswith(_TO_OPEN) and dice.chance(_CLAUSES))):
        keeps = frame.startswith(("{name}", "{value}"))
        rest = frame if keeps else frame[0].lower() + frame[1:]
        frame = dice.pick(words("before", aside)).replace("$", rest)
    frame = frame[0].upper() + frame[1:]
    return frame if frame.endswith((".", "!", '"', "?")) else f"{frame}."


_NO_SENTENCE = ("?", ":", ";", '"', "(", " - ")  # with these a clause doesn't fit
_TO_OPEN = ("{name} ", "The ", "It is ", "Only ", "One of ", "Our ", "a {value}")


def _pairs(shapes: str, fillings: str, aside: bool) -> Iterator[tuple[str, str]]:
    """Every sentence with every word; of those kept aside, one of the two is so."""
    for shape in blocks(_WORDS)[shapes]:
        for filling in blocks(_WORDS)[fillings]:
            kept = is_aside("frame", shape) or is_aside("frame", filling)
            if kept == aside:
                yield shape, filling
