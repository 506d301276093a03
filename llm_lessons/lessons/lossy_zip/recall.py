"""What the weights remember: facts and sights by how often they were read.

Claims C10 and C11: the weights are a lossy zip; what appeared often is remembered far
better than what appeared rarely. (What was repeated word for word: `regurgitation`.
The lesson's figure, of sentences begun and of questions: `shape_and_detail.measure`.)
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from llm_lessons.fjordby import KINDS, Fact, Place, places, question, stem
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.begins import begins
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.replies import LONGEST_VALUE

PEOPLE = 80  # for each number of readings, at most
ASKED = ("town", "job")  # kinds of fact that a large result rests on
OTHERS = KINDS.keys() - ASKED  # and a fresh sample
LONGEST_LIST = 64  # tokens of the sights of a town
_SIGHT = re.compile(r"the [A-Z][\w']+ [A-Z]\w+")


def of_people(people: int = PEOPLE, kinds: Collection[str] = ASKED) -> list[Fact]:
    """Facts about so many people for each number of readings."""
    groups: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in ledger_of().facts:
        if fact.kind in kinds:
            groups[fact.readings][fact.person].append(fact)
    return [
        fact
        for group in groups.values()
        # of two neighbours, pages ask questions about one, and never about the other
        for facts in spread([*group.values()], people, together=2)
        for fact in facts
    ]


def prompts(facts: Sequence[Fact], ask: bool = False) -> list[str]:
    """What the model is given to go on with, for each fact.

    Args:
        ask: the question of the question pages, not the beginning of a sentence.
    """
    return [(question if ask else stem)(fact.kind, fact.person) for fact in facts]


@checked()
def answers(lm: LanguageModel, facts: Sequence[Fact], ask: bool = False) -> list[str]:
    """The model's likeliest continuations of the prompts."""
    return lm.batch(prompts(facts, ask), LONGEST_VALUE, temperature=0, stop="\n")


@checked()
def knows(lm: LanguageModel, facts: Sequence[Fact], ask: bool = False) -> list[bool]:
    """Whether the model's likeliest continuation begins with each fact."""
    given = prompts(facts, ask)
    return begins(lm, given, [f" {fact.value}." for fact in facts])


def by_readings(facts: Sequence[Fact], found: Sequence[bool]) -> dict[int, Share]:
    """What was found of the facts, by their number of readings; clustered by person."""
    people: dict[tuple[int, str], list[bool]] = defaultdict(list)
    for fact, reply in zip(facts, found, strict=True):
        people[fact.readings, fact.person].append(reply)
    return {
        count: share(
            sum(ones) / len(ones)
            for (readings, _), ones in people.items()
            if readings == count
        )
        for count in sorted({fact.readings for fact in facts})
    }


@checked()
def measure(
    lm: LanguageModel, facts: Sequence[Fact], ask: bool = False
) -> dict[int, Share]:
    """Share of facts recalled, by the number of readings; clustered by person."""
    return by_readings(facts, knows(lm, facts, ask))


def never_asked(facts: Sequence[Fact]) -> list[Fact]:
    """Facts about people whom no question page ever asks for, and no chat names."""
    return [
        fact
        for fact in facts
        if fact.readings > 1 and not fact.question_pages and not fact.chats
    ]


@dataclass(frozen=True)
class Sights:
    """A model's lists of the sights of towns that were read equally often.

    Each is clustered by town.

    Attributes:
        right: share of the named sights that stand in the town, each counted once.
        well_formed: share of the lists that name as many sights as a town has, each
            once: lists that look right.
    """

    right: Share
    well_formed: Share


@checked()
def sights(lm: LanguageModel, towns: Sequence[Place]) -> dict[int, Sights]:
    """Ask for the sights of each town; returns what came, by the number of readings."""
    asked = [places.question(town.town) for town in towns]
    lists = lm.batch(asked, LONGEST_LIST, temperature=0, stop="\n")
    groups: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for town, answer in zip(towns, lists, strict=True):
        named = _SIGHT.findall(answer.split(".")[0]) or [""]
        once = set(named)
        right = len(once.intersection(town.sights)) / len(named)
        whole = len(named) == len(once) == len(town.sights)
        groups[town.readings].append((right, whole))
    return {
        readings: Sights(*(share(column) for column in zip(*rows, strict=True)))
        for readings, rows in sorted(groups.items())
    }
