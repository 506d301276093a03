"""Open-book pages: notes about strangers, then questions that the notes answer.

Serves C16 (the context window is working memory, directly available and exact). The
strangers occur in one document only, so nothing about them can come from the weights.
Other notes on the page distract: often they state the same kind of fact about somebody
with the same first name or a similar surname, so full names must be told apart. Every
note of a page is asked for.

A few pages contradict the weights: they state something else about people who have
biographies, and the note is right. Everybody else who has biographies appears in no
note, so that an experiment can see who wins, the note or the weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from llm_lessons.checks import checked
from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question, statement
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.fjordby.people import population, surnames_of_people

PAGES = 57_000
CONTRADICTIONS = 6  # pages for each contradicted person
CONTRADICTED = (64, 128, 256, 512)  # a quarter of the people with so many readings
_NOTES_A_PAGE = (1, 2, 3, 4)
_NOTES_WEIGHTS = (1, 2, 4, 5)

type Parts = tuple[str, str]  # of a surname


@dataclass(frozen=True)
class Note:
    """One fact about a stranger, and the sentence on the page that states it."""

    name: str
    kind: str
    value: str
    sentence: str


@dataclass(frozen=True)
class OpenBook:
    """A page that ends with an open question.

    Attributes:
        prompt: all notes and one question, up to "Answer:".
        asked: the note that holds the answer; the right continuation is a space,
            `asked.value` and a full stop.
    """

    prompt: str
    asked: Note


class _Strangers:
    """Gives out names, each once."""

    def __init__(self, surnames: list[Parts], dice: Dice) -> None:
        self._dice = dice
        self._surnames = surnames
        self._by_start: dict[str, list[Parts]] = {}
        for parts in surnames:
            self._by_start.setdefault(parts[0], []).append(parts)
        self._used: set[str] = set()

    def meet(self, like: tuple[str, Parts] | None) -> tuple[str, Parts]:
        """Returns a new first name and surname, perhaps similar to those given."""
        first, parts = self._draw(like)
        while f"{first} {words.surname(*parts)}" in self._used:
            first, parts = self._draw(like)
        self._used.add(f"{first} {words.surname(*parts)}")
        return first, parts

    def _draw(self, like: tuple[str, Parts] | None) -> tuple[str, Parts]:
        first = self._dice.pick(words.FIRST_NAMES)
        parts = self._dice.pick(self._surnames)
        if like is not None:
            likeness = self._dice.weighted(("first", "start", "none"), (3, 2, 5))
            if likeness == "first":
                first = like[0]
            elif likeness == "start":
                parts = self._dice.pick(self._by_start[like[1][0]])
        return first, parts


def texts(seed: int) -> list[str]:
    """Returns all open-book pages of the corpus."""
    dice = Dice(seed, "notes")
    taken = surnames_of_people(seed)
    strangers = _Strangers(_surnames(held_out=False, taken=taken), dice)
    contradicting = (
        Note(about.person, about.kind, about.value, _state(about, dice))
        for about in contradictions(seed)
    )
    pages = [_page(_notes(_count(dice), strangers, dice), dice) for _ in range(PAGES)]
    pages += [
        _page(_notes(_count(dice), strangers, dice, note), dice)
        for note in contradicting
    ]
    return pages


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


def contradicted(fact: Fact, dice: Dice) -> Fact:
    """Returns the same fact with another value."""
    others = [value for value in KINDS[fact.kind].values if value != fact.value]
    return fact._replace(value=dice.pick(others))


@checked(n=range(100_001), distractors=0)
def held_out(n: int, distractors: int, seed: int = 0) -> list[OpenBook]:
    """Returns open-book prompts about people whom the corpus never names.

    Args:
        n: number of prompts, up to a few thousand.
        distractors: notes on each page besides the one that is asked for; the corpus
            has up to three.
        seed: another seed gives other prompts.
    """
    dice = Dice(seed, f"held-out notes with {distractors}")
    strangers = _Strangers(_surnames(held_out=True), dice)
    prompts = []
    for _ in range(n):
        notes = _notes(distractors + 1, strangers, dice)
        prompts.append(_ask(notes, dice.pick(notes)))
    return prompts


@checked(distractors=0)
def about(facts: Sequence[Fact], distractors: int = 0, seed: int = 0) -> list[OpenBook]:
    """Returns an open-book prompt for each fact: its note, and notes on strangers.

    Args:
        facts: true or not; give `contradicted` ones to set the note against the
            weights.
        distractors: notes on strangers on each page.
        seed: another seed gives other pages.
    """
    dice = Dice(seed, f"notes about people with {distractors}")
    strangers = _Strangers(_surnames(held_out=True), dice)
    prompts = []
    for fact in facts:
        asked = Note(fact.person, fact.kind, fact.value, _state(fact, dice))
        prompts.append(_ask(_notes(distractors + 1, strangers, dice, asked), asked))
    return prompts


def _surnames(held_out: bool, taken: frozenset[str] = frozenset()) -> list[Parts]:
    return [
        parts
        for parts in words.SURNAME_PARTS
        if (name := words.surname(*parts)) not in taken
        and words.is_held_out_surname(name) == held_out
    ]


def _state(fact: Fact, dice: Dice) -> str:
    return statement(fact.kind, fact.person, fact.value, dice)


def _count(dice: Dice) -> int:
    return dice.weighted(_NOTES_A_PAGE, _NOTES_WEIGHTS)


def _ask(notes: list[Note], asked: Note) -> OpenBook:
    return OpenBook(_open(notes) + "\n" + question(asked.kind, asked.name), asked)


def _page(notes: list[Note], dice: Dice) -> str:
    answers = [
        f"{question(note.kind, note.name)} {note.value}."
        for note in dice.shuffled(notes)
    ]
    return "\n".join([_open(notes), *answers])


def _open(notes: list[Note]) -> str:
    return "\n".join(f"Note: {note.sentence}" for note in notes)


def _notes(
    count: int, strangers: _Strangers, dice: Dice, given: Note | None = None
) -> list[Note]:
    """Draws the notes of one page; no two of them answer the same question.

    `given` is one of them, on a random line; the others are about strangers.
    """
    notes: list[Note] = [] if given is None else [given]
    people: list[tuple[str, Parts]] = []
    favourite_kind = dice.pick(list(KINDS)) if given is None else given.kind
    while len(notes) < count:
        if people and dice.chance(0.15):
            person = dice.pick(people)
        else:
            person = strangers.meet(dice.pick(people) if people else None)
        name = f"{person[0]} {words.surname(*person[1])}"
        kind = favourite_kind if dice.chance(0.6) else dice.pick(list(KINDS))
        value = dice.pick(KINDS[kind].values)
        if person not in people:
            people.append(person)
        if any(note.kind == kind and name == note.name for note in notes):
            continue
        if any(note.kind == kind and value == note.value for note in notes):
            continue
        notes.append(Note(name, kind, value, statement(kind, name, value, dice)))
    return dice.shuffled(notes) if given else notes
