"""The games as a room plays them: on paper, and on a phone."""

from pathlib import Path

import pytest

from llm_lessons.loading import load
from llm_lessons.pages.cards import Games, cards
from llm_lessons.pages.cards import games as games_of
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.printing import find_browser, print_pdf
from tests.browser.made_page import (
    is_as_narrow_as_its_window,
    no_barriers,
    opened,
    tagged,
)
from tests.rest import rest

WORDS = Words()
TITLES = {
    "leader": "Odds of the auction",
    "story": "Activity 1 · Be the model",
    "tree": "of 100 walks",
    "auction": "Activity 2 · Token auction",
    "relay": "Activity 3 · The relay",
}


@pytest.fixture(scope="session")
def sides() -> Games:
    """The sides of each game, which need no lesson."""
    return games_of(load("fjord"), WORDS)


@pytest.fixture(scope="session")
def games(browser, sides, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cards."""
    out = tmp_path_factory.mktemp("games")
    made(sides, "a4", out)
    return out


def made(sides: Games, size: str, out: Path) -> Path:
    """The cards on this paper, printed."""
    path = out / f"cards_{size}.html"
    path.write_text(cards(sides, size, WORDS), encoding="utf-8")
    print_pdf(path, path.with_suffix(".pdf"), find_browser())
    return path.with_suffix(".pdf")


@pytest.mark.rest
def test_the_games_fit_the_other_paper(browser, sides, tmp_path):
    are_printed(made(sides, "letter", tmp_path), sides, 612)


def test_the_games_are_printed_with_tags_and_fonts(games, sides):
    are_printed(games / "cards_a4.pdf", sides, 595)


def are_printed(path: Path, sides: Games, width: int) -> None:
    """The kit's list counts the pages as the games have sides: each fits on its own."""
    sheet = tagged(path)
    printed = [" ".join(page.extract_text().split()) for page in sheet.pages]
    first = 0
    for name, title in TITLES.items():
        assert title in printed[first], name
        first += len(sides[name])
    assert first == len(printed)
    assert "Answers of the relay" in printed[0]
    assert round(float(sheet.pages[0].mediabox.width)) == width


@pytest.mark.parametrize("scheme", ["light", *rest("dark")])
def test_the_games_fit_a_phone_without_barriers(games, new_page, scheme):
    page = opened(games, new_page, "cards_a4", width=360, color_scheme=scheme)
    is_as_narrow_as_its_window(page)
    no_barriers(page)
