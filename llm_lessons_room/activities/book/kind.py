"""A book step: somebody of whom Fjord read one page, asked without it and with it.

A deck may give `person`, and `towns`, four of them with the right one.

The question is asked as lesson 9 asks it; half of the room gets what the page says, as
a note, and so does Fjord.
"""

import html
from collections.abc import Iterator

from llm_lessons.fjordby import notes, question
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.facts import KINDS as FACTS
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import (
    Kind,
    Planned,
    Shown,
    Translate,
    are_texts,
    is_text,
)
from llm_lessons_room.parts.slide import StepData, answer_html, question_html, quote

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


def _show(step: Planned, translate: Translate) -> Shown:
    person = step.own.get("person", PERSON)
    towns = list(step.own.get("towns", TOWNS))
    fact = _fact(person)
    if towns.count(fact.value) != 1 or len({*towns}) < len(towns):
        raise ValueError(
            f"{fact.value}, where {person} lives, and other towns are wanted, each "
            f"once; there were {', '.join(towns)}."
        )
    wrong = translate(WRONG).format(name=person)
    (page,) = notes.about([fact])
    note, _ = page.prompt.split("\n", 1)
    return Shown(
        {"question": translate(ASKS).format(name=person), "choices": towns},
        {
            "right": [towns.index(fact.value)],
            "why": [
                translate(RIGHT) if town == fact.value else wrong for town in towns
            ],
            "town": fact.value,
            "prompts": {"closed": question("town", person), "open": page.prompt},
        },
        {"half": {"note": note} | _gloss(note, translate)},
    )


def _fact(person: str) -> Fact:
    for fact in ledger_of().facts:
        if (fact.kind, fact.person) == ("town", person):
            if fact.readings != 1:
                raise ValueError(
                    f"Fjord read {fact.readings} pages about {person}; somebody of "
                    "whom it read one is wanted."
                )
            return fact
    raise ValueError(f"Fjord has read of nobody called {person!r}.")


def _gloss(note: str, translate: Translate) -> dict[str, str]:
    sentence = note.removeprefix("Note: ")
    for pattern in FACTS["town"].statements:
        if translate(pattern) != pattern and (values := gaps(pattern, sentence)):
            return {
                "gloss": translate(NOTE).format(
                    sentence=translate(pattern).format(**values)
                )
            }
    return {}


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    asked, note = question_html(step["shown"]), step["notes"]["half"]
    yield f"<h1>{words('slides.closed')}</h1>{asked}"
    gloss = f'<p class="small">{html.escape(note.get("gloss", ""))}</p>'
    yield f"<h1>{words('slides.opened')}</h1>{quote(note['note'], '')}{gloss}{asked}"
    yield answer_html(words, step["shown"], step["hidden"])


def _sentences() -> Iterator[tuple[str, str]]:
    for text in (ASKS, RIGHT, WRONG, NOTE, *FACTS["town"].statements):
        yield text, "book closed, book open: question, reasons, and below a note"


KINDS = {
    "book": Kind(
        _show,
        _slides,
        may={"person": is_text, "towns": are_texts},
        sentences=_sentences,
    )
}
