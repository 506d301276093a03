"""The files of an evening's kit, in a language: each with its sides of paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from llm_lessons.foundation.languages import ENGLISH, tells
from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit import signs, verse
from llm_lessons.pages.kit.page import SIZES, WIDE, kit_page
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.sheet import Sheet, sheets_page
from llm_lessons.pages.sheet_words import SIDES
from llm_lessons_room.content import take_home, ten_sheet
from llm_lessons_room.content.content import content
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.drawn import Figures
from llm_lessons_room.content.run_sheet import run_sheet
from llm_lessons_room.content.slides import slides

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
    """A file from its sides.

    Args:
        title: as HTML.
    """
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
    if asks_ten(deck):
        both, key = ten_sheet.ten_sheet(words), [ten_sheet.ten_key(words)]
        yield file(ten_sheet.SHEET, both, words("ten.title"), settings)
        yield file(ten_sheet.KEY, key, words("ten.key"), settings)
    title = words.told(deck.title)
    yield file(run_name(deck), run_sheet(deck, words), title, settings)
    evenings = content(settings.language, figures)["decks"]
    (played,) = (one for one in evenings if one["id"] == deck.id)
    shown = slides(played, lm, words)
    html = kit_page(title, shown, words, WIDE, lying=True)
    yield File(deck_name(deck), len(shown), html)
    yield from _to_take_home(lm, settings, take_home.seen(evenings))


def _to_take_home(
    lm: LanguageModel, settings: Settings, shown: Mapping[int, take_home.Seen]
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


def asks_ten(deck: Deck) -> bool:
    return any(step.kind == "ten" for step in deck.steps)
