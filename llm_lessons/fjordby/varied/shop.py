"""Tells what somebody buys: so many of two kinds of things, and what they cost.

Serves C14 and C15. The price of one kind is known, that of all together too, and the
price of the other kind is asked for. `shop_frames.txt` has the sentences and the
orders: the kind that is asked for may be named first or second, and what all of it
costs may come first or last.
"""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import loose_story, things
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import agreed, frames, sentence
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.varied.loose_story import SHOP
from llm_lessons.fjordby.varied.subjects import subject
from llm_lessons.fjordby.varied.things import Thing

_FRAMES = "shop_frames.txt"
_PAST = 0.2  # of all texts
# The kind that is asked for comes first, as in the essay's problem, or second.
_PLAIN = tuple(
    (goods, ("buys", "price", "total", "ask"))
    for goods in ("asked first", "known first")
)
_PLAIN_SHARE = 0.3
_GOES_ON = ("And ", "So ", "Then ")  # what no text begins with


class Numbers(NamedTuple):
    """The four numbers of a problem."""

    n_asked: int  # how many there are of the kind whose price is asked for
    n_known: int  # how many of the other kind
    p_asked: int  # price of one of the first kind, in dollars
    p_known: int  # price of one of the other, in dollars

    @property
    def total(self) -> int:
        """What all of it costs, in dollars."""
        return self.n_asked * self.p_asked + self.n_known * self.p_known


class Told(NamedTuple):
    """A text that tells numbers, and which kind it names first."""

    text: str  # the whole of it, with its question
    # whether the kind whose price is asked for comes before the other
    asked_first: bool


def goods(dice: Dice, aside: bool = False) -> tuple[Thing, Thing]:
    """Draws two kinds of things: the one asked for, and the one with a known price."""
    asked = things.thing(dice, aside)
    while (known := things.thing(dice, aside)).one == asked.one:
        pass
    return asked, known


def told(
    dice: Dice,
    numbers: Numbers,
    asked: Thing,
    known: Thing,
    aside: Collection[Part] = (),
    loose: bool = False,
) -> Told:
    """Returns a text that tells these numbers and asks for the unknown price."""
    who, past = subject(dice, "name" in aside, known=True), dice.chance(_PAST)
    first, order = _order(dice, "order" in aside)
    both = [f"{numbers.n_asked} {asked.many}", f"{numbers.n_known} {known.many}"]
    if first == "known first":
        both.reverse()
    gaps = {
        "who": who.first,
        "he": who.again,
        "whom": who.whom_first,
        "whose": who.whose,
        "first": both[0],
        "second": both[1],
        "price": str(numbers.p_known),
        "total": str(numbers.total),
        "asked": asked.one,
        "askeds": asked.many,
        "a_asked": with_article(asked.one),
        "known": known.one,
        "knowns": known.many,
        "a_known": with_article(known.one),
    }
    sentences: list[str] = []
    for part in order:
        now = loose and not past  # thrown verbs have no other form
        frame = _frame(dice, part, "frame" in aside, now)
        while not sentences and frame.startswith(_GOES_ON):
            frame = _frame(dice, part, "frame" in aside, now)
        sentences.append(sentence(agreed(frame, past, who.plural).format_map(gaps)))
    return Told(" ".join(sentences), first == "asked first")


def with_article(noun: str) -> str:
    """Returns the noun behind "a" or "an"."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _frame(dice: Dice, part: str, aside: bool, loose: bool) -> str:
    """Draws a frame; of a block of which none is kept aside, one that is read."""
    if loose and (thrown := loose_story.frame(SHOP, part, dice)):
        return thrown
    return dice.pick(frames(_FRAMES, part, aside) or frames(_FRAMES, part))


def _order(dice: Dice, aside: bool) -> tuple[str, tuple[str, ...]]:
    if not aside and dice.chance(_PLAIN_SHARE):
        return dice.pick(_PLAIN)
    return dice.pick(_orders(aside))


@cache
def _orders(aside: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    orders = kept.choices("order", blocks(_FRAMES)["order"], aside)
    cut = (order.split(": ") for order in orders)
    return tuple((first, tuple(parts.split(", "))) for first, parts in cut)
