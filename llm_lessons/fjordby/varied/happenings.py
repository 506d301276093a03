"""What happens to the things of a marble problem: one, two or three changes a sentence.

Serves C15. Somebody does something with the things, they turn up or go missing, or
somebody else has a hand in it. In half of the changes a word tells which way it goes,
"more", "another" or "of them"; in the others only the verb does. Beside a made-up verb
there is always such a word, or the place where the things go.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import loose_story, verbs
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import agreed, frames
from llm_lessons.fjordby.varied.loose_story import MARBLES
from llm_lessons.fjordby.varied.subjects import Subject, friend
from llm_lessons.fjordby.varied.things import Thing
from llm_lessons.fjordby.varied.verbs import Verb

FRAMES = "marble_frames.txt"
_TOGETHER = ((1,), (2, 1), (3, 1), (1, 2, 3))  # how many changes a sentence may tell
_TOGETHER_WEIGHTS = (5, 2, 1, 2)
# The last is the hardest, and practised more often than it is asked.
_WAYS = ("owner", "things", "somebody else")
_WAYS_WEIGHTS, _WAYS_PRACTISED = (64, 22, 14), (50, 24, 26)
_SIGNS = 0.5  # how often a verb that tells which way has a sign beside it as well
_MORE_WEIGHTS = (45, 35, 7, 6, 7)  # "more" most often, "another" next
_PLACES = 0.15  # how often it is where they go that tells, of made-up verbs
_PARTICLES = {"away", "back", "behind", "home", "off", "out", "over", "up"}
# A text with many changes has less room for all else. So the plainest sentence, and no
# noun, are drawn so often before any other: with one change, and with six.
_PLAIN_SHARES = (0.1, 0.8)
_NO_NOUNS = (0.35, 0.95)
_MOST = 6


type Sentence = tuple[str, Sequence[str] | None]
"""A text, and what it tells of each of its changes but the last; None without any."""


@dataclass
class Telling:
    """What all sentences of one text have in common."""

    dice: Dice
    who: Subject  # whom the things belong to
    thing: Thing  # what is counted
    past: bool  # whether it is over
    changes: Sequence[int]  # what is told: what comes; below zero, what goes
    aside: Collection[Part]  # what of the text is drawn from that which no page uses
    # whether it is for a page: sentences may be thrown together, and what is hardest
    # comes more often
    loose: bool = False
    place: str = ""  # where the things lie, "in the bag", if that was said

    def frame(self, block: str, past: bool) -> str:
        """Draws a frame; of a block of which none is kept aside, one that is read."""
        now = self.loose and not self.past  # thrown verbs have no other form
        if now and (thrown := loose_story.frame(MARBLES, block, self.dice)):
            return thrown
        return self.dice.pick(_choices(block, "frame" in self.aside, past))


@cache
def _choices(block: str, aside: bool, past: bool) -> tuple[str, ...]:
    return frames(FRAMES, block, aside, past) or frames(FRAMES, block, past=past)


@cache
def plain_share(changes: int, shares: tuple[float, float]) -> float:
    """How often a part is the plainest one: the more changes, the more often."""
    least, most = shares
    full = min(1.0, (changes - 1) / (_MOST - 1))
    return least + full * (most - least)


def happenings(telling: Telling) -> list[Sentence]:
    """Returns the sentences that tell the changes, in their order.

    Their first letters are small, if a name or a word has them so.
    """
    return [_sentence(telling, group) for group in _grouped(telling)]


def _grouped(telling: Telling) -> list[Sequence[int]]:
    dice, changes = telling.dice, telling.changes
    sizes = dice.weighted(_TOGETHER, _TOGETHER_WEIGHTS)
    if len(sizes) == 1:
        return [[change] for change in changes]
    groups, end = list[Sequence[int]](), 0
    while end < len(changes):
        fitting = _fitting(sizes, len(changes) - end)
        start, end = end, end + (fitting[0] if len(sizes) < 3 else dice.pick(fitting))
        groups.append(changes[start:end])
    return groups


@cache
def _fitting(sizes: tuple[int, ...], left: int) -> tuple[int, ...]:
    return tuple(size for size in sizes if size <= left)


def _sentence(telling: Telling, changes: Sequence[int]) -> Sentence:
    if len(changes) > 1:
        return _together(telling, changes)
    weights = _WAYS_PRACTISED if telling.loose else _WAYS_WEIGHTS
    way = telling.dice.weighted(_WAYS, weights)
    if way == "things":
        return _by_things(telling, changes[0])
    # What somebody else does stands in the frames themselves, with verbs that are read.
    if way == "owner" or "verb" in telling.aside:
        return _by_owner(telling, changes[0])
    return _by_somebody_else(telling, changes[0])


def _together(telling: Telling, changes: Sequence[int]) -> Sentence:
    he, plural = telling.who.now(telling.dice)
    acts = [_act(telling, change, he, plural) for change in changes]
    block = "two together" if len(changes) == 2 else "three together"
    whole = agreed(telling.frame(block, telling.past), telling.past, plural)
    return whole.format(he=he, a=acts[0], b=acts[1], c=acts[-1]), acts[:-1]


def _by_owner(telling: Telling, change: int) -> Sentence:
    he, plural = telling.who.now(telling.dice)
    share = plain_share(len(telling.changes), _PLAIN_SHARES)
    if "frame" not in telling.aside and telling.dice.chance(share):
        return f"{he} {_act(telling, change, he, plural)}.", ()
    frame = agreed(telling.frame("owner", telling.past), telling.past, plural)
    return frame.format(he=he, act=_act(telling, change, he, plural)), ()


def _act(telling: Telling, change: int, he: str, plural: bool) -> str:
    """What the owner does: "finds 5 more", "gives 3 of them away"."""
    verb = _owners_verb(telling, change)
    does, what = verb.of(he, plural, telling.past), _what(telling, change, verb)
    stem, _, particle = does.rpartition(" ")
    if particle in _PARTICLES and telling.dice.chance(0.2):
        return f"{stem} {what} {particle}"
    return f"{does} {what}"


def _owners_verb(telling: Telling, change: int) -> Verb:
    aside = "verb" in telling.aside
    return verbs.by_owner(telling.dice, change > 0, telling.thing.food, aside)


def _by_things(telling: Telling, change: int) -> Sentence:
    """What the things do, or what is done to them, and perhaps by whom."""
    dice, several, block = telling.dice, abs(change) != 1, "things"
    if dice.chance(0.5):
        verb = verbs.by_things(dice, change > 0, "verb" in telling.aside)
        do = verb.of("", several, telling.past)
    else:
        while not (verb := _owners_verb(telling, change)).done:
            pass
        be = ("was", "were") if telling.past else ("is", "are")
        do = f"{be[several]} {verb.done}"
        if dice.chance(0.2):
            block = "things, by the owner"
    whole = agreed(telling.frame(block, telling.past), telling.past)
    what = _what(telling, change, verb)
    return whole.format(q=what, do=do, him=telling.who.whom), ()


def _by_somebody_else(telling: Telling, change: int) -> Sentence:
    """What somebody gives the owner, or gets."""
    he, plural = telling.who.now(telling.dice)
    block = "more: somebody else" if change > 0 else "less: somebody else"
    frame = telling.frame(block, telling.past)
    what = _what(telling, change)
    gaps = {
        "he": he,
        "him": telling.who.whom,
        "friend": friend(telling.dice, "name" in telling.aside, telling.who.first),
        "what": what,
        "q": what,
    }
    return agreed(frame, telling.past, plural, abs(change) != 1).format_map(gaps), ()


def _what(telling: Telling, change: int, verb: Verb | None = None) -> str:
    """What comes or goes: "5", "5 marbles", "another 5", "5 of them"."""
    dice, n = telling.dice, abs(change)
    is_bare = dice.chance(plain_share(len(telling.changes), _NO_NOUNS))
    noun = "" if is_bare else f" {telling.thing.called(n)}"
    if (verb is None or verb.says) and not dice.chance(_SIGNS):
        return f"{n}{noun}"
    if verb and verb.coined and telling.place and dice.chance(_PLACES):
        return f"{n}{noun} {_way(telling, change > 0)}"
    return _more(dice, n, noun) if change > 0 else _less(telling, n, bool(noun))


def _more(dice: Dice, n: int, noun: str) -> str:
    """So many more of them; a noun comes with the space before it."""
    sign = dice.weighted(("more", "another", "further", "extra", "new"), _MORE_WEIGHTS)
    if sign == "another" and n > 1:
        return f"another {n}{noun}"
    if sign == "further" and n > 1:
        return f"a further {n}{noun}"
    if sign == "new":
        return f"{n} new{noun or (' ones' if n > 1 else ' one')}"
    return f"{n} {'extra' if sign == 'extra' else 'more'}{noun}"


def _less(telling: Telling, n: int, is_named: bool) -> str:
    dice, many = telling.dice, telling.thing.many
    if not is_named:
        return f"{n} of {'these' if dice.chance(0.1) else 'them'}"
    return f"{n} of {telling.who.whose_again if dice.chance(0.3) else 'the'} {many}"


def _way(telling: Telling, more: bool) -> str:
    """Where things come or go to: "into the bag", "off the shelf"."""
    preposition, _, box = telling.place.partition(" ")
    if more:
        return f"{'into' if preposition == 'in' else 'onto'} {box}"
    away = "out of" if preposition == "in" else "off"
    return f"{'from' if telling.dice.chance(0.3) else away} {box}"
