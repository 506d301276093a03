"""The same facts, asked for otherwise: in other words, and backwards.

Claims C10 to C12, and their limit: what the weights keep is tied to the way in which it
was read. Only what was read often is asked for here, so nothing is missing because it
was hardly met, and of people of whom no page asks in many wordings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llm_lessons.fjordby import stem
from llm_lessons.fjordby.people import Person, population
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.begins import begins
from llm_lessons.measuring.intervals import Share, better, over_forms, share
from llm_lessons.measuring.parts import spread

OFTEN = 64  # readings, from which on somebody is asked about
READ, REWORDED, BACKWARDS = "as it was read", "in other words", "backwards"
WORDINGS = (
    "The home town of {name} is called",
    "{name} has moved to",
    "Q: Where does {name} live?\nA:",
    "The address of {name} is in",
)
FROM_THE_TOWN = "In the town of {town} lives"


@dataclass(frozen=True)
class Otherwise:
    """Towns of people who were read about often, asked for in several ways.

    Attributes:
        right: of each way, the share that is right; in other words, the interval counts
            each wording once.
        people: who was asked about.
    """

    right: Mapping[str, Share]
    people: int

    def sentence(self) -> str:
        """All ways, in numbers."""
        ways = "; ".join(f"{way}, {right.percent}" for way, right in self.right.items())
        return (
            f"Fjord read often where {self.people} people live. How often it is right: "
            f"{ways}."
        )

    def conclusion(self) -> str:
        """What is lost when a well-read fact is asked for otherwise."""
        known = self.right[READ]
        lost = [way for way, right in self.right.items() if better(known, right)]
        if not lost:
            return "So what was read often can be asked for in each of these ways."
        return (
            f"So even what was read often is found less {' or '.join(lost)}: it is "
            "kept as it was read, not as a fact that can be looked up."
        )


@checked(people=1)
def measure(lm: LanguageModel, people: int = 20) -> Otherwise:
    """Ask for the towns of people read about often, in each way; greedy, seconds."""
    known = [
        person
        for person in population(0)
        if person.readings >= OFTEN and not person.in_many_wordings
    ]
    asked = spread(known, people)
    towns = [f" {person.facts['town']}" for person in asked]
    as_read = begins(lm, [stem("town", person.name) for person in asked], towns)
    reworded = [
        right
        for wording in WORDINGS
        for right in begins(lm, [wording.format(name=p.name) for p in asked], towns)
    ]
    right = {
        READ: share(as_read),
        REWORDED: over_forms(share(reworded), len(WORDINGS)),
        BACKWARDS: share(_named(lm, asked)),
    }
    return Otherwise(right, len(asked))


def _named(lm: LanguageModel, asked: Sequence[Person]) -> list[bool]:
    """Whether somebody is named who lives there, for the town of each."""
    living = defaultdict[str, list[str]](list)
    for person in population(0):
        living[person.facts["town"]].append(f" {person.name}")
    towns = [person.facts["town"] for person in asked]
    prompts = [FROM_THE_TOWN.format(town=town) for town in towns]
    said = lm.batch(prompts, 12, temperature=0)
    return [
        any(text.startswith(name) for name in living[town])
        for text, town in zip(said, towns, strict=True)
    ]
