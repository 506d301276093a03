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

from llm_lessons.checks import checked
from llm_lessons.fjordby import inventions, wordings, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.people import Person, population, surnames_of_people
from llm_lessons.fjordby.small_talk import Turn

TRANSCRIPTS = 12_000
WELL_KNOWN = 32  # readings, from which on the assistant answers
SEARCH, RESULT = "search:", "Result:"
NOTHING_FOUND = "nothing found."
_SEARCHING = 0.4  # of all transcripts
_TURNS = (0, 1, 2, 3)  # about people
_TURNS_WEIGHTS = {False: (4, 4, 4, 2), True: (1, 6, 3, 0)}
# Of a stranger's first and last name: which is made of random syllables.
_NEW_NAMES = (*[(False, False)] * 6, (False, True), (True, True))

QUESTIONS = {
    "town": (
        KINDS["town"].question,
        "Which town does {name} live in?",
        "Do you know where {name} lives?",
        "Tell me where {name} lives.",
    ),
    "job": (
        KINDS["job"].question,
        "What does {name} do for a living?",
        "What does {name} work as?",
        "Tell me the job of {name}.",
    ),
    "food": (
        KINDS["food"].question,
        "What does {name} like to eat?",
        "Which food does {name} like best?",
        "Tell me the favourite food of {name}.",
    ),
    "pet": (
        KINDS["pet"].question,
        "What pet does {name} have?",
        "Which animal does {name} keep?",
        "Do you know the pet of {name}?",
    ),
}
REFUSALS = (
    "I don't know anybody called {name}.",
    "I don't know {name}.",
    "I don't know who {name} is.",
)
FOUND_NOTHING = "I found nothing about {name}."


class Plan(NamedTuple):
    """What one transcript asks about people, before a word of it is written.

    Attributes:
        search: whether it begins with the line that allows to search.
        told: well-known people with the kinds of fact asked for; no pair twice.
        strangers: how many turns are about nobody in Fjordby.
    """

    search: bool
    told: tuple[tuple[Person, str], ...]
    strangers: int


@checked()
@cache
def well_known(seed: int, in_chats: bool = True) -> tuple[Person, ...]:
    """Returns people who were read about at least 32 times.

    Args:
        seed: the corpus' seed.
        in_chats: those whom chats name, or the one in four whom none names.
    """
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

    Half of the turns about people are about strangers.
    """
    dice = Dice(seed, "chat plans")
    people = well_known(seed if of is None else of)
    drawn = []
    for _ in range(TRANSCRIPTS):
        search = dice.chance(_SEARCHING)
        turns = dice.weighted(_TURNS, _TURNS_WEIGHTS[search])
        strangers = sum(dice.chance(0.5) for _ in range(turns))
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


class Strangers:
    """Invents people who are nowhere in the corpus but in one turn of one chat.

    Args:
        taken: surnames of people, which no stranger has.
        dice: decides the names and all that is said about them.
    """

    def __init__(self, taken: frozenset[str], dice: Dice) -> None:
        self._dice = dice
        self._taken = taken
        self._used: set[str] = set()

    def refused(self) -> Turn:
        """Returns a question about a stranger, and that the assistant knows none."""
        name, kind = self._meet(), self._dice.pick(list(KINDS))
        asked = _question(kind, name, self._dice)
        return Turn(asked, self._dice.pick(REFUSALS).format(name=name))

    def searched(self) -> Turn:
        """Returns a question about a stranger, a search, and what comes of it."""
        dice = self._dice
        name, kind = self._meet(), dice.pick(list(KINDS))
        value = _value(kind, dice)
        if dice.chance(0.12):
            result, said = NOTHING_FOUND, FOUND_NOTHING.format(name=name)
        else:
            result, said = self._result(kind, name, value), answer(kind, name, value)
        return Turn(_question(kind, name, dice), said, f"{SEARCH} {name}", result)

    def _result(self, kind: str, name: str, value: str) -> str:
        """One sentence with the fact, and now and then another about something else."""
        dice = self._dice
        sentences = [_state(kind, name, value, dice)]
        if dice.chance(0.3):
            others = [other for other in KINDS if other != kind]
            who, what = name, dice.pick(others)
            if dice.chance(0.5):
                who, what = self._meet(), dice.pick((kind, what))
            sentences.append(_state(what, who, _value(what, dice), dice))
        return " ".join(dice.shuffled(sentences))

    def _meet(self) -> str:
        first_is_new, last_is_new = self._dice.pick(_NEW_NAMES)
        name = self._draw(first_is_new, last_is_new)
        while (
            not words.is_for_chats(name) or name in self._used or self._is_known(name)
        ):
            name = self._draw(first_is_new, last_is_new)
        self._used.add(name)
        return name

    def _draw(self, first_is_new: bool, last_is_new: bool) -> str:
        dice = self._dice
        first, last = inventions.name(dice), inventions.name(dice)
        if not first_is_new:
            first = dice.pick(words.FIRST_NAMES)
        if not last_is_new:
            last = words.surname(*dice.pick(words.SURNAME_PARTS))
        return f"{first} {last}"

    def _is_known(self, name: str) -> bool:
        surname = name.split()[1]
        return surname in self._taken or words.is_held_out_surname(surname)


def strangers(seed: int, dice: Dice) -> Strangers:
    """Returns the strangers of a corpus in which the people of a seed live."""
    return Strangers(surnames_of_people(seed), dice)


def _question(kind: str, name: str, dice: Dice) -> str:
    first, *others = QUESTIONS[kind]
    asked = first if dice.chance(0.5) else dice.pick(others)
    return asked.format(name=name)


def _state(kind: str, name: str, value: str, dice: Dice) -> str:
    wording = wordings.dressed(dice.pick(wordings.practised(kind)), dice)
    return wording.format(name=name, value=value)


def _value(kind: str, dice: Dice) -> str:
    """What a result states: half known values, half made up for it."""
    if dice.chance(0.5):
        return dice.pick(KINDS[kind].values)
    return inventions.value(kind, dice)


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
