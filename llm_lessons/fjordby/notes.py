"""Open-book pages: notes about strangers, then questions that the notes answer.

Serves C16 (the context window is working memory, directly available and exact). The
strangers occur in one document only, so nothing about them can come from the weights.
Other notes on the page distract: often they state the same kind of fact about somebody
with the same first name or a similar surname, so full names must be told apart.
"""

from dataclasses import dataclass

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question, statement
from llm_lessons.fjordby.people import surnames_of_people

PAGES = 38_000
_NOTES_A_PAGE = (1, 2, 3, 4)
_NOTES_WEIGHTS = (2, 2, 4, 4)

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
            likeness = self._dice.weighted(("first", "start", "none"), (3, 4, 3))
            if likeness == "first":
                first = like[0]
            elif likeness == "start":
                parts = self._dice.pick(self._by_start[like[1][0]])
        return first, parts


def texts(seed: int) -> list[str]:
    """Returns all open-book pages of the corpus."""
    dice = Dice(seed, "notes")
    taken = surnames_of_people(seed)
    strangers = _Strangers(
        [
            parts
            for parts in words.SURNAME_PARTS
            if (name := words.surname(*parts)) not in taken
            and not words.is_held_out_surname(name)
        ],
        dice,
    )
    return [_page(strangers, dice) for _ in range(PAGES)]


def held_out(n: int, distractors: int, seed: int = 0) -> list[OpenBook]:
    """Returns open-book prompts about people whom the corpus never names.

    Args:
        n: number of prompts, up to a few thousand.
        distractors: notes on each page besides the one that is asked for; the corpus
            has up to three.
        seed: another seed gives other prompts.
    """
    dice = Dice(seed, f"held-out notes with {distractors}")
    strangers = _Strangers(
        [
            parts
            for parts in words.SURNAME_PARTS
            if words.is_held_out_surname(words.surname(*parts))
        ],
        dice,
    )
    prompts = []
    for _ in range(n):
        notes = _notes(distractors + 1, strangers, dice)
        asked = dice.pick(notes)
        prompts.append(
            OpenBook(_open(notes) + "\n" + question(asked.kind, asked.name), asked)
        )
    return prompts


def _page(strangers: _Strangers, dice: Dice) -> str:
    notes = _notes(dice.weighted(_NOTES_A_PAGE, _NOTES_WEIGHTS), strangers, dice)
    questions = dice.shuffled(notes)[: dice.integer(1, len(notes))]
    answers = [f"{question(note.kind, note.name)} {note.value}." for note in questions]
    return "\n".join([_open(notes), *answers])


def _open(notes: list[Note]) -> str:
    return "\n".join(f"Note: {note.sentence}" for note in notes)


def _notes(count: int, strangers: _Strangers, dice: Dice) -> list[Note]:
    """Draws the notes of one page; no two of them answer the same question."""
    notes: list[Note] = []
    people: list[tuple[str, Parts]] = []
    favourite_kind = dice.pick(list(KINDS))
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
    return notes
