"""Write the kit of an evening: what needs its decks, and all that goes with that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from llm_lessons.fjordby import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.languages import ENGLISH, tells
from llm_lessons.pages.cards import Games, cards
from llm_lessons.pages.kit import needs, relay, signs, verse
from llm_lessons.pages.kit.page import SIZES, WIDE, kit_page
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.sheet import has_words
from llm_lessons.room.content import content
from llm_lessons.room.decks import Deck, decks
from llm_lessons.room.figure_steps import notebook_of
from llm_lessons.room.run_sheet import overview, run_sheet
from llm_lessons.room.shown import Figures
from llm_lessons.room.slides import slides
from llm_lessons_starter.atomic import write_text

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
    """

    people: int = PEOPLE
    paper: str = "a4"
    language: str = ENGLISH
    address: str = ""
    wifi: Wifi = field(default_factory=Wifi)

    @property
    def words(self) -> Words:
        """What the kit says, in that language."""
        return Words(tells(self.language), self.language)


def evening(settings: Settings, games: Games) -> needs.Evening:
    """What the lists are counted from: the shortest deck, and the games' sides."""
    first = decks()[0]
    lessons = sorted(
        {step.lesson for step in first.steps if step.kind == "remember" and step.lesson}
    )
    names = {lesson: notebook_of(lesson).stem for lesson in lessons}
    return needs.Evening(
        settings.people,
        {name: len(sides) for name, sides in games.items()},
        {lesson: f"{name}.pdf" for lesson, name in names.items() if has_words(name)},
        (f"{_run_name(first)}.pdf", len(run_sheet(first, settings.words))),
    )


def for_the_guide(settings: Settings, games: Games) -> Mapping[str, str]:
    """What the guide, which is English, has computed: the lists and the evenings."""
    words = Words()
    lists = needs.lists(evening(settings, games), _most_marbles(), words)
    return {
        "needs": lists.replace("h2>", "h4>"),  # below a heading of the guide's own
        "evenings": overview(decks(), words),
    }


def files() -> Sequence[tuple[str, str]]:
    """Files that hang on a deck, and what they are, for the front page."""
    return [
        row
        for deck in decks()
        for row in (
            (f"{_run_name(deck)}.pdf", f"The kit: run sheet, {deck.title}"),
            (f"{_deck_name(deck)}.pdf", f"The kit: slides, {deck.title}"),
        )
    ]


def write_kit(
    out: Path, lm: LanguageModel, games: Games, settings: Settings, figures: Figures
) -> Iterator[Path]:
    """Write all HTML files of the kit; yields each, once it is there, to be printed.

    Args:
        figures: of the decks' steps; a slide without one shows its sentence alone.
    """
    words, size = settings.words, SIZES[settings.paper]

    def written(name: str, sides: Sequence[str], title: str, **how: bool) -> Path:
        path = out / f"{name}.html"
        write_text(path, kit_page(title, sides, words, size, **how))
        return path

    path = out / "cards.html"
    write_text(path, cards(games, settings.paper, words))
    yield path
    listed = needs.list_page(evening(settings, games), _most_marbles(), words)
    title = words("list.title", people=settings.people)
    yield written("kit", [listed], title)
    yield written("arrival", [signs.arrival(lm, words)], words("arrival.title"))
    yield written("verse", verse.verse_sides(lm, words), words("verse.title"))
    hung = signs.signs(words, settings.address, settings.wifi)
    yield written("signs", hung, words("signs.door"), lying=True)
    yield written("exit", [signs.exit_slips(words)], words("exit.title"))
    certificates = [signs.certificates(lm, words)]
    yield written("certificate", certificates, words("certificate.title"))
    played = {deck["id"]: deck for deck in content(settings.language, figures)["decks"]}
    for deck in decks():
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
