"""The kit as it is printed: each side on its paper, nothing cut, letters to be read."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from llm_lessons.handouts import figures_at_hand
from llm_lessons.loading import load
from llm_lessons.pages.cards import games
from llm_lessons.pages.kit.page import SIZES, WIDE
from llm_lessons.pages.printing import find_browser, print_pdf
from llm_lessons.room.decks import decks
from llm_lessons.room.kit import Settings, write_kit
from tests.browser.made_page import fonts_of, is_in_the_file

POINTS = 72 / 25.4  # in a millimetre
SMALLEST = 8  # points
FAR = 10  # mm of a letter's height for each 4 m: read from 5 m
CAPITAL = 0.72  # height of a capital letter, in the size of its font
RUNS = {f"run_sheet_{one.id}": 1 if one.minutes < 240 else 2 for one in decks()}
PAGES = {"kit": 1, "arrival": 1, "verse": 2, "signs": 5, "exit": 1, "certificate": 1}
PAGES |= RUNS
# Sides whose text is cut off, with how much of it; and each text's size in pixels.
CUT = """[...document.querySelectorAll('.side')].filter(
    it => it.scrollHeight > it.clientHeight || it.scrollWidth > it.clientWidth
).map(it => it.innerText.slice(0, 40))"""
LETTERS = """[...document.querySelectorAll('.side *')]
    .filter(it => [...it.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
    .map(it => parseFloat(getComputedStyle(it).fontSize))"""
KITS = (("en", "a4"), ("nb", "letter"))
kits = pytest.mark.parametrize("kit", KITS)


@pytest.fixture(scope="session")
def kits_made(browser, tmp_path_factory: pytest.TempPathFactory) -> dict[Any, Path]:
    """The kit in English, and in Norwegian on the other paper."""
    lm, made = load("fjord"), {}
    for language, paper in KITS:
        out = tmp_path_factory.mktemp(f"kit-{language}-{paper}")
        asked = Settings(25, paper, language, "http://192.168.10.20:8766/")
        sides = games(lm, asked.words)
        for path in write_kit(out, lm, sides, asked, figures_at_hand()):
            if path.stem in PAGES:
                print_pdf(path, path.with_suffix(".pdf"), find_browser())
        made[language, paper] = out
    return made


@kits
def test_each_part_has_its_pages_with_tags_and_fonts(kits_made, kit):
    size = SIZES[kit[1]]
    for name, count in PAGES.items():
        sheet = PdfReader(kits_made[kit] / f"{name}.pdf")
        assert len(sheet.pages) == count, name
        box = sheet.pages[0].mediabox
        wide, high = sorted(size, reverse=name == "signs")
        assert float(box.width) == pytest.approx(wide * POINTS, abs=1.5), name
        assert float(box.height) == pytest.approx(high * POINTS, abs=1.5), name
        marks: Any = sheet.root_object["/MarkInfo"]
        assert marks["/Marked"]
        for page in sheet.pages:
            assert page.extract_text().strip()
            assert all(map(is_in_the_file, fonts_of(page)))


@kits
def test_nothing_is_cut_off_and_all_can_be_read(kits_made, kit, new_page):
    page = new_page(width=1400, height=1000)
    page.emulate_media(media="print")
    for path in sorted(kits_made[kit].glob("*.html")):
        if path.stem == "cards":
            continue
        page.goto(path.as_uri())
        assert page.evaluate(CUT) == [], path.name
        assert min(page.evaluate(LETTERS)) * 0.75 >= SMALLEST - 0.01, path.name


@kits
def test_signs_are_read_from_five_metres_and_slides_from_the_last_row(
    kits_made, kit, new_page
):
    page = new_page(width=1400, height=1000)
    page.emulate_media(media="print")
    page.goto((kits_made[kit] / "signs.html").as_uri())
    sizes = page.evaluate(
        LETTERS.replace(".side *", ".sign :is(h1, .large, .poster p)")
    )
    assert min(sizes) * CAPITAL * 25.4 / 96 >= FAR * 5 / 4 / 1.5
    heads = page.evaluate(LETTERS.replace(".side *", ".sign h1"))
    assert min(heads) * CAPITAL * 25.4 / 96 >= FAR * 5 / 4 * 0.9
    for deck in decks():
        page.goto((kits_made[kit] / f"deck_{deck.id}.html").as_uri())
        sizes = page.evaluate(LETTERS.replace(".side *", ".slide :is(h1, p, li)"))
        # a letter of a twenty-fifth of the height, on any screen; what is small is less
        assert sorted(sizes)[len(sizes) // 10] * 25.4 / 96 >= WIDE[1] / 30


def test_the_kits_pages_have_no_barriers(kits_made, new_page):
    page = new_page(width=1100, height=1000)
    for name in (*PAGES, f"deck_{decks()[0].id}"):
        page.goto((kits_made["nb", "letter"] / f"{name}.html").as_uri())
        assert page.get_attribute("html", "lang") == "nb"
        found = Axe().run(page)
        assert not found.response["violations"], (name, found.generate_report())
