"""Make the pages and sheets to take home: the command `handouts`."""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from tqdm import tqdm

from llm_lessons.loading import load
from llm_lessons.pages import booklet
from llm_lessons.pages.cards import BEGINNING, cards
from llm_lessons.pages.coders import coders
from llm_lessons.pages.execution import executed, lessons
from llm_lessons.pages.foot import checked_address
from llm_lessons.pages.front import front
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.origins_script import FILE, origins_script
from llm_lessons.pages.page import MODELS, Lesson, lesson, page
from llm_lessons.pages.printing import NoBrowser, find_browser, print_pdf
from llm_lessons.pages.sheet import Sheet, has_words, picture, sheet, sheets_page
from llm_lessons.paths import BUILD
from llm_lessons.training.options import Parser
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out, heed_the_end

SHEET = "_sheet"  # behind a lesson's name: its sheet
NO_LESSONS = (  # files beside those of the lessons, and what they are
    ("booklet.pdf", "The booklet: all sheets, to print"),
    ("coders.pdf", "The exercises in Python, to print"),
    ("glossary.html", "The glossary"),
    ("cards.pdf", "Games on paper: cards to print and to cut out"),
    ("cards.html", "The same games as a page"),
    ("facilitator.html", "Leading an evening"),
    ("answers.html", "The answers, for the person who leads"),
)


def main() -> int:
    """Execute, write the pages, print them; says what it does while it does it."""
    parser = Parser("handouts", __doc__)
    parser.add_argument("--letter", action="store_true", help="US paper, not A4")
    parser.add_argument("--out", type=Path, default=BUILD / "handouts")
    parser.add_argument(
        "--address",
        type=checked_address,
        help="where your lessons live, for the foot of each sheet, with a QR code",
    )
    asked = parser.parse_args()
    if not can_be_written(asked.out):
        print(f"Nothing can be written into {asked.out}: name a folder with --out.")
        return 1
    browser, trouble = None, ""
    try:
        browser = find_browser()
    except NoBrowser as missing:
        trouble = str(missing)
    with at_work() as printer:  # while the next lesson runs
        sheets = [
            printer.submit(print_pdf, path, pdf_of(path), browser)
            for path in write_pages(
                asked.out, "letter" if asked.letter else "a4", asked.address or ""
            )
            if browser
        ]
        for sheet in tqdm(sheets, "printing", file=sys.stdout, disable=not sheets):
            sheet.result()
    if trouble:
        print(trouble)
        return 1
    print(f"Done: open {asked.out / 'index.html'}.")
    return 0


@contextmanager
def at_work() -> Iterator[ThreadPoolExecutor]:
    """A thread that works beside this one; if the block raises, it begins no more."""
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread
        except BaseException:
            thread.shutdown(wait=False, cancel_futures=True)
            raise


def can_be_written(folder: Path) -> bool:
    """Whether the folder, which is made if need be, is one to write into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def write_models(out: Path) -> None:
    """Write the scripts that bring models into the pages: one of each for them all."""
    for name, file in MODELS.items():
        write_text(out / file, model_script(load(name)))


def write_origins(out: Path) -> None:
    """Write the script that tells pages what of a text stands in Fjordby."""
    write_text(out / FILE, origins_script(load("fjord")))


def pdf_of(page: Path) -> Path:
    """Where a page is printed to; a lesson's sheet bears the lesson's name."""
    return page.with_name(f"{page.stem.removesuffix(SHEET)}.pdf")


def write_pages(out: Path, paper: str, address: str = "") -> Iterator[Path]:
    """Write every HTML file; yields each that is to be printed, once it is there."""
    out.mkdir(parents=True, exist_ok=True)
    write_models(out)  # before a page that asks one of them is opened
    write_origins(out)

    def written(name: str, text: str) -> Path:
        path = out / f"{name}.html"
        write_text(path, text)  # whole, for somebody may be reading it
        return path

    made: list[Lesson] = []
    sheets: list[Sheet] = []
    lm = load("fjord")

    def both(name: str, notebook: NotebookNode) -> tuple[Lesson, Sheet | None]:
        on_paper = sheet(lm, name, notebook, address) if has_words(name) else None
        return lesson(name, notebook), on_paper

    def finished(work: Future[tuple[Lesson, Sheet | None]]) -> Iterator[Path]:
        one, on_paper = work.result()
        made.append(one)
        written(one.name, page(one.title, [one], paper))
        if on_paper:
            sheets.append(on_paper)
            html = sheets_page(one.title, [on_paper], paper)
            yield written(f"{one.name}{SHEET}", html)

    waiting = None
    with at_work() as writer:  # while the next lesson runs
        print("making the cards of the games ...")
        games = writer.submit(cards, lm, paper)
        for path in tqdm(lessons(), "running the lessons", file=sys.stdout):
            notebook = executed(path)
            if waiting:
                yield from finished(waiting)
            waiting = writer.submit(both, path.stem, notebook)
        if waiting:
            yield from finished(waiting)
        yield written("cards", games.result())
    yield written(
        "booklet", booklet.booklet(sheets, paper, address, picture(lm, BEGINNING))
    )
    yield written("coders", coders(made, paper, address))
    yield written("answers", booklet.answers(made, paper, sheets))
    yield written("glossary", booklet.glossary(paper))
    yield written("facilitator", booklet.guide(paper))
    written("index", front(made, [one.name for one in sheets], NO_LESSONS))


if __name__ == "__main__":
    heed_the_end()
    sys.exit(carry_out(main))
