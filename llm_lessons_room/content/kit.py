"""The kit of an evening, in a language: its files, and what is counted from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from llm_lessons.foundation.languages import ENGLISH, languages, translator
from llm_lessons.foundation.paths import BUILD, TEXTS
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.kept import model_digest
from llm_lessons.measuring.reached import code_digest
from llm_lessons.pages.kit import signs, verse
from llm_lessons.pages.kit.games import Games, cards, games
from llm_lessons.pages.kit.lists import Evening, list_page
from llm_lessons.pages.kit.page import SIZES, WIDE, kit_page
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.sheet import Sheet, sheets_page
from llm_lessons.pages.sheet_words import SIDES, WORDS
from llm_lessons.pages.sources import kept
from llm_lessons_room.activities.marbles.problems import gloss
from llm_lessons_room.content import take_home
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.export import export
from llm_lessons_room.content.kinds import Drawn, Figures, slides
from llm_lessons_room.content.run_sheet import run_sheet, tonight
from llm_lessons_room.content.texts import notebook_of
from llm_lessons_starter.atomic import write_text

KEPT = BUILD / "games"
PEOPLE = 25  # for whom a kit is made where nobody says how many come


@dataclass(frozen=True)
class Settings:
    """What a leader chooses."""

    people: int = PEOPLE
    paper: str = "a4"  # a name in `page.SIZES`
    language: str = ENGLISH  # a code in `languages.languages()`
    address: str = ""  # where phones go; "" leaves room to write it
    wifi: Wifi = field(default_factory=Wifi)
    evening: str = ""  # the id of a deck; "" is the shortest

    @property
    def words(self) -> Words:
        return Words(translator(self.language), self.language)

    @property
    def deck(self) -> Deck:
        return next(deck for deck in decks() if self.evening in ("", deck.id))


@dataclass(frozen=True)
class File:
    """A file of the kit, to be printed: its name without an ending, its page."""

    name: str
    sides: int  # of paper that it fills
    html: str


def file(
    name: str, sides: Sequence[str], title: str, settings: Settings, **how: bool
) -> File:
    """A file from its sides; its title is HTML."""
    size = SIZES[settings.paper]
    page = kit_page(title, sides, settings.words, size, **how)
    return File(name, len(sides), page)


def evening_files(lm: LanguageModel, settings: Settings) -> Iterator[File]:
    words = settings.words
    laptops = any(step.laptops for step in settings.deck.steps)
    hung = signs.signs(words, settings.address, settings.wifi, laptops)
    for name, sides, title in (
        ("arrival", [signs.arrival(lm, words)], "arrival.title"),
        ("verse", verse.verse_sides(lm, words), "verse.title"),
        ("exit", [signs.exit_slips(words)], "exit.title"),
        (
            "certificate",
            [signs.certificates(lm, words, settings.address)],
            "certificate.title",
        ),
    ):
        yield file(name, sides, words(title), settings)
    yield file("signs", hung, words("signs.door"), settings, lying=True)


def deck_files(
    lm: LanguageModel, settings: Settings, figures: Figures
) -> Iterator[File]:
    deck, words = settings.deck, settings.words
    title = words.told(deck.title)
    yield file(run_sheet_name(deck), run_sheet(deck, words), title, settings)
    evenings = export(settings.language, figures)["decks"]
    (played,) = (other for other in evenings if other["id"] == deck.id)
    shown = slides(played, lm, words)
    html = kit_page(title, shown, words, WIDE, lying=True)
    yield File(deck_name(deck), len(shown), html)
    yield from take_home_files(lm, settings, take_home.figures_shown(evenings))


def take_home_files(
    lm: LanguageModel, settings: Settings, shown: Mapping[int, Drawn]
) -> Iterator[File]:
    """The leaf, and in another language sheets of lessons."""
    lessons, words = take_home.leaf_lessons(settings.deck), settings.words
    code = words.language

    def on_paper(name: str, sheet: Sheet) -> File:
        page = sheets_page(sheet.title, [sheet], settings.paper, "", code, fit=True)
        return File(name, SIDES, page)

    if lessons:
        leaf = take_home.leaf(lm, lessons, shown, words, settings.address)
        yield on_paper(take_home.LEAF, leaf)
    for lesson in take_home.translated_sheets(settings.deck, code):
        seen = shown.get(lesson, take_home.NO_FIGURE)
        sheet = take_home.translated_sheet(
            lm, lesson, seen, words.translate, settings.address
        )
        yield on_paper(f"{sheet.name}_{code}", sheet)


def run_sheet_name(deck: Deck) -> str:
    return f"run_sheet_{deck.id}"


def deck_name(deck: Deck) -> str:
    return f"deck_{deck.id}"


def games_of(lm: LanguageModel, settings: Settings, folder: Path = KEPT) -> Games:
    """The sides of each game, for people of that language.

    They are kept in the folder: with this model they take half a minute.
    """
    sources = [code_digest(games), code_digest(gloss), model_digest(lm)]
    for path in sorted(path for path in TEXTS.rglob("*") if path.is_file()):
        if not path.is_relative_to(WORDS):  # those of the lessons' sheets
            sources.append(path.read_text(encoding="utf-8"))
    words = settings.words

    def make() -> Games:
        return games(lm, words, partial(gloss, translate=words.translate))

    return kept(folder / f"{settings.language}.json", sources, make)


def evening(settings: Settings, all_games: Games, files: Mapping[str, int]) -> Evening:
    """What the lists are counted from.

    Args:
        files: that were made, each with how many sides it has.
    """
    deck = settings.deck
    return Evening(
        settings.people,
        settings.words.translate(deck.title),
        files,
        {name: len(sides) for name, sides in all_games.items()},
        _cards(deck, optional=False),
        _cards(deck, optional=True),
        f"{take_home.LEAF}.pdf" if take_home.leaf_lessons(deck) else "",
        dict(_sheets(settings, files)),
        f"{run_sheet_name(deck)}.pdf",
        any(step.laptops for step in deck.steps),
    )


def _cards(deck: Deck, optional: bool) -> set[str]:
    """The parts of cards.pdf that steps play with, which may be left out or may not."""
    steps = [step for step in deck.steps if step.optional == optional]
    return {card for step in steps for card in step.own.get("cards", ())}


def _sheets(settings: Settings, files: Collection[str]) -> Iterator[tuple[int, str]]:
    """The sheets of the evening's lessons that were made, in its language if so."""
    for lesson in take_home.lessons_of(settings.deck):
        name = notebook_of(lesson).stem
        wanted = (f"{name}_{settings.language}.pdf", f"{name}.pdf")
        if present := [name for name in wanted if name in files]:
            yield lesson, present[0]


def files(settings: Settings) -> Sequence[tuple[str, str]]:
    """Files that hang on the evening, and what they are, for the front page."""
    deck = settings.deck
    leaf = [(f"{take_home.LEAF}.pdf", "The kit: a leaf to take home")]
    code = settings.language
    sheets = [
        (
            f"{notebook_of(lesson).stem}_{code}.pdf",
            f"The kit: the sheet of lesson {lesson}, in {languages()[code]}",
        )
        for lesson in take_home.translated_sheets(deck, code)
    ]
    return [
        *(leaf if take_home.leaf_lessons(deck) else []),
        *sheets,
        (f"{run_sheet_name(deck)}.pdf", f"The kit: run sheet, {deck.title}"),
        (f"{deck_name(deck)}.pdf", f"The kit: slides, {deck.title}"),
    ]


def write_kit(
    out: Path,
    lm: LanguageModel,
    all_games: Games,
    settings: Settings,
    figures: Figures,
    sheets: Iterable[str] = (),
) -> Iterator[Path]:
    """Write the HTML files of the kit; yields each, once it is there, to be printed.

    The games are all there, for a reserve; all else is that of the evening. The list
    is made last, of the files that are there.

    Args:
        figures: of the deck's steps; what lacks one shows its sentence alone.
        sheets: names of the lessons whose sheets were made before.

    Raises:
        ValueError: the list would name a file that was not made.
    """
    words = settings.words
    sides = {f"{name}.pdf": SIDES for name in sheets}
    played = sum(map(len, all_games.values()))
    for item in chain(
        [File("cards", played, cards(all_games, settings.paper, words))],
        evening_files(lm, settings),
        deck_files(lm, settings, figures),
    ):
        write_text(out / f"{item.name}.html", item.html)
        sides[f"{item.name}.pdf"] = item.sides
        yield out / f"{item.name}.html"
    counted = evening(settings, all_games, sides | {"kit.pdf": SIDES})
    listed = list_page(counted, words)
    both = [tonight(settings.deck, words, f"{deck_name(settings.deck)}.pdf"), listed]
    page = file("kit", both, words("list.name"), settings)
    write_text(out / f"{page.name}.html", page.html)
    yield out / f"{page.name}.html"
