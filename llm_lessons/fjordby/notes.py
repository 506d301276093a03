"""Open-book questions: a note about somebody, and a question that it answers.

Serves C16 (the context window is working memory, directly available and exact). What
the corpus holds of them is written by `note_pages`; here are the questions that an
experiment asks: about strangers whom no page names, in forms that pages use and in
forms that none uses, with values that everybody knows and with values never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question, statement
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.fjordby.strangers import Strangers
from llm_lessons.fjordby.varied import wordings
from llm_lessons.foundation.checks import checked

Form = Literal[
    "note", "no label", "new wording", "value first", "new, no label", "biography"
]
Values = Literal["known", "new"]

FORMS: tuple[Form, ...] = get_args(Form)
"""How a note may be written.

"note" is a line "Note: ..." in a wording of the biographies, "no label" the same line
without "Note:"; "new wording" and "value first" are labelled lines in wordings that no
page uses; "new, no label" is any of these without a label; "biography" tells all four
kinds of fact in one paragraph, as a biography does.
"""
SILENT = "It doesn't say."  # the answer where no note on the page answers


@dataclass(frozen=True)
class Note:
    """One fact about somebody, and the sentence on the page that states it."""

    name: str
    kind: str
    value: str
    sentence: str


@dataclass(frozen=True)
class OpenBook:
    """A page that ends with an open question."""

    prompt: str  # all notes and one question, up to "Answer:"
    # the note that holds the answer; the right continuation is a space, `asked.value`
    # and a full stop. Of an `absent` page it is a note that was left out, and the right
    # continuation is `SILENT`
    asked: Note


def contradicted(fact: Fact, dice: Dice) -> Fact:
    """Returns the same fact with another value."""
    others = [value for value in KINDS[fact.kind].values if value != fact.value]
    return fact._replace(value=dice.pick(others))


@checked(n=range(100_001), distractors=0)
def held_out(
    n: int,
    distractors: int = 0,
    seed: int = 0,
    form: Form = "note",
    values: Values = "known",
) -> list[OpenBook]:
    """Returns open-book prompts about people whom the corpus never names.

    Args:
        n: number of prompts, up to a few thousand.
        distractors: notes on each page besides the one that is asked for; the corpus
            has up to three.
        seed: another seed gives other prompts.
        form: of all notes on the page, one of `FORMS`.
        values: "known" ones are true of somebody in Fjordby; "new" ones stand nowhere:
            invented words, and the names of real towns.
    """
    dice = Dice(seed, f"held-out notes with {distractors}")
    write = _Writer(form, values, dice)
    prompts = []
    for _ in range(n):
        notes = write.notes(distractors + 1)
        prompts.append(_ask(notes, dice.pick(notes)))
    return prompts


@checked(n=range(100_001), others=range(1, 100))
def absent(
    n: int, others: int = 2, seed: int = 0, form: Form = "note"
) -> list[OpenBook]:
    """Returns open-book prompts whose notes don't answer: they are about others.

    Args:
        n: number of prompts.
        others: notes on each page; at least one states the kind of fact asked for,
            about somebody else.
        seed: another seed gives other prompts.
        form: of all notes on the page, one of `FORMS`.
    """
    dice = Dice(seed, f"held-out notes without {others}")
    write = _Writer(form, "known", dice)
    prompts = []
    for _ in range(n):
        *notes, asked = write.notes(others + 1)
        kinds = {note.kind for note in notes}
        if asked.kind not in kinds:
            notes[0] = write.note(notes[0].name, asked.kind)
        prompts.append(_ask(notes, asked))
    return prompts


@checked(distractors=0)
def about(
    facts: Sequence[Fact], distractors: int = 0, seed: int = 0, form: Form = "note"
) -> list[OpenBook]:
    """Returns an open-book prompt for each fact: its note, and notes on strangers.

    Args:
        facts: true or not; give `contradicted` ones to set the note against the
            weights.
        distractors: notes on strangers on each page.
        seed: another seed gives other pages.
        form: of all notes on the page, one of `FORMS`.
    """
    dice = Dice(seed, f"notes about people with {distractors}")
    write = _Writer(form, "known", dice)
    prompts = []
    for fact in facts:
        asked = write.note(fact.person, fact.kind, fact.value)
        notes = [asked, *write.notes(distractors, like=asked)]
        prompts.append(_ask(dice.shuffled(notes), asked))
    return prompts


class _Writer:
    """Writes notes in one form."""

    def __init__(self, form: Form, values: Values, dice: Dice) -> None:
        self._form, self._values, self._dice = form, values, dice
        self._strangers = Strangers(dice, held_out=True, invented=0)

    def notes(self, count: int, like: Note | None = None) -> list[Note]:
        """Writes so many notes about strangers; no two answer the same question."""
        notes: list[Note] = []
        favourite = like.kind if like else self._dice.pick(list(KINDS))
        while len(notes) < count:
            kind = favourite
            if self._dice.chance(0.4):
                kind = self._dice.pick(list(KINDS))
            made = self.note(
                self._strangers.meet(notes[-1].name if notes else None), kind
            )
            if all(made.value != note.value for note in notes):
                notes.append(made)
        return notes

    def note(self, name: str, kind: str, value: str | None = None) -> Note:
        """Writes one note; its value is drawn where none is given."""
        value = value or self._value(kind)
        return Note(name, kind, value, self._sentence(name, kind, value))

    def _value(self, kind: str) -> str:
        dice = self._dice
        if self._values == "known":
            return dice.pick(KINDS[kind].values)
        if kind == "town" and dice.chance(0.5):
            return dice.pick(inventions.REAL_TOWNS)
        return inventions.value(kind, dice, held_out=True)

    def _sentence(self, name: str, kind: str, value: str) -> str:
        dice, form = self._dice, self._form
        if form == "biography":
            told = {
                other: value if other == kind else dice.pick(KINDS[other].values)
                for other in KINDS
            }
            return " ".join(
                statement(other, name, told[other], dice)
                for other in dice.shuffled(list(KINDS))
            )
        if form in ("note", "no label"):
            sentence = statement(kind, name, value, dice)
        else:
            first = form == "value first" or (
                form == "new, no label" and dice.chance(0.5)
            )
            wording = dice.pick(wordings.unpractised(kind, first))
            sentence = wording.format(name=name, value=value)
        return (
            sentence if form in ("no label", "new, no label") else f"Note: {sentence}"
        )


def _ask(notes: list[Note], asked: Note) -> OpenBook:
    lines = [note.sentence for note in notes]
    return OpenBook("\n".join([*lines, question(asked.kind, asked.name)]), asked)
