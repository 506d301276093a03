"""Tells the numbers of a marble problem: who has how many of what, and what happens.

Serves C15. The same numbers can be told in very many ways. `marble_frames.txt` has the
sentences, `things`, `verbs` and `names` the words; here they are put together, so that
all of it is English.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import names, things
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import agreed, says_now, sentence
from llm_lessons.fjordby.varied.happenings import (
    FRAMES,
    Sentence,
    Telling,
    happenings,
    plain_share,
)
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
_AFTER_NUMBER = re.compile(r"^.*\d[^.?]*[.?] ?")  # of what there is at first


class Story(NamedTuple):
    """A text that tells numbers."""

    text: str  # the whole of it, with its question
    # what is read of it for each change, in its own words: "Ned finds 5 more". The
    # first begins behind the sentence that says how many there are, and each other one
    # where the one before has ended
    passages: tuple[str, ...]


class Draft(NamedTuple):
    """A story of which all is drawn; its sentences may begin in small letters."""

    sentences: Sequence[Sentence]  # all of them, in their order
    begun: int  # how many there are up to the one that tells of the beginning

    def letters(self) -> int:
        """How many the text and its passages have at least: quickly found, and near."""
        least = len(self.sentences) - 1  # for the spaces
        for text, acts in self.sentences:
            least += len(text)
            if acts is not None:  # a cut loses a stop, or a comma and a space
                least += len(text) - 2 * (len(acts) + 1)
        return least

    def story(self) -> Story:
        """Returns the whole text, and what is read of it for each change."""
        sentences = [(sentence(text), acts) for text, acts in self.sentences]
        rest = _AFTER_NUMBER.sub("", sentences[self.begun - 1][0])
        passages = _passages([(rest, None), *sentences[self.begun :]])
        return Story(" ".join(text for text, _ in sentences), passages)


def draft(
    dice: Dice,
    start: int,
    changes: Sequence[int],
    aside: Collection[Part] = (),
    loose: bool = False,
) -> Draft:
    """Draws a text that tells these numbers in their order, and asks for the total."""
    return _Teller(dice, start, changes, aside, loose).draft()


def plain_story(dice: Dice, start: int, changes: Sequence[int]) -> Story:
    """Returns the shortest text that tells these numbers, in a few words only.

    "Ned has 12 marbles in a bag. Ned finds 5 more. How many are left?" All that differs
    is the name; a page or a card shows such a problem where it is about the numbers.
    """
    name = names.first_name(dice)
    passages = list[str]()
    for change in changes:
        verb = dice.pick(PLAIN_GAINS if change > 0 else PLAIN_LOSSES)
        passages.append(f"{name} {verb} {abs(change)}{' more' if change > 0 else ''}")
    sentences = [f"{name} has {start} marbles in a bag", *passages]
    text = " ".join(f"{sentence}." for sentence in sentences)
    return Story(f"{text} How many are left?", tuple(passages))


class _Teller:
    """One text: its words are drawn once, its sentences one after the other."""

    def __init__(
        self,
        dice: Dice,
        start: int,
        changes: Sequence[int],
        aside: Collection[Part],
        loose: bool,
    ) -> None:
        self._order = _order(dice, len(changes), "order" in aside)
        who = subject(dice, "name" in aside, known="ask first" in self._order)
        thing = things.thing(dice, "thing" in aside)
        past = dice.chance(_PAST)
        self._telling = Telling(dice, who, thing, past, changes, aside, loose)
        place = dice.pick(thing.places)
        self._is_box = not place.endswith(_NO_BOXES)
        self._is_placed = False  # whether it was said where the things lie
        self._gaps = _where(place) | {
            "who": who.first,
            "whom": who.whom_first,
            "whose": who.whose,
            "him": who.whom,
            "n": str(start),
            "things": thing.many,
        }

    def draft(self) -> Draft:
        """Draws all sentences."""
        begin = self._begin()
        if self._is_placed:
            self._telling.place = self._gaps["there"]
        told = happenings(self._telling)
        half = len(told) // 2
        sentences, begun = list[Sentence](), 0
        for part in self._order:
            if part == "begin":
                sentences.append((begin, None))
                begun = len(sentences)
            elif part == "changes":
                sentences += told
            elif part == "some":
                sentences += told[:half]
            elif part == "others":
                sentences += told[half:]
            else:
                sentences.append((self._part(part), None))
        return Draft(sentences, begun)

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
        self._gaps["he"], plural = who.now(self._telling.dice)
        if "{who}" in frame:
            plural = who.plural
        return agreed(frame, past, plural).format_map(self._gaps)


@cache
def _where(place: str) -> dict[str, str]:
    """What fills gaps for where things lie: "in a bag"."""
    preposition, article, box = place.split(" ", 2)
    return {
        "place": place,
        "in": preposition,
        "box": box,
        "a_box": f"{article} {box}",
        "there": f"{preposition} the {box}",
    }


def _passages(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Cuts a text behind each change."""
    found, before = list[str](), ""
    for text, acts in sentences:
        if acts is None:
            before += f"{text} "
            continue
        start = 0
        for act in acts:
            end = text.index(act, start) + len(act)
            found.append(_passage(before + text[start:end]))
            start, before = end, ""
        found.append(_passage(before + text[start:].removesuffix(".")))
        before = ""
    return tuple(found)


def _passage(text: str) -> str:
    return text.strip(" ,;-")


def _order(dice: Dice, changes: int, aside: bool) -> tuple[str, ...]:
    if not aside and dice.chance(plain_share(changes, _PLAIN_SHARES)):
        return _PLAIN
    return dice.pick(_orders(aside))


@cache
def _orders(aside: bool) -> tuple[tuple[str, ...], ...]:
    orders = kept.choices("order", blocks(FRAMES)["order"], aside)
    return tuple(tuple(order.split(", ")) for order in orders)
