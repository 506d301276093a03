"""Questions with and without a note in front of them: the shares that others draw.

Claim C16: knowledge in the weights is a vague recollection; the context window is
working memory, directly available and exact. So the text is pasted in. Counted here
are whether it is read, who wins where it contradicts the weights, and how far away it
may stand. `how_often_read.py` asks by how often something was read, `forms.py` in other
words, and the model's card (`lessons/bounds.py`) for all of it.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.fjordby import KINDS, Fact, notes, question, stories
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.notes import Form, OpenBook
from llm_lessons.fjordby.varied import wordings
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.begins import begins
from llm_lessons.measuring.intervals import Share, over_forms, share
from llm_lessons.text.window import SlidingWindowWarning, Window

WELL_KNOWN = (64, 128, 256, 512)  # readings
DISTANCES = (0, 50, 100, 150, 200, 300)  # tokens
# The forms of a note in wordings that no page has: whether the value comes first.
_NEW: dict[Form, tuple[bool, ...]] = {
    "new wording": (False,),
    "value first": (True,),
    "new, no label": (False, True),
}
_UNREAD = 1  # the seed of stories that the class model has not read
_TALES = 4  # that stand between a note and its question: more than 300 tokens


@checked()
def with_note(lm: LanguageModel, pages: Sequence[OpenBook]) -> Share:
    """Share of questions answered from the notes above them."""
    return share(_says(lm, [page.prompt for page in pages], _values(pages)))


@checked()
def without_note(lm: LanguageModel, pages: Sequence[OpenBook]) -> Share:
    """Share of the same questions answered with the notes taken away: chance."""
    asked = [question(page.asked.kind, page.asked.name) for page in pages]
    return share(_says(lm, asked, _values(pages)))


@checked()
def says_nothing(lm: LanguageModel, pages: Sequence[OpenBook]) -> Share:
    """Share of questions to which the model says that the notes don't say it."""
    silent = [notes.SILENT] * len(pages)
    return share(_says(lm, [page.prompt for page in pages], silent))


def over_new(right: Share, form: Form) -> Share:
    """With an interval that counts no wording twice, where no page has the wordings."""
    if form not in _NEW:
        return right
    count = sum(
        len(wordings.unpractised(kind, first)) for kind in KINDS for first in _NEW[form]
    )
    return over_forms(right, count)


def people_read(readings: int) -> list[list[Fact]]:
    """What is told of each person read so often whom no note of Fjordby contradicts."""
    facts = ledger_of().facts
    contradicted = {fact.person for fact in facts if fact.contradictions}
    people: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.readings == readings and fact.person not in contradicted:
            people.setdefault(fact.person, []).append(fact)
    return [*people.values()]


def facts_read(readings: int) -> list[Fact]:
    """One fact about each of these people; the kinds of fact take turns."""
    return [known[i % len(known)] for i, known in enumerate(people_read(readings))]


@dataclass(frozen=True)
class Conflict:
    """Who wins when a note contradicts the weights.

    Attributes:
        note: share of questions answered as the note says.
        weights: share answered as the training text says.
        neither: share answered in another way.
    """

    note: Share
    weights: Share
    neither: Share


@checked()
def conflict(
    lm: LanguageModel, facts: Sequence[Fact], seed: int = 0, form: Form = "note"
) -> Conflict:
    """Ask about true facts below a note that states something else.

    Args:
        lm: the class model or its twin.
        facts: one a person, so that each is an independent case, about people whom no
            note of Fjordby contradicts: see `facts_read`.
        seed: another seed gives other notes.
        form: of the note, one of `notes.FORMS`.
    """
    dice = Dice(seed, "conflict")
    false = [notes.contradicted(fact, dice) for fact in facts]
    pages = notes.about(false, seed=seed, form=form)
    prompts = [page.prompt for page in pages]
    note = _says(lm, prompts, [f"{lie.value}." for lie in false])
    others = [i for i, wins in enumerate(note) if not wins]
    truths = [f"{facts[i].value}." for i in others]
    by_heart = dict(
        zip(others, _says(lm, [prompts[i] for i in others], truths), strict=True)
    )
    return Conflict(
        share(note),
        share(by_heart.get(i, False) for i in range(len(facts))),
        share(not by_heart.get(i, True) for i in range(len(facts))),
    )


@checked()
def by_distance(
    lm: LanguageModel, pages: Sequence[OpenBook], distances: Sequence[int] = DISTANCES
) -> dict[int, Share]:
    """Share of questions answered, by the tokens of other text since the note.

    Between the note and its question stand stories. Where all of it is longer than the
    window, the window slides, the note falls out of it, and with it the answer.

    Args:
        pages: with one note each; 200 of them take about ten seconds on two cores.
        distances: numbers of tokens between.
    """
    tales = stories.texts(_UNREAD)
    ids = [
        lm.tokenizer.encode(" ".join(tales[_TALES * i :][:_TALES]))
        for i in range(len(pages))
    ]
    found = {}
    for distance in distances:
        fillers = [lm.tokenizer.decode(row[:distance]) for row in ids]
        prompts = [
            page.prompt.replace("\nQuestion:", f"\n{filler}\nQuestion:")
            if filler
            else page.prompt
            for page, filler in zip(pages, fillers, strict=True)
        ]
        with warnings.catch_warnings():
            # That the note falls out of the window is what is measured.
            warnings.simplefilter("ignore", SlidingWindowWarning)
            found[distance] = share(_says(lm, prompts, _values(pages), "slide"))
    return found


def _values(pages: Sequence[OpenBook]) -> list[str]:
    """What the pages ask for, as a sentence."""
    return [f"{page.asked.value}." for page in pages]


def _says(
    lm: LanguageModel,
    prompts: Sequence[str],
    sentences: Sequence[str],
    window: Window = "stop",
) -> list[bool]:
    """Whether each prompt's likeliest answer begins with a sentence."""
    return begins(lm, prompts, [f" {each}" for each in sentences], window)
