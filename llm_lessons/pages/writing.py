"""Write the pages and sheets of the lessons, and the guide that goes with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import cattrs
import nbformat
from nbformat import NotebookNode

from llm_lessons.foundation.languages import ENGLISH, language_of
from llm_lessons.foundation.paths import BUILD
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.measuring.kept import model_digest
from llm_lessons.measuring.reached import code_digest
from llm_lessons.pages import booklet
from llm_lessons.pages.front import PAPER, front
from llm_lessons.pages.front import paper as on_paper
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.origins_script import FILE, origins_script
from llm_lessons.pages.page import MODELS, Lesson, lesson, page
from llm_lessons.pages.real_part import SCRIPT, file_size, real_script
from llm_lessons.pages.sheet import Sheet, sheet, sheets_page
from llm_lessons.pages.sheet_words import WORDS, has_words
from llm_lessons.pages.sources import kept
from llm_lessons_starter.atomic import write_text

KEPT = BUILD / "sheets"
SHEET = "_sheet"  # behind a lesson's name: its sheet
LEADER, ALL, LEARNERS = "the one who leads", "everybody", "learners"
# Files beside those of the lessons, what they are, and whom they are for.
NO_LESSONS = (
    ("kit.pdf", "The kit: tonight, and what to print and to bring", LEADER),
    ("facilitator.html", "What stands behind it: leading an evening", LEADER),
    ("answers.html", "The answers", LEADER),
    ("glossary.html", "The glossary", ALL),
    ("booklet.pdf", "The booklet: all sheets", LEARNERS),
    ("coders.pdf", "The exercises of the notebooks", "learners with a laptop"),
    ("machine.pdf", "The whole machine in one file of Python", "who writes Python"),
    ("cards.pdf", "The kit: games, cards to print and to cut out", ALL),
    ("cards.html", "The same games as a page", ALL),
    ("arrival.pdf", "The kit: a game for who is early or late", ALL),
    ("verse.pdf", "The kit: train a model on paper", ALL),
    ("signs.pdf", "The kit: signs and posters", "the walls"),
    ("exit.pdf", "The kit: exit slips", ALL),
    ("certificate.pdf", "The kit: certificates", ALL),
)


@contextmanager
def at_work() -> Iterator[ThreadPoolExecutor]:
    """A thread that works beside this one; if the block raises, it begins no more."""
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread
        except BaseException:
            thread.shutdown(wait=False, cancel_futures=True)
            raise


def write_models(out: Path) -> None:
    """Write the scripts that bring models into the pages: one of each for them all."""
    for name, file in MODELS.items():
        write_text(out / file, model_script(load(name)))
    if file_size() is not None:
        write_text(out / SCRIPT, real_script())


def write_origins(out: Path) -> None:
    """Write the script that tells pages what of a text stands in Fjordby."""
    write_text(out / FILE, origins_script(load("fjord")))


def kept_sheet(
    lm: LanguageModel,
    name: str,
    notebook: NotebookNode,
    address: str = "",
    words: Path = WORDS,
    folder: Path = KEPT,
) -> Sheet:
    """What `sheet` makes, kept in the folder: its tasks ask the model."""
    own = (words / f"{name}.md").read_text(encoding="utf-8")
    parts = [_code_of_sheets(), model_digest(lm), own, nbformat.writes(notebook)]

    def make() -> Mapping[str, Any]:
        return asdict(sheet(lm, name, notebook, address, words))

    made = kept(folder / f"{name}.json", [*parts, address], make)
    return cattrs.structure(made, Sheet)


@cache
def _code_of_sheets() -> str:
    return code_digest(sheet)


def pdf_of(page: Path) -> Path:
    """Where a page is printed to; a lesson's sheet bears the lesson's name."""
    return page.with_name(f"{page.stem.removesuffix(SHEET)}.pdf")


def write_pages(
    out: Path,
    paper: str,
    runs: Iterable[tuple[str, NotebookNode]],
    address: str = "",
    more: Sequence[tuple[str, str]] = (),
    language: str = ENGLISH,
) -> Iterator[Path]:
    """Write every HTML file; yields each that is to be printed, once it is there.

    Args:
        runs: each lesson's name and its notebook after a run, in any order.
        address: where the lessons live.
        more: files that another room writes, and what they are, for the front page.
        language: of the pages of those lessons that have a catalog for it.
    """
    out.mkdir(parents=True, exist_ok=True)
    write_models(out)  # before a page that asks one of them is opened
    write_origins(out)
    made: list[Lesson] = []
    sheets: list[Sheet] = []
    for one, own in _made(runs, address, language):
        made.append(one)
        code = language_of(one.name, language)
        _write(out, one.name, page(one.title, [one], paper, language=code))
        if own:
            sheets.append(own)
            html = sheets_page(one.title, [own], paper)
            yield _write(out, f"{one.name}{SHEET}", html)
    made.sort(key=attrgetter("name"))
    sheets.sort(key=attrgetter("name"))
    for name, text in _of_all_lessons(made, sheets, paper, address):
        yield _write(out, name, text)
    files = [*NO_LESSONS, *((*file, LEADER) for file in more)]
    own_names = [sheet.name for sheet in sheets]
    _write(out, PAPER, on_paper(made, own_names, files, paper))
    _write(out, "index", front(made))


def _write(out: Path, name: str, text: str) -> Path:
    path = out / f"{name}.html"
    write_text(path, text)  # whole, for somebody may be reading it
    return path


def _of_all_lessons(
    made: list[Lesson], sheets: list[Sheet], paper: str, address: str
) -> Iterator[tuple[str, str]]:
    """What is printed of all lessons together: names and pages."""
    yield "booklet", booklet.booklet(sheets, paper, address)
    yield "coders", booklet.coders(made, paper, address)
    yield "answers", booklet.answers(made, paper, sheets)
    yield "glossary", booklet.glossary(paper)
    yield "facilitator", booklet.guide(paper)
    yield "machine", booklet.whole_machine(paper)


def _made(
    runs: Iterable[tuple[str, NotebookNode]], address: str, language: str
) -> Iterator[tuple[Lesson, Sheet | None]]:
    """Each lesson and its sheet, if it has one; made while the next lesson runs."""
    lm = load("fjord")

    def both(name: str, notebook: NotebookNode) -> tuple[Lesson, Sheet | None]:
        own = kept_sheet(lm, name, notebook, address) if has_words(name) else None
        return lesson(name, notebook, language_of(name, language)), own

    waiting = None
    with at_work() as writer:
        for name, notebook in runs:
            if waiting:
                yield waiting.result()
            waiting = writer.submit(both, name, notebook)
        if waiting:
            yield waiting.result()
