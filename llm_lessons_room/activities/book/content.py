"""Somebody of whom Fjord read one page: asked with the book closed, and with it open.

A deck may say `person`, of whom one page was read, and `towns`, four of them with the
right one.

The question is asked as lesson 9 asks it; half of the room gets what the page says, as
a note, and so does Fjord.
"""

from collections.abc import Iterator
from typing import Any

from llm_lessons.fjordby import notes, question
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.facts import KINDS as FACTS
from llm_lessons.fjordby.ledger import Fact
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, are_texts, is_text

PERSON = "Freya Ravmoen"
# Where she lives, where Fjord and its twin say that she does, and one more.
TOWNS = ("Fossum", "Hulby", "Drangby", "Fyrstad")
ASKS = "Where does {name} live?"
RIGHT = (
    "It stood on one single page of all that Fjord has read. With the book closed, "
    "that page is lost; with the note in front of it, Fjord only has to copy the town."
)
WRONG = (
    "It sounds right, as every town of Fjordby does. The only page about {name} names "
    "another."
)
NOTE = "Note: {sentence}"


def _book(step: Planned, tell: Tell) -> Shown:
    person = step.own.get("person", PERSON)
    towns = list(step.own.get("towns", TOWNS))
    fact = _fact(person)
    if towns.count(fact.value) != 1 or len({*towns}) < len(towns):
        raise ValueError(
            f"{fact.value}, where {person} lives, and other towns are wanted, each "
            f"once; there were {', '.join(towns)}."
        )
    wrong = tell(WRONG).format(name=person)
    whys = [tell(RIGHT) if town == fact.value else wrong for town in towns]
    (page,) = notes.about([fact])
    note, _ = page.prompt.split("\n", 1)
    visible = {"question": tell(ASKS).format(name=person), "choices": towns}
    hidden = {
        "right": [towns.index(fact.value)],
        "why": whys,
        "town": fact.value,
        "prompts": {"closed": question("town", person), "open": page.prompt},
    }
    return Shown(visible, hidden, {"half": {"note": note} | _gloss(note, tell)})


def _fact(person: str) -> Fact:
    towns = (fact for fact in ledger_of().facts if fact.kind == "town")
    for fact in towns:
        if fact.person == person:
            if fact.readings != 1:
                raise ValueError(
                    f"Fjord read {fact.readings} pages about {person}; somebody of "
                    "whom it read one is wanted."
                )
            return fact
    raise ValueError(f"Fjord has read of nobody called {person!r}.")


def _sentences() -> Iterator[tuple[str, str]]:
    """The model's own sentences are glossed."""
    for text in (ASKS, RIGHT, WRONG, NOTE, *FACTS["town"].statements):
        yield text, "book closed, book open: question, reasons, and below a note"


def _gloss(note: str, tell: Tell) -> dict[str, Any]:
    sentence = note.removeprefix("Note: ")
    for pattern in FACTS["town"].statements:
        if tell(pattern) != pattern and (values := gaps(pattern, sentence)):
            told = tell(pattern).format(**values)
            return {"gloss": tell(NOTE).format(sentence=told)}
    return {}


KINDS = {
    "book": Kind(
        _book, may={"person": is_text, "towns": are_texts}, sentences=_sentences
    )
}
