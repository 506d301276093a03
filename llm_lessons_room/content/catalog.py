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
from llm_lessons.lessons.survey import CHOSEN
from llm_lessons.pages import catalogs, foot, from_questions, sheet, sheet_words
from llm_lessons.pages.catalogs import Said, as_text, begun, update
from llm_lessons.pages.kit import words as kit_words
from llm_lessons.pages.page import title_of
from llm_lessons.pages.places import SENTENCES as OF_PLACES
from llm_lessons_room.content.export import all_decks
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.content.take_home import translated_lessons
from llm_lessons_room.content.texts import notebook_of, remember, words
from llm_lessons_room.parts.gaps import names
from llm_lessons_starter.atomic import write_changed

HEADER = (
    "What a room sees, in another language: screen, phones, quizzes, games and paper.",
    "python -m llm_lessons_room.content --catalogs",
)
_MARKS = re.compile(r"\{\{ \w+|____|\*\*|\[ \]")  # in the words of a sheet


def word_sentences() -> Iterator[Said]:
    for page, table in words().items():
        for key, text in table.items():
            yield text, f"{page}: {key}"


def deck_sentences() -> Iterator[Said]:
    for deck in all_decks():
        yield deck.title, f"evening {deck.id}: its name"
        for step in deck.steps:
            for key, text in step.sentences.items():
                yield text, f"step {step.id}: {key}"


def gloss_sentences() -> Iterator[Said]:
    """The model's own texts, which stay English: what they mean, small below them."""
    for deck in all_decks():
        for step in deck.steps:
            if "prompt" in step.own:
                yield step.own["prompt"], "below the model's text: what it means"
    for kind in KINDS.values():
        yield from kind.sentences()


def quiz_sentences() -> Iterator[Said]:
    for question in (*QUESTIONS, *CHOSEN):
        yield from _question_sentences(question)


def _question_sentences(question: Question) -> Iterator[Said]:
    yield question.text, f"question {question.name}"
    for choice in question.choices:
        verdict = "right" if choice.right else "wrong"
        yield choice.text, f"question {question.name}: a {verdict} answer"
        yield choice.why_alone, f"question {question.name}: why that is {verdict}"


def remember_sentences() -> Iterator[Said]:
    for number in range(len(LESSONS)):
        yield remember(number), f"lesson {number}: Remember"


def sheet_sentences() -> Iterator[Said]:
    """The sheets of the lessons on an evening's leaf, and what stands on any sheet."""
    for text in (*sheet.SENTENCES, *OF_PLACES, *foot.SENTENCES):
        yield text, "sheets"
    for text in from_questions.SENTENCES:
        yield text, "sheets: a task"
    for lesson in sorted(translated_lessons()):
        path = notebook_of(lesson)
        yield title_of(nbformat.read(path, as_version=4)), f"lesson {lesson}: its title"
        for text in sheet_words.sentences(path.stem):
            yield text, f"sheet of lesson {lesson}"


# Whoever shows something else to a room adds what it says: a line here.
SOURCES: list[Callable[[], Iterable[Said]]] = [
    word_sentences,
    deck_sentences,
    gloss_sentences,
    quiz_sentences,
    remember_sentences,
    sheet_sentences,
    kit_words.sentences,
]


def gather() -> Catalog:
    """Every sentence without a translation, with where it is seen."""
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
    catalogs_by_path = {folder / f"{code}.po": begun(code) for code in new}
    catalogs_by_path |= {path: read_catalog(path) for path in folder.glob("*.po")}
    changed = []
    for path, catalog in sorted(catalogs_by_path.items()):
        update(catalog, gather())
        if write_changed(path, as_text(catalog, path.stem, *HEADER)):
            changed.append(path)
    return changed


def troubles(path: Path) -> list[str]:
    """What is wrong with a language's catalog, a sentence each."""
    catalog, needed = read_catalog(path), gather()
    problems = []
    for entry in needed:
        if not (sentence := str(entry.id)):  # the head of a file
            continue
        message = catalog.get(sentence)
        where = f"{sentence!r} ({entry.auto_comments[0]})"
        if message is None or not message.string:
            problems.append(f"{path.name} has no translation of {where}.")
        elif message.fuzzy:
            problems.append(f"{path.name} has a fuzzy translation of {where}.")
        elif (placeholders := _placeholders(sentence)) != _placeholders(
            str(message.string)
        ):
            gaps = ", ".join(placeholders) or "none"
            problems.append(f"{path.name} wants other gaps ({gaps}) in {where}.")
    stale = [entry.id for entry in catalog if entry.id and entry.id not in needed]
    problems += [
        f"{path.name} translates what nobody says: {sentence!r}."
        for sentence in (*stale, *catalog.obsolete)
    ]
    return problems


def _placeholders(text: str) -> list[str]:
    """What a translation must keep: the names of gaps, and each mark."""
    return [*sorted(names(text)), *sorted(_MARKS.findall(text))]
