"""Make the pages and sheets to take home, and the kit of an evening: `handouts`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nbformat import NotebookNode
from tqdm import tqdm

from llm_lessons.foundation.commands import Parser, whole_number
from llm_lessons.foundation.languages import ENGLISH, languages
from llm_lessons.foundation.paths import BUILD
from llm_lessons.language_model.loading import load
from llm_lessons.pages.execution import all_executed, lessons
from llm_lessons.pages.foot import checked_address
from llm_lessons.pages.kit.lists import HIGHEST, LOWEST
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.printing import NoBrowser, find_browser, print_pdf
from llm_lessons.pages.writing import SHEET, at_work, pdf_of, write_pages
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.figure_steps import (
    draw_missing,
    figures_by_lesson,
    load_all,
    save_drawn,
    wall_cells,
)
from llm_lessons_room.content.kinds import Figures
from llm_lessons_room.content.kit import PEOPLE, Settings, files, games_of, write_kit
from llm_lessons_room.content.take_home import (
    leaf_lessons,
    lessons_of,
    translated_sheets,
)
from llm_lessons_starter.command_line import carry_out, heed_the_end
from llm_lessons_starter.trouble import Trouble

ROOM = BUILD / "room"  # where figures of steps are kept


def main() -> int:
    """Execute, write the pages, print them; says what it does while it does it."""
    options = _parser().parse_args()
    if options.password and not options.wifi:
        raise Trouble("--password is that of a network: name it with --wifi.")
    if not is_writable(options.out):
        print(f"Nothing can be written into {options.out}: name a folder with --out.")
        return 1
    browser, trouble = None, ""
    try:
        browser = find_browser()
    except NoBrowser as missing:
        trouble = str(missing)
    settings = Settings(
        options.people,
        "letter" if options.letter else "a4",
        options.language,
        options.address or "",
        Wifi(options.wifi, options.password),
        options.evening or "",
    )
    left_out: list[str] = []
    with at_work() as printer:  # while the next lesson runs
        sheets = [
            printer.submit(print_pdf, path, pdf_of(path), browser)
            for path in write_all(options.out, settings, options.kit, left_out)
            if browser
        ]
        for sheet in tqdm(sheets, "printing", file=sys.stdout, disable=not sheets):
            sheet.result()
    for sentence in filter(None, [*left_out, trouble]):
        print(sentence)
    if left_out or trouble:
        return 1
    print(f"Done: open {options.out / ('kit.html' if options.kit else 'index.html')}.")
    return 0


def _parser() -> Parser:
    parser = Parser("handouts", __doc__)
    parser.add_argument("--letter", action="store_true", help="US paper, not A4")
    parser.add_argument("--out", type=Path, default=BUILD / "handouts")
    parser.add_argument(
        "--address",
        type=checked_address,
        help="where your lessons live, for each sheet and the sign, with a QR code",
    )
    parser.add_argument(
        "--people",
        type=whole_number(LOWEST, HIGHEST),
        default=PEOPLE,
        help="how many come; the lists count for them",
    )
    parser.add_argument(
        "--language",
        type=_one_of("language", languages),
        default=ENGLISH,
        help="of the kit, such as nb, and of the lessons that have a catalog for it",
    )
    parser.add_argument(
        "--evening",
        type=_one_of("evening", lambda: [deck.id for deck in decks()]),
        help="which one the kit is for, a file of handouts/evenings, such as day; "
        "without it, the shortest",
    )
    parser.add_argument("--wifi", default="", help="the network's name, for the sign")
    parser.add_argument("--password", default="", help="its password, for the sign")
    parser.add_argument(
        "--kit", action="store_true", help="make the kit alone: no lesson runs"
    )
    return parser


def _one_of(what: str, names: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """What reads one of these names; a deck's file is named as well as its name."""

    def known(text: str) -> str:
        if (name := text.removesuffix(".toml")) not in (there := [*names()]):
            raise argparse.ArgumentTypeError(
                f"there is no {what} {text!r} here; there are {', '.join(there)}"
            )
        return name

    return known


def is_writable(folder: Path) -> bool:
    """Whether the folder, which is made if need be, is one to write into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def write_all(
    out: Path, settings: Settings, only_kit: bool, left_out: list[str]
) -> Iterator[Path]:
    """Write every HTML file; yields each that is to be printed, once it is there.

    Args:
        left_out: is told, in a sentence for each, of lessons that stopped.
    """
    lm = load("fjord")
    print("making the cards of the games ...")
    all_games = games_of(lm, settings)
    if only_kit:
        figures = load_all(ROOM, decks())
        for sentence in missing_from_kit(settings, figures):
            print(sentence)
        yield from write_kit(out, lm, all_games, settings, figures)
        return
    sheets: list[str] = []
    runs = lessons_run(left_out, settings.language)
    for path in write_pages(
        out,
        settings.paper,
        runs,
        settings.address,
        files(settings),
        settings.language,
    ):
        if path.stem.endswith(SHEET):
            sheets.append(path.stem.removesuffix(SHEET))
        yield path
    # a lesson that stopped is not run once more for a slide, which has its sentence
    figures = load_all(ROOM, decks())
    if not left_out:
        *_, figures = draw_missing(ROOM, decks(), print)
    yield from write_kit(out, lm, all_games, settings, figures, sheets)


def missing_from_kit(settings: Settings, figures: Figures) -> Iterator[str]:
    """What a kit lacks for which no lesson ran, in sentences."""
    deck = settings.deck
    wanted = figures_by_lesson([deck]).items()
    missing = sum(
        (lesson, step.own["cell"]) not in figures
        for lesson, steps in wanted
        for step in steps
    )
    if missing:
        yield (
            f"Figures that slides and leaf lack: {missing}. Without --kit, or by "
            "`room`, they are drawn; that takes minutes, once."
        )
    translated = translated_sheets(deck, settings.language)
    others = [str(lesson) for lesson in lessons_of(deck) if lesson not in translated]
    if others and not leaf_lessons(deck):
        numbers = ", ".join(others)
        yield f"Sheets that are made without --kit only: those of lessons {numbers}."


def lessons_run(
    left_out: list[str], language: str
) -> Iterator[tuple[str, NotebookNode]]:
    """The name of each lesson that runs to its end, and its notebook after the run.

    Figures of an evening's steps are drawn for screens along with it.
    """
    walls = wall_cells(ROOM, decks())
    runs = all_executed(lessons(), walls, language=language)
    for run in tqdm(runs, "running the lessons", len(lessons()), file=sys.stdout):
        if run.notebook is None:
            left_out.append(f"Lesson {run.path.stem} is left out: {run.stopped}")
            continue
        if run.more:
            save_drawn(ROOM, decks(), run.path, [*run.notebook.cells, *run.more])
        yield run.path.stem, run.notebook


if __name__ == "__main__":
    heed_the_end()
    sys.exit(carry_out(main))
