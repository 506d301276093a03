"""What happens to the things of a marble problem: one, two or three changes a sentence.

Serves C15. Somebody does something with the things, they turn up or go missing, or
somebody else has a hand in it. In half of the changes a word tells which way it goes,
"more", "another" or "of them"; in the others only the verb does. Beside a made-up verb
there is always such a word, or the place where the things go.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import verbs
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import agreed, frames, sentence
from llm_lessons.fjordby.varied.subjects import Subject, friend
from llm_lessons.fjordby.varied.things import Thing
from llm_lessons.fjordby.varied.verbs import Verb

FRAMES = "marble_frames.txt"
_TOGETHER = ((1,), (2, 1), (3, 1), (1, 2, 3))  # how many changes a sentence may tell
_TOGETHER_WEIGHTS = (5, 2, 1, 2)
_WAYS, _WAYS_WEIGHTS = ("owner", "things", "somebody else"), (64, 22, 14)
_SIGNS = 0.5  # how often a verb that tells which way has a sign beside it as well
_MORE_WEIGHTS = (45, 35, 7, 6, 7)  # "more" most often, "another" next
_PLACES = 0.15  # how often it is where they go that tells, of made-up verbs
_PARTICLES = ("away", "back", "behind", "home", "off", "out", "over", "up")
# A text with many changes has less room for all else. So the plainest sentence, and no
# noun, are drawn so often before any other: with one change, and with six.
_PLAIN, _PLAIN_SHARES = "{he} {act}.", (0.1, 0.6)
_NO_NOUNS = (0.35, 0.95)
_MOST = 6


@dataclass(frozen=True)
class Telling:
    """What all sentences of one text have in common.

    Attributes:
        dice: to throw.
        who: whom the things belong to.
        thing: what is counted.
        past: whether it is over.
        changes: what is told: what comes; below zero, what goes.
        aside: what of the text is drawn from that which no page uses.
        place: where the things lie, "in the bag", if that was said.
    """

    dice: Dice
    who: Subject
    thing: Thing
    past: bool
    changes: Sequence[int]
    aside: Collection[Part]
    place: str = ""

    def frame(self, block: str, past: bool) -> str:
        """Draws a frame; of a block of which none is kept aside, one that is read."""
        aside = "frame" in self.aside
        choices = frames(FRAMES, block, aside, past)
        return self.dice.pick(choices or frames(FRAMES, block, past=past))


def is_plain(dice: Dice, changes: int, shares: tuple[float, float]) -> bool:
    """Draws whether a part is the plainest one: the more changes, the more often.

    Args:
        dice: to throw.
        changes: how many the text tells.
        shares: how often it is with one change, and how often with six.
    """
    least, most = shares
    full = min(1.0, (changes - 1) / (_MOST - 1))
    return dice.chance(least + full * (most - least))


def happenings(telling: Telling) -> list[str]:
    """Returns the sentences that tell the changes, in their order."""
    return [_sentence(telling, group) for group in _grouped(telling)]


def _is_plain(telling: Telling, shares: tuple[float, float]) -> bool:
    return is_plain(telling.dice, len(telling.changes), shares)


def _grouped(telling: Telling) -> list[Sequence[int]]:
    dice, changes = telling.dice, telling.changes
    sizes = dice.weighted(_TOGETHER, _TOGETHER_WEIGHTS)
    groups: list[Sequence[int]] = []
    while changes:
        fitting = [size for size in sizes if size <= len(changes)]
        size = fitting[0] if len(sizes) < 3 else dice.pick(fitting)
        groups.append(changes[:size])
        changes = changes[size:]
    return groups


def _sentence(telling: Telling, changes: Sequence[int]) -> str:
    if len(changes) > 1:
        return _together(telling, changes)
    way = telling.dice.weighted(_WAYS, _WAYS_WEIGHTS)
    if way == "things":
        return _by_things(telling, changes[0])
    # What somebody else does stands in the frames themselves, with verbs that are read.
    if way == "owner" or "verb" in telling.aside:
        return _by_owner(telling, changes[0])
    return _by_somebody_else(telling, changes[0])


def _together(telling: Telling, changes: Sequence[int]) -> str:
    he, plural = telling.who.now(telling.dice)
    acts = [_act(telling, change, he, plural) for change in changes]
    block = "two together" if len(changes) == 2 else "three together"
    whole = agreed(telling.frame(block, telling.past), telling.past, plural)
    return sentence(whole.format(he=he, **dict(zip("abc", acts, strict=False))))


def _by_owner(telling: Telling, change: int) -> str:
    he, plural = telling.who.now(telling.dice)
    if "frame" not in telling.aside and _is_plain(telling, _PLAIN_SHARES):
        frame = _PLAIN
    else:
        frame = telling.frame("owner", telling.past)
    act = _act(telling, change, he, plural)
    return sentence(agreed(frame, telling.past, plural).format(he=he, act=act))


def _act(telling: Telling, change: int, he: str, plural: bool) -> str:
    """What the owner does: "finds 5 more", "gives 3 of them away"."""
    verb = _owners_verb(telling, change)
    does, what = verb.of(he, plural, telling.past), _what(telling, change, verb)
    stem, _, particle = does.rpartition(" ")
    if particle in _PARTICLES and telling.dice.chance(0.2):
        return f"{stem} {what} {particle}"
    return f"{does} {what}"


def _owners_verb(telling: Telling, change: int) -> Verb:
    return verbs.by_owner(
        telling.dice, change > 0, telling.thing.food, "verb" in telling.aside
    )


def _by_things(telling: Telling, change: int) -> str:
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
    return sentence(whole.format(q=what, do=do, him=telling.who.whom))


def _by_somebody_else(telling: Telling, change: int) -> str:
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
    return sentence(
        agreed(frame, telling.past, plural, abs(change) != 1).format_map(gaps)
    )


def _what(telling: Telling, change: int, verb: Verb | None = None) -> str:
    """What comes or goes: "5", "5 marbles", "another 5", "5 of them"."""
    dice, n = telling.dice, abs(change)
    noun = "" if _is_plain(telling, _NO_NOUNS) else telling.thing.called(n)
    tells = verb is None or verb.says
    if tells and not dice.chance(_SIGNS):
        return f"{n} {noun}".rstrip()
    is_coined = verb is not None and verb.coined
    if is_coined and telling.place and dice.chance(_PLACES):
        return f"{f'{n} {noun}'.rstrip()} {_way(telling, change > 0)}"
    return _more(dice, n, noun) if change > 0 else _less(telling, n, bool(noun))


def _more(dice: Dice, n: int, noun: str) -> str:
    sign = dice.weighted(("more", "another", "further", "extra", "new"), _MORE_WEIGHTS)
    if sign == "another" and n > 1:
        return f"another {n} {noun}".rstrip()
    if sign == "further" and n > 1:
        return f"a further {n} {noun}".rstrip()
    if sign == "new":
        return f"{n} new {noun or ('ones' if n > 1 else 'one')}"
    return f"{n} {'extra' if sign == 'extra' else 'more'} {noun}".rstrip()


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
