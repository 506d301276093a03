"""What the weights remember: facts by how often they were read, documents by copies.

Claims C10 to C12: the weights are a lossy zip; what appeared often is remembered far
better than what appeared rarely; what was repeated very often is recited.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from llm_lessons.experiments.intervals import Share, share
from llm_lessons.fjordby import Fact, Place, Repeated, places, question, stem
from llm_lessons.language_model import LanguageModel

LONGEST_VALUE = 16  # tokens
PREFIX = 12  # tokens of a document that are given
LONGEST_LIST = 64  # tokens of the sights of a town
_SIGHT = re.compile(r"the [A-Z][\w']+ [A-Z]\w+")


def knows(lm: LanguageModel, facts: Sequence[Fact], ask: bool = False) -> list[bool]:
    """Whether the model's likeliest continuation gives each fact.

    Args:
        ask: use the question of the question pages, not the beginning of a sentence.
    """
    prompts = [(question if ask else stem)(fact.kind, fact.person) for fact in facts]
    answers = lm.batch(prompts, LONGEST_VALUE, temperature=0)
    return [
        answer.startswith(f" {fact.value}.")
        for fact, answer in zip(facts, answers, strict=True)
    ]


def recall(
    lm: LanguageModel, facts: Sequence[Fact], ask: bool = False
) -> dict[int, Share]:
    """Share of facts recalled, by the number of readings; clustered by person."""
    people: dict[tuple[int, str], list[bool]] = defaultdict(list)
    for fact, right in zip(facts, knows(lm, facts, ask), strict=True):
        people[fact.readings, fact.person].append(right)
    return {
        count: share(
            sum(known) / len(known)
            for (readings, _), known in people.items()
            if readings == count
        )
        for count in sorted({fact.readings for fact in facts})
    }


def never_asked(facts: Sequence[Fact]) -> list[Fact]:
    """Facts about people whom no question page ever asks for."""
    return [fact for fact in facts if fact.question_pages == 0 and fact.readings > 1]


def recitation(lm: LanguageModel, documents: Sequence[Repeated]) -> dict[int, Share]:
    """Share of a document's rest that is recited from its first 12 tokens, by copies.

    Counts the letters up to the first wrong one; the model always takes the likeliest
    token. Clustered by document.
    """
    tokenizer = lm.tokenizer
    ids = [tokenizer.encode(document.text) for document in documents]
    prompts = [tokenizer.decode(row[:PREFIX]) for row in ids]
    longest = max(len(row) for row in ids)
    answers = lm.batch(prompts, longest, temperature=0)
    recited: dict[int, list[float]] = defaultdict(list)
    for document, prompt, answer in zip(documents, prompts, answers, strict=True):
        rest = document.text[len(prompt) :]
        pairs = zip(rest, answer, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        recited[document.copies].append(same / len(rest))
    return {copies: share(shares) for copies, shares in sorted(recited.items())}


@dataclass(frozen=True)
class Sights:
    """A model's lists of the sights of towns that were read equally often.

    Each is clustered by town. The first four add up to one.

    Attributes:
        right: share of the named sights that stand in the town, each counted once.
        elsewhere: share that stand in another town of Fjordby.
        made_up: share that stand nowhere in Fjordby; all of an answer without any
            sight.
        repeated: share that the list has already named.
        well_formed: share of the lists that name as many sights as a town has, each
            once: lists that look right.
    """

    right: Share
    elsewhere: Share
    made_up: Share
    repeated: Share
    well_formed: Share


def sights(lm: LanguageModel, towns: Sequence[Place]) -> dict[int, Sights]:
    """Ask for the sights of each town; returns what came, by the number of readings.

    Args:
        towns: all of Fjordby: a sight of none of them counts as made up.
    """
    prompts = [places.question(town.town) for town in towns]
    answers = lm.batch(prompts, LONGEST_LIST, temperature=0)
    real = {sight for town in towns for sight in town.sights}
    groups: dict[int, list[tuple[float, ...]]] = defaultdict(list)
    for town, answer in zip(towns, answers, strict=True):
        named = _SIGHT.findall(answer.split(".")[0]) or [""]
        once = set(named)
        right = len(once.intersection(town.sights))
        made_up = len(once - real)
        elsewhere, repeated = len(once) - right - made_up, len(named) - len(once)
        counts = (right, elsewhere, made_up, repeated)
        whole = len(named) == len(once) == len(town.sights)
        groups[town.readings].append((*(n / len(named) for n in counts), whole))
    return {
        readings: Sights(*(share(column) for column in zip(*rows, strict=True)))
        for readings, rows in sorted(groups.items())
    }
