"""Biographies that are read an exactly known number of times.

Serves C10 (the weights are a lossy zip of the training text) and C11 (recall is
reconstruction: what appeared often is remembered far better than what appeared rarely).

For each count 0, 1, 2, 4 ... 512 there are 40 people, or 80 where recall rises, and
exactly that many documents about each. Every document states all four facts. For half
of the people half of the documents are question pages; nobody ever asks about the other
half, so that an experiment can see whether a fact that was only told can also be asked
for. Of those who are asked about, every second is asked in many wordings, the others in
one. Of those with 0 readings no page says anything: what is right of them is chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, wording
from llm_lessons.fjordby.varied import questions

PEOPLE_BY_COUNT = {0: 40, 1: 40} | {
    2**power: 80 if power < 6 else 40 for power in range(1, 10)
}
COUNTS = tuple(PEOPLE_BY_COUNT)


@dataclass(frozen=True)
class Person:
    """Somebody who lives in Fjordby."""

    name: str  # first name and surname; nobody else has the surname
    facts: dict[str, str]  # the value of every kind of fact, by the kind's name
    readings: int  # number of documents about this person, question pages included
    question_pages: int  # how many of them ask questions
    # whether these ask in other wordings than the usual one, too
    in_many_wordings: bool


@cache
def population(seed: int) -> tuple[Person, ...]:
    """Returns the 640 people of the corpus with this seed, the rarest first.

    The values are dealt out evenly: within a count, and within the whole population,
    none is true of more than one person more than another.
    """
    dice = Dice(seed, "population")
    surnames = dice.shuffled(_surnames_for_people())
    values = {
        name: _spread(kind.values, dice, PEOPLE_BY_COUNT.values())
        for name, kind in KINDS.items()
    }
    people: list[Person] = []
    for count, size in PEOPLE_BY_COUNT.items():
        for place in range(size):
            row = len(people)
            people.append(
                Person(
                    name=f"{dice.pick(words.FIRST_NAMES)} {surnames[row]}",
                    facts={kind: drawn[row] for kind, drawn in values.items()},
                    readings=count,
                    question_pages=count // 2 if place % 2 == 0 else 0,
                    in_many_wordings=place % 4 == 0,
                )
            )
    return tuple(people)


def surnames_of_people(seed: int) -> frozenset[str]:
    """Returns the surnames that belong to people; strangers must have others."""
    return frozenset(person.name.split()[1] for person in population(seed))


def texts(seed: int) -> list[str]:
    """Returns all documents about people."""
    dice = Dice(seed, "people")
    return [
        questions.page(person.name, person.facts, person.in_many_wordings, dice)
        if number < person.question_pages
        else _biography(person, dice)
        for person in population(seed)
        for number in range(person.readings)
    ]


def _surnames_for_people() -> list[str]:
    names = (words.surname(*parts) for parts in words.SURNAME_PARTS)
    return [name for name in names if not words.is_held_out_surname(name)]


def _spread(values: tuple[str, ...], dice: Dice, groups: Iterable[int]) -> list[str]:
    """Deals the values out evenly to groups of these sizes."""
    deck = dice.shuffled(values)
    dealt: list[str] = []
    for size in groups:
        start = len(dealt)
        hand = [deck[(start + place) % len(deck)] for place in range(size)]
        dealt += dice.shuffled(hand)
    return dealt


def _biography(person: Person, dice: Dice) -> str:
    first_name = person.name.split()[0]
    pronoun = "She" if first_name in words.FEMALE_NAMES else "He"
    sentences = []
    for kind in dice.shuffled(list(KINDS)):
        sentence = wording(kind, dice)
        subject = person.name
        if sentences and sentence.startswith("{name}"):
            subject = dice.weighted((person.name, first_name, pronoun), (7, 1, 2))
        sentences.append(sentence.format(name=subject, value=person.facts[kind]))
    return " ".join(sentences)
