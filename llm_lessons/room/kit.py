"""Write the kit of an evening: what needs its decks, and all that goes with that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.languages import ENGLISH, tells
from llm_lessons.measuring.kept import model_digest
from llm_lessons.measuring.reached import code_digest
from llm_lessons.pages.cards import Games, cards, games
from llm_lessons.pages.keeping import kept
from llm_lessons.pages.kit import needs, relay, signs, verse
from llm_lessons.pages.kit.page import SIZES, WIDE, kit_page
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.sheet import WORDS, has_words
from llm_lessons.paths import BUILD, TEXTS
from llm_lessons.room import ten_sheet
from llm_lessons.room.content import content
from llm_lessons.room.decks import Deck, decks
from llm_lessons.room.figure_steps import notebook_of
from llm_lessons.room.problems import gloss
from llm_lessons.room.run_sheet import overview, run_sheet
from llm_lessons.room.shown import Figures
from llm_lessons.room.slides import slides
from llm_lessons_starter.atomic import write_text

KEPT = BUILD / "games"
PEOPLE = 25  # for whom a kit is made where nobody says how many come


@dataclass(frozen=True)
class Settings:
    """What a leader chooses.

    Attributes:
        people: how many come.
        paper: a name in `page.SIZES`.
        language: a code in `languages.languages()`.
        address: where phones go; "" leaves room to write it.
        wifi: how they get into the network.
        evening: the id of a deck; "" is the shortest.
    """

    people: int = PEOPLE
    paper: str = "a4"
    language: str = ENGLISH
    address: str = ""
    wifi: Wifi = field(default_factory=Wifi)
    evening: str = ""

    @property
    def words(self) -> Words:
        """What the kit says, in that language."""
        return Words(tells(self.language), self.language)

    @property
    def deck(self) -> Deck:
        """The evening that the kit is for."""
        found = (one for one in decks() if self.evening in ("", one.id))
        return next(found)


def games_of(lm: LanguageModel, settings: Settings, folder: Path = KEPT) -> Games:
    """The sides of each game, for people of that language.

    They are kept in the folder: with this model they take half a minute.
    """
    told = [code_digest(games), code_digest(gloss), model_digest(lm)]
    for text in sorted(one for one in TEXTS.rglob("*") if one.is_file()):
        if not text.is_relative_to(WORDS):  # those of the lessons' sheets
            told.append(text.read_text(encoding="utf-8"))
    tell = tells(settings.language)

    def make() -> Games:
        return games(lm, settings.words, lambda question: gloss(question, tell))

    return kept(folder / f"{settings.language}.json", told, make)


def evening(settings: Settings, made: Games) -> needs.Evening:
    """What the lists are counted from: the evening's deck, and the games' sides."""
    deck, words = settings.deck, settings.words
    lessons = sorted(
        {step.lesson for step in deck.steps if step.kind == "remember" and step.lesson}
    )
    names = {lesson: notebook_of(lesson).stem for lesson in lessons}
    return needs.Evening(
        settings.people,
        words.plain_told(deck.title),
        {name: len(sides) for name, sides in made.items()},
        {card for step in deck.steps for card in step.own.get("cards", ())},
        {lesson: f"{name}.pdf" for lesson, name in names.items() if has_words(name)},
        (f"{_run_name(deck)}.pdf", len(run_sheet(deck, words))),
        any(step.kind == "ten" for step in deck.steps),
        any(step.laptops for step in deck.steps),
    )


def for_the_guide(settings: Settings, made: Games) -> Mapping[str, str]:
    """What the guide, which is English, has computed: the lists and the evenings."""
    words = Words()
    lists = needs.lists(evening(settings, made), _most_marbles(), words)
    return {
        "needs": lists.replace("h2>", "h4>"),  # below a heading of the guide's own
        "evenings": overview(decks(), words),
    }


def files(settings: Settings) -> Sequence[tuple[str, str]]:
    """Files that hang on the evening, and what they are, for the front page."""
    deck = settings.deck
    asks = any(step.kind == "ten" for step in deck.steps)
    ten = [
        (f"{ten_sheet.SHEET}.pdf", "The kit: the ten questions, for who has no phone"),
        (f"{ten_sheet.KEY}.pdf", "The kit: their answers, for the person who leads"),
    ]
    return [
        *(ten if asks else []),
        (f"{_run_name(deck)}.pdf", f"The kit: run sheet, {deck.title}"),
        (f"{_deck_name(deck)}.pdf", f"The kit: slides, {deck.title}"),
    ]


def write_kit(
    out: Path, lm: LanguageModel, made: Games, settings: Settings, figures: Figures
) -> Iterator[Path]:
    """Write the HTML files of the kit; yields each, once it is there, to be printed.

    The games are all there, for a reserve; the run sheet and slides are those of the
    evening.

    Args:
        figures: of the deck's steps; a slide without one shows its sentence alone.
    """
    words, size = settings.words, SIZES[settings.paper]

    def written(name: str, sides: Sequence[str], title: str, **how: bool) -> Path:
        path = out / f"{name}.html"
        write_text(path, kit_page(title, sides, words, size, **how))
        return path

    path = out / "cards.html"
    write_text(path, cards(made, settings.paper, words))
    yield path
    counted = evening(settings, made)
    listed = needs.list_page(counted, _most_marbles(), words)
    title = words("list.title", people=counted.people, title=counted.title)
    yield written("kit", [listed], title)
    if counted.asks_ten:
        sheet, key = ten_sheet.ten_sheet(words), [ten_sheet.ten_key(words)]
        yield written(ten_sheet.SHEET, sheet, words("ten.title"))
        yield written(ten_sheet.KEY, key, words("ten.key"))
    yield written("arrival", [signs.arrival(lm, words)], words("arrival.title"))
    yield written("verse", verse.verse_sides(lm, words), words("verse.title"))
    hung = signs.signs(words, settings.address, settings.wifi, counted.laptops)
    yield written("signs", hung, words("signs.door"), lying=True)
    yield written("exit", [signs.exit_slips(words)], words("exit.title"))
    certificates = [signs.certificates(lm, words)]
    yield written("certificate", certificates, words("certificate.title"))
    played = {deck["id"]: deck for deck in content(settings.language, figures)["decks"]}
    deck = settings.deck
    title = words.told(deck.title)
    yield written(_run_name(deck), run_sheet(deck, words), title)
    path = out / f"{_deck_name(deck)}.html"
    shown = slides(played[deck.id], lm, words)
    write_text(path, kit_page(title, shown, words, WIDE, lying=True))
    yield path


def _run_name(deck: Deck) -> str:
    return f"run_sheet_{deck.id}"


def _deck_name(deck: Deck) -> str:
    return f"deck_{deck.id}"


def _most_marbles() -> int:
    return relay.most_marbles(marbles.held_out(relay.CARDS, relay.CHANGES))
