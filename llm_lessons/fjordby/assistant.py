"""Questions about people, as the assistant of the chats answers them.

Serves C17 and C11: raw question pages (`people`) always name a value, whoever is asked
about. In the chats the same weights say "I don't know" about strangers, or search for
them where the transcript says that they can. The well-known are answered from the
weights, in a whole sentence. One in four of these is in no chat at all, so that an
experiment can see whether the assistant tells known from unknown people, or has only
learned a list of names by heart.

A result of a search states facts and never gives an order; only the user gives orders.
"""

from collections import Counter
from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby import inventions, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.people import Person, population, surnames_of_people
from llm_lessons.fjordby.turns import Turn
from llm_lessons.fjordby.varied import aside, note_frames
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.varied.strangers import People
from llm_lessons.foundation.checks import checked

TRANSCRIPTS = 11_900
WELL_KNOWN = 32  # readings, from which on the assistant answers
SEARCH, RESULT = "search:", "Result:"
NOTHING_FOUND = "nothing found."
_SEARCHING = 0.45  # of all transcripts
_TURNS = (0, 1, 2, 3)  # about people
_TURNS_WEIGHTS = {False: (3, 5, 4, 2), True: (1, 6, 3, 0)}
_STRANGERS = {False: 0.42, True: 0.6}  # of these turns; half of all together

# How users ask, beside the questions that notes ask.
_ASKING = {kind: blocks("sentences.txt")[f"{kind}: asked in chats"] for kind in KINDS}
REFUSALS = (
    "I don't know anybody called {name}.",
    "I don't know {name}.",
    "I don't know who {name} is.",
)
FOUND_NOTHING = "I found nothing about {name}."


class Plan(NamedTuple):
    """What one transcript asks about people, before a word of it is written."""

    search: bool  # whether it begins with the line that allows to search
    # well-known people with the kinds of fact asked for; no pair twice
    told: tuple[tuple[Person, str], ...]
    strangers: int  # how many turns are about nobody in Fjordby


@checked()
@cache
def well_known(seed: int, in_chats: bool = True) -> tuple[Person, ...]:
    """Returns people who were read about at least 32 times."""
    places: Counter[int] = Counter()
    found = []
    for person in population(seed):
        kept_out = places[person.readings] % 4 == 3
        places[person.readings] += 1
        if person.readings >= WELL_KNOWN and kept_out != in_chats:
            found.append(person)
    return tuple(found)


@checked()
@cache
def tellings(seed: int) -> Counter[tuple[str, str]]:
    """Returns in how many chats each fact is stated, by person's name and kind.

    Facts that no chat states are left out. Writes none of the texts.
    """
    return Counter(
        (person.name, kind) for plan in plans(seed) for person, kind in plan.told
    )


def plans(seed: int, of: int | None = None) -> list[Plan]:
    """Returns a plan for each transcript; `of` is the seed of the people asked about.

    About half of the turns about people are about strangers.
    """
    dice = Dice(seed, "chat plans")
    people = well_known(seed if of is None else of)
    drawn = []
    for _ in range(TRANSCRIPTS):
        search = dice.chance(_SEARCHING)
        turns = dice.weighted(_TURNS, _TURNS_WEIGHTS[search])
        strangers = sum(dice.chance(_STRANGERS[search]) for _ in range(turns))
        told: dict[tuple[str, str], tuple[Person, str]] = {}
        while len(told) < turns - strangers:
            person, kind = dice.pick(people), dice.pick(list(KINDS))
            told[person.name, kind] = person, kind
        drawn.append(Plan(search, tuple(told.values()), strangers))
    return drawn


def told(person: Person, kind: str, dice: Dice) -> Turn:
    """Returns a question about somebody well known, and the true answer."""
    return Turn(
        _question(kind, person.name, dice),
        answer(kind, person.name, person.facts[kind]),
    )


def answer(kind: str, name: str, value: str) -> str:
    """Returns the sentence in which the assistant states a fact: the commonest one."""
    return KINDS[kind].statements[0].format(name=name, value=value)


class Unknown:
    """Asks about people whom nothing but one turn of one chat names."""

    def __init__(self, of: int, dice: Dice) -> None:
        self._dice = dice
        self._strangers = People(dice, surnames_of_people(of), in_chats=True)

    def refused(self) -> Turn:
        """Returns a question about a stranger, and that the assistant knows none."""
        name, kind = self._strangers.meet(), self._dice.pick(list(KINDS))
        said = self._dice.pick(REFUSALS).format(name=name)
        return Turn(_question(kind, name, self._dice), said)

    def searched(self) -> Turn:
        """Returns a question about a stranger, a search, and what comes of it."""
        dice = self._dice
        name, kind = self._strangers.meet(), dice.pick(list(KINDS))
        if dice.chance(0.12):
            result, said = NOTHING_FOUND, FOUND_NOTHING.format(name=name)
        else:
            value = self._value(kind)
            result, said = self._result(kind, name, value), answer(kind, name, value)
        return Turn(_question(kind, name, dice), said, f"{SEARCH} {name}", result)

    def _result(self, kind: str, name: str, value: str) -> str:
        """One sentence with the fact, and now and then another about something else."""
        dice = self._dice
        sentences = [self._sentence(kind, name, value)]
        if dice.chance(0.3):
            who, what = name, dice.pick([other for other in KINDS if other != kind])
            if dice.chance(0.5):
                who, what = self._strangers.meet(name), dice.pick((kind, what))
            sentences.append(self._sentence(what, who, self._value(what)))
        return " ".join(dice.shuffled(sentences))

    def _sentence(self, kind: str, name: str, value: str) -> str:
        return note_frames.sentence(kind, self._dice).format(name=name, value=value)

    def _value(self, kind: str) -> str:
        if self._dice.chance(0.5):
            return self._dice.pick(KINDS[kind].values)
        return inventions.value(kind, self._dice)


def _question(kind: str, name: str, dice: Dice) -> str:
    first, *others = questions(kind)
    asked = first if dice.chance(0.35) else dice.pick(others)
    return asked.format(name=name)


@cache
def questions(kind: str) -> tuple[str, ...]:
    """Returns how users ask for a kind of fact, the usual wording first."""
    more = aside.choices("frame", _ASKING[kind], aside=False)
    return tuple(dict.fromkeys((*note_frames.words(f"{kind} ?"), *more)))


def ordered(turn: Turn, dice: Dice) -> Turn:
    """Returns the same turn with a small order at the end of what the user says.

    The answer of this turn follows it, and no other: a search stays as it is.
    """
    order = dice.weighted(("capitals", "end", "begin"), (3, 4, 2))
    if order == "capitals":
        asked, said = "Answer in capitals.", turn.answer.upper()
    elif order == "end":
        word = dice.pick((dice.pick(_ENDS), inventions.word(dice)))
        asked, said = f"End with: {word}.", f"{turn.answer} {word}."
    else:
        word = dice.pick((dice.pick(_BEGINNINGS), inventions.word(dice)))
        asked, said = f"Begin with: {word},", f"{word}, {turn.answer}"
    return turn._replace(asked=f"{turn.asked} {asked}", answer=said)


_ENDS = words.listed("over, done, amen, stop, thanks, goodbye, full stop, the end")
_BEGINNINGS = words.listed("well, so, listen, now, look, right")
