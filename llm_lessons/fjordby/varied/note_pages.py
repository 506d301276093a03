"""The corpus' open-book pages, in very many frames.

Serves C16. The strangers occur on one page only, and every second value is made up for
its page, so nothing of it can come from the weights: it has to be copied. A note may be
a sentence in one of some two thousand frames, with the name first or the value
(`note_frames`), a table, a list, a form or a short dialogue (`note_layouts`), or a
sentence of words thrown together (`loose`).

Before these come plain pages, which teach to choose: in the words of the biographies,
mostly one kind of fact about each of several people, each of them asked about, and
often somebody who isn't there. (A model that reads the others alone learns to copy, but
not whose note to take, nor to take none.)

A few pages contradict the weights: they state something else about people who have
biographies, and the note is right. Everybody else who has biographies appears in no
note, so that an experiment can see who wins, the note or the weights.
"""

from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question, statement
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.fjordby.notes import SILENT, contradicted
from llm_lessons.fjordby.people import population, surnames_of_people
from llm_lessons.fjordby.varied.note_layouts import Told
from llm_lessons.fjordby.varied.note_page import Page
from llm_lessons.fjordby.varied.strangers import People
from llm_lessons.foundation.checks import checked

PAGES = 32_000
FIRST_PAGES = 13_000  # the plain ones
_NOBODY = 0.65  # how often one of those asks about somebody who isn't there
CONTRADICTIONS = 16  # pages for each contradicted person
CONTRADICTED = (64, 128, 256, 512)  # a quarter of the people with so many readings


def first_texts(seed: int) -> list[str]:
    """Returns the plain pages, which are read before most others."""
    return _written(seed)[0]


def texts(seed: int) -> list[str]:
    """Returns all other open-book pages of the corpus."""
    return _written(seed)[1]


@cache
def _written(seed: int) -> tuple[list[str], list[str]]:
    """Both kinds of pages, for none of their strangers is met twice."""
    dice = Dice(seed, "notes")
    people = People(dice, taken=surnames_of_people(seed))
    first = [first_page(people, dice) for _ in range(FIRST_PAGES)]
    pages = [Page(people, dice).text() for _ in range(PAGES)]
    pages += [
        Page(people, dice, (about.person, about.kind, about.value)).text()
        for about in contradictions(seed)
    ]
    return first, pages


def first_page(people: People, dice: Dice) -> str:
    """Some notes and as many questions, with no value in them that is made up."""
    favourite, facts = dice.pick(list(KINDS)), list[Told]()
    for _ in range(dice.weighted((1, 2, 3, 4), (2, 2, 4, 6))):
        kind = favourite if dice.chance(0.8) else dice.pick(list(KINDS))
        values = {value for _, _, value in facts}
        value = dice.pick(
            [value for value in KINDS[kind].values if value not in values]
        )
        name = people.meet(facts[-1][0] if facts else None, plain=dice.chance(0.5))
        facts.append((name, kind, value))
    notes = [
        f"Note: {statement(kind, name, value, dice)}" for name, kind, value in facts
    ]
    if dice.chance(_NOBODY):
        name, kind, _ = dice.pick(facts)
        facts.append((people.meet(name, plain=dice.chance(0.5)), kind, SILENT[:-1]))
    answers = [
        f"{question(kind, name)} {value}." for name, kind, value in dice.shuffled(facts)
    ]
    return "\n".join([*notes, *answers])


@checked()
@cache
def contradictions(seed: int) -> tuple[Fact, ...]:
    """Returns, for each contradicting note of the corpus, the false fact it states."""
    dice = Dice(seed, "contradictions")
    return tuple(
        contradicted(
            Fact(person.name, kind, person.facts[kind], person.readings, 0, 0), dice
        )
        for place, person in enumerate(population(seed))
        # Of each count as many people who are asked about as people who are not.
        if person.readings in CONTRADICTED and place % 8 in (2, 5)
        for kind in (dice.pick(list(KINDS)) for _ in range(CONTRADICTIONS))
    )
