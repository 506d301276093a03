"""The kit of an evening, in a language: its files, and what is counted from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from llm_lessons.foundation.languages import ENGLISH, languages, tells
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
from llm_lessons_room.content.content import content
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.kinds import Drawn, Figures
from llm_lessons_room.content.run_sheet import run_sheet, tonight
from llm_lessons_room.content.slides import slides
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
        return Words(tells(self.language), self.language)

    @property
    def deck(self) -> Deck:
        found = (one for one in decks() if self.evening in ("", one.id))
        return next(found)


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


def for_all(lm: LanguageModel, settings: Settings) -> Iterator[File]:
    """What any evening has."""
    words = settings.words
    laptops = any(step.laptops for step in settings.deck.steps)
    hung = signs.signs(words, settings.address, settings.wifi, laptops)
    for name, sides, title in (
        ("arrival", [signs.arrival(lm, words)], "arrival.title"),
        ("verse", verse.verse_sides(lm, words), "verse.title"),
        ("exit", [signs.exit_slips(words)], "exit.title"),
        ("certificate", [signs.certificates(lm, words)], "certificate.title"),
    ):
        yield file(name, sides, words(title), settings)
    yield file("signs", hung, words("signs.door"), settings, lying=True)


def of_the_evening(
    lm: LanguageModel, settings: Settings, figures: Figures
) -> Iterator[File]:
    """What hangs on the evening."""
    deck, words = settings.deck, settings.words
    title = words.told(deck.title)
    yield file(run_name(deck), run_sheet(deck, words), title, settings)
    evenings = content(settings.language, figures)["decks"]
    (played,) = (one for one in evenings if one["id"] == deck.id)
    shown = slides(played, lm, words)
    html = kit_page(title, shown, words, WIDE, lying=True)
    yield File(deck_name(deck), len(shown), html)
    yield from _to_take_home(lm, settings, take_home.seen(evenings))


def _to_take_home(
    lm: LanguageModel, settings: Settings, shown: Mapping[int, Drawn]
) -> Iterator[File]:
    """The leaf, and in another language sheets of lessons."""
    lessons, words = take_home.on_the_leaf(settings.deck), settings.words
    code = words.language

    def on_paper(name: str, one: Sheet) -> File:
        page = sheets_page(one.title, [one], settings.paper, "", code, fit=True)
        return File(name, SIDES, page)

    if lessons:
        leaf = take_home.leaf(lm, lessons, shown, words, settings.address)
        yield on_paper(take_home.LEAF, leaf)
    for lesson in take_home.told_sheets(settings.deck, code):
        seen = shown.get(lesson, take_home.NOTHING)
        one = take_home.told_sheet(lm, lesson, seen, words.tell, settings.address)
        yield on_paper(f"{one.name}_{code}", one)


def run_name(deck: Deck) -> str:
    return f"run_sheet_{deck.id}"


def deck_name(deck: Deck) -> str:
    return f"deck_{deck.id}"


def games_of(lm: LanguageModel, settings: Settings, folder: Path = KEPT) -> Games:
    """The sides of each game, for people of that language.

    They are kept in the folder: with this model they take half a minute.
    """
    told = [code_digest(games), code_digest(gloss), model_digest(lm)]
    for text in sorted(one for one in TEXTS.rglob("*") if one.is_file()):
        if not text.is_relative_to(WORDS):  # those of the lessons' sheets
            told.append(text.read_text(encoding="utf-8"))
    words = settings.words

    def make() -> Games:
        return games(lm, words, partial(gloss, tell=words.tell))

    return kept(folder / f"{settings.language}.json", told, make)


def evening(settings: Settings, made: Games, files: Mapping[str, int]) -> Evening:
    """What the lists are counted from.

    Args:
        files: that were made, each with how many sides it has.
    """
    deck = settings.deck
    return Evening(
        settings.people,
        settings.words.tell(deck.title),
        files,
        {name: len(sides) for name, sides in made.items()},
        {card for step in deck.steps for card in step.own.get("cards", ())},
        f"{take_home.LEAF}.pdf" if take_home.on_the_leaf(deck) else "",
        dict(_sheets(settings, files)),
        f"{run_name(deck)}.pdf",
        any(step.laptops for step in deck.steps),
    )


def _sheets(settings: Settings, files: Collection[str]) -> Iterator[tuple[int, str]]:
    """The sheets of the evening's lessons that were made, in its language if so."""
    for lesson in take_home.lessons_of(settings.deck):
        name = notebook_of(lesson).stem
        wanted = (f"{name}_{settings.language}.pdf", f"{name}.pdf")
        if there := [one for one in wanted if one in files]:
            yield lesson, there[0]


def files(settings: Settings) -> Sequence[tuple[str, str]]:
    """Files that hang on the evening, and what they are, for the front page."""
    deck = settings.deck
    leaf = [(f"{take_home.LEAF}.pdf", "The kit: a leaf to take home")]
    code = settings.language
    own = [
        (
            f"{notebook_of(lesson).stem}_{code}.pdf",
            f"The kit: the sheet of lesson {lesson}, in {languages()[code]}",
        )
        for lesson in take_home.told_sheets(deck, code)
    ]
    return [
        *(leaf if take_home.on_the_leaf(deck) else []),
        *own,
        (f"{run_name(deck)}.pdf", f"The kit: run sheet, {deck.title}"),
        (f"{deck_name(deck)}.pdf", f"The kit: slides, {deck.title}"),
    ]


def write_kit(
    out: Path,
    lm: LanguageModel,
    made: Games,
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
    own = {f"{name}.pdf": SIDES for name in sheets}
    played = sum(map(len, made.values()))
    for one in chain(
        [File("cards", played, cards(made, settings.paper, words))],
        for_all(lm, settings),
        of_the_evening(lm, settings, figures),
    ):
        write_text(out / f"{one.name}.html", one.html)
        own[f"{one.name}.pdf"] = one.sides
        yield out / f"{one.name}.html"
    counted = evening(settings, made, own | {"kit.pdf": SIDES})
    listed = list_page(counted, words)
    both = [tonight(settings.deck, words, f"{deck_name(settings.deck)}.pdf"), listed]
    page = file("kit", both, words("list.name"), settings)
    write_text(out / f"{page.name}.html", page.html)
    yield out / f"{page.name}.html"
