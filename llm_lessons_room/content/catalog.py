"""The catalogs of sentences: what a room can see or hear, for another language.

`python -m llm_lessons_room.content --catalogs` gathers every sentence from where it
stands, and writes each language's file in handouts/languages anew; with a code, such as
sv, it begins the file of that language. What a teacher wrote is kept: where the English
sentence has changed, the old translation is marked as fuzzy, and where it is gone, the
entry moves to the end. `troubles` names what is missing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog

from llm_lessons.foundation.languages import CATALOGS, read_catalog
from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.questions import QUESTIONS, Question
from llm_lessons.pages import catalogs, foot, from_questions, sheet, sheet_words
from llm_lessons.pages.catalogs import Said, as_text, begun, update
from llm_lessons.pages.kit import words as kit_words
from llm_lessons.pages.page import title_of
from llm_lessons.pages.places import SENTENCES as OF_PLACES
from llm_lessons_room.activities.ten.kind import TEN
from llm_lessons_room.content.export import all_decks
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.content.take_home import on_any_leaf
from llm_lessons_room.content.texts import notebook_of, remember, words
from llm_lessons_room.parts.gaps import names
from llm_lessons_starter.atomic import write_changed

HEADER = (
    "What a room sees, in another language: screen, phones, quizzes, games and paper.",
    "python -m llm_lessons_room.content --catalogs",
)
_MARKS = re.compile(r"\{\{ \w+|____|\*\*|\[ \]")  # in the words of a sheet


def of_words() -> Iterator[Said]:
    for page, table in words().items():
        for key, text in table.items():
            yield text, f"{page}: {key}"


def of_decks() -> Iterator[Said]:
    """The steps of each evening, for the room and for the person who leads."""
    for deck in all_decks():
        yield deck.title, f"evening {deck.id}: its name"
        for step in deck.steps:
            for key, text in step.sentences.items():
                yield text, f"step {step.id}: {key}"


def of_glosses() -> Iterator[Said]:
    """The model's own texts, which stay English: what they mean, small below them."""
    for deck in all_decks():
        for step in deck.steps:
            if "prompt" in step.own:
                yield step.own["prompt"], "below the model's text: what it means"
    for kind in KINDS.values():
        yield from kind.sentences()


def of_quizzes() -> Iterator[Said]:
    """The questions of all lessons, and the ten of the evening."""
    for one in (*QUESTIONS, *TEN):
        yield from _of_question(one)


def _of_question(one: Question) -> Iterator[Said]:
    yield one.text, f"question {one.name}"
    for choice in one.choices:
        verdict = "right" if choice.right else "wrong"
        yield choice.text, f"question {one.name}: a {verdict} answer"
        yield choice.why_alone, f"question {one.name}: why that is {verdict}"


def of_lessons() -> Iterator[Said]:
    """What to remember of each lesson."""
    for number in range(len(LESSONS)):
        yield remember(number), f"lesson {number}: Remember"


def of_sheets() -> Iterator[Said]:
    """The sheets of the lessons on an evening's leaf, and what stands on any sheet."""
    for text in (*sheet.SENTENCES, *OF_PLACES, *foot.SENTENCES):
        yield text, "sheets"
    for text in from_questions.SENTENCES:
        yield text, "sheets: a task"
    for lesson in sorted(on_any_leaf()):
        path = notebook_of(lesson)
        yield title_of(nbformat.read(path, as_version=4)), f"lesson {lesson}: its title"
        for text in sheet_words.sentences(path.stem):
            yield text, f"sheet of lesson {lesson}"


# Whoever shows something else to a room adds what it says: a line here.
SOURCES: list[Callable[[], Iterable[Said]]] = [
    of_words,
    of_decks,
    of_glosses,
    of_quizzes,
    of_lessons,
    of_sheets,
    kit_words.sentences,
]


def gathered() -> Catalog:
    """Every sentence without a translation, as it is found, and where it is seen."""
    return catalogs.gathered(said for source in SOURCES for said in source())


def write_catalogs(folder: Path = CATALOGS, new: Iterable[str] = ()) -> list[Path]:
    """Bring each language's catalog up to date, and begin others; what changed.

    Args:
        folder: of the catalogs.
        new: codes of languages, such as "sv"; one that has a catalog keeps it.

    Raises:
        ValueError: there is no such language, or a file is no catalog; says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = {folder / f"{code}.po": begun(code) for code in new}
    found |= {path: read_catalog(path) for path in folder.glob("*.po")}
    changed = []
    for path, catalog in sorted(found.items()):
        update(catalog, gathered())
        if write_changed(path, as_text(catalog, path.stem, *HEADER)):
            changed.append(path)
    return changed


def troubles(path: Path) -> list[str]:
    """What is wrong with a language's catalog, a sentence each."""
    catalog, needed = read_catalog(path), gathered()
    found = []
    for one in needed:
        if not (sentence := str(one.id)):  # the head of a file
            continue
        message = catalog.get(sentence)
        seen = f"{sentence!r} ({one.auto_comments[0]})"
        if message is None or not message.string:
            found.append(f"{path.name} has no translation of {seen}.")
        elif message.fuzzy:
            found.append(f"{path.name} has a fuzzy translation of {seen}.")
        elif (kept := _kept(sentence)) != _kept(str(message.string)):
            gaps = ", ".join(kept) or "none"
            found.append(f"{path.name} wants other gaps ({gaps}) in {seen}.")
    stale = [one.id for one in catalog if one.id and one.id not in needed]
    found += [
        f"{path.name} translates what nobody says: {one!r}."
        for one in (*stale, *catalog.obsolete)
    ]
    return found


def _kept(text: str) -> list[str]:
    """What is the same in each language: the names of gaps, and each mark."""
    return [*sorted(names(text)), *sorted(_MARKS.findall(text))]
