"""Tells the numbers of a marble problem: who has how many of what, and what happens.

Serves C15. The same numbers can be told in very many ways. `marble_frames.txt` has the
sentences, `things`, `verbs` and `names` the words; here they are put together, so that
all of it is English.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import names, things
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import agreed, says_now, sentence
from llm_lessons.fjordby.varied.happenings import FRAMES, Telling, happenings, is_plain
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.varied.subjects import subject

PLAIN_GAINS = ("finds", "wins", "buys")
PLAIN_LOSSES = ("loses", "gives away", "drops")
_PAST = 0.25  # of all stories
# A text with many changes has less room for all else. So the plainest order is drawn so
# often before any other: with one change, and with six.
_PLAIN, _PLAIN_SHARES = ("begin", "changes", "ask"), (0.35, 0.95)
# Where things lie that is nothing without them: a heap, for example.
_NO_BOXES = (
    *(" bunch", " bundle", " heap", " line", " pack", " pile", " pocket", " rail"),
    *(" string", " window"),
)


def story(
    dice: Dice, start: int, changes: Sequence[int], aside: Collection[Part] = ()
) -> str:
    """Returns a text that tells these numbers in their order, and asks for the total.

    Args:
        dice: to throw.
        start: how many things there are at first, at least two.
        changes: what comes to them each time; below zero, what goes.
        aside: what of the text is drawn from that which no page uses.
    """
    return _Story(dice, start, changes, aside).text()


def plain_story(dice: Dice, start: int, changes: Sequence[int]) -> str:
    """Returns the shortest text that tells these numbers, in a few words only.

    "Ned has 12 marbles in a bag. Ned finds 5 more. How many are left?" All that differs
    is the name; a page or a card shows such a problem where it is about the numbers.
    """
    name = names.first_name(dice)
    told = [f"{name} has {start} marbles in a bag."]
    for change in changes:
        verb = dice.pick(PLAIN_GAINS if change > 0 else PLAIN_LOSSES)
        told.append(f"{name} {verb} {abs(change)}{' more' if change > 0 else ''}.")
    return " ".join([*told, "How many are left?"])


class _Story:
    """One text: its words are drawn once, its sentences one after the other."""

    def __init__(
        self, dice: Dice, start: int, changes: Sequence[int], aside: Collection[Part]
    ) -> None:
        self._order = _order(dice, len(changes), "order" in aside)
        who = subject(dice, "name" in aside, known="ask first" in self._order)
        thing = things.thing(dice, "thing" in aside)
        past = dice.chance(_PAST)
        self._telling = Telling(dice, who, thing, past, changes, aside)
        place = dice.pick(thing.places)
        preposition, article, box = place.split(" ", 2)
        self._is_box = not f" {box}".endswith(_NO_BOXES)
        self._is_placed = False  # whether it was said where the things lie
        self._gaps = {
            "who": who.first,
            "whom": who.whom_first,
            "whose": who.whose,
            "him": who.whom,
            "n": str(start),
            "things": thing.many,
            "place": place,
            "in": preposition,
            "box": box,
            "a_box": f"{article} {box}",
            "there": f"{preposition} the {box}",
        }

    def text(self) -> str:
        """Returns the whole text."""
        begin = self._begin()
        place = self._gaps["there"] if self._is_placed else ""
        told = happenings(replace(self._telling, place=place))
        half = len(told) // 2
        several = {
            "begin": [begin],
            "changes": told,
            "some": told[:half],
            "others": told[half:],
        }
        sentences: list[str] = []
        for part in self._order:
            sentences += several[part] if part in several else [self._part(part)]
        return " ".join(sentences)

    def _part(self, part: str) -> str:
        if part == "ask":
            return self._ask()
        # What is asked before anything was told is asked as if it were not over.
        over = self._telling.past and part != "ask first"
        return self._filled(self._telling.frame(part, over), over)

    def _begin(self) -> str:
        telling = self._telling
        while True:
            frame = telling.frame("begin", telling.past)
            boxed, noted = "box}" in frame, "{who}:" in frame
            if (self._is_box or not boxed) and (telling.who.named or not noted):
                break
        self._is_placed = boxed or "{place}" in frame
        return self._filled(frame, telling.past)

    def _ask(self) -> str:
        telling = self._telling
        while True:
            frame = telling.frame("ask", past=False)
            if self._is_placed or "{there}" not in frame:
                break
        over = telling.past and telling.dice.chance(0.5)
        return self._filled(frame, over and not says_now(frame))

    def _filled(self, frame: str, past: bool) -> str:
        who = self._telling.who
        he, plural = who.now(self._telling.dice)
        if "{who}" in frame:
            plural = who.plural
        return sentence(agreed(frame, past, plural).format(he=he, **self._gaps))


def _order(dice: Dice, changes: int, aside: bool) -> tuple[str, ...]:
    if not aside and is_plain(dice, changes, _PLAIN_SHARES):
        return _PLAIN
    return dice.pick(_orders(aside))


@cache
def _orders(aside: bool) -> tuple[tuple[str, ...], ...]:
    orders = kept.choices("order", blocks(FRAMES)["order"], aside)
    return tuple(tuple(order.split(", ")) for order in orders)
