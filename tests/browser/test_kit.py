"""The kit as it is printed: each side on its paper, nothing cut, letters to be read."""

import math
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from llm_lessons.language_model.loading import load
from llm_lessons.pages.kit.page import SIZES, WIDE
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.figure_steps import load_all
from llm_lessons_room.content.kit import Settings, games_of, write_kit
from llm_lessons_room.handouts import ROOM
from tests.browser.made_page import (
    is_as_narrow_as_its_window,
    no_barriers,
    opened,
    tagged,
)
from tests.rest import rest

POINTS = 72 / 25.4  # in a millimetre
SMALLEST = 8  # points
FAR = 10  # mm of a letter's height for each 4 m: read from 5 m
CAPITAL = 0.72  # height of a capital letter, in the size of its font
# Sides whose text is cut off, with how much of it; and each text's size in pixels.
CUT = """[...document.querySelectorAll('.side')].filter(
    it => it.scrollHeight > it.clientHeight || it.scrollWidth > it.clientWidth
).map(it => it.innerText.slice(0, 40))"""
LETTERS = """[...document.querySelectorAll('.side *')]
    .filter(it => !it.closest('svg'))  // whose letters grow with it
    .filter(it => [...it.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
    .map(it => parseFloat(getComputedStyle(it).fontSize))"""
# Lines to write on: how high each is, in pixels.
LINES = """[...document.querySelectorAll('.side .line')]
    .map(it => it.getBoundingClientRect().height)"""
LONGEST = "nb letter day"
OTHERS = (
    "en a4 90_minutes",
    "nb a4 90_minutes",
    "nb a4 150_minutes",
    "en letter 150_minutes",
)


class Kit(NamedTuple):
    """The kit of an evening, in a language, on a paper, and where it lies."""

    language: str
    paper: str
    evening: str
    folder: Path


@pytest.fixture(scope="session", params=[LONGEST, *rest(*OTHERS)])
def kit(browser, request, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    language, paper, evening = request.param.split()
    out, lm = tmp_path_factory.mktemp(f"kit-{language}-{paper}"), load("fjord")
    address = "http://192.168.10.20:8766/"
    asked = Settings(25, paper, language, address, evening=evening)
    page = browser.new_page()  # as `print_pdf` does, without a browser for each file
    for path in write_kit(out, lm, games_of(lm, asked), asked, load_all(ROOM, decks())):
        if not path.stem.startswith("deck_"):
            page.goto(path.as_uri())
            pdf = path.with_suffix(".pdf")
            page.pdf(path=pdf, prefer_css_page_size=True, tagged=True)
    page.close()
    return Kit(language, paper, evening, out)


def test_nothing_is_cut_off_and_all_can_be_read_and_written_on(kit, new_page):
    wide = new_page(width=1400, height=1000)
    # a sheet is as wide as what its paper's margins leave
    narrow = new_page(width=round((SIZES[kit.paper][0] - 28) * 96 / 25.4), height=1000)
    for path in sorted(kit.folder.glob("*.html")):
        page = narrow if re.match(r"leaf|\d\d_", path.stem) else wide
        page.emulate_media(media="screen")
        page.goto(path.as_uri())
        assert page.get_attribute("html", "lang") == kit.language
        if path.stem == "cards":
            continue
        no_barriers(page)
        page.emulate_media(media="print")
        assert page.evaluate(CUT) == [], path.name
        assert min(page.evaluate(LETTERS)) * 0.75 >= SMALLEST - 0.01, path.name
    there_is_room_to_write_and_signs_are_read_from_far(kit, wide)
    phone = opened(kit.folder, new_page, "cards", width=360, color_scheme="dark")
    is_as_narrow_as_its_window(phone)
    no_barriers(phone)


def there_is_room_to_write_and_signs_are_read_from_far(kit: Kit, page: Page) -> None:
    """Signs from five metres, slides from the last row."""
    for name in ("verse", "exit"):
        page.goto((kit.folder / f"{name}.html").as_uri())
        lines = page.evaluate(LINES)
        assert lines and min(lines) * 25.4 / 96 >= 7.5, name  # mm
    page.goto((kit.folder / "signs.html").as_uri())
    for what, share in ((":is(h1, .large, .poster p)", 1 / 1.5), ("h1", 0.9)):
        sizes = page.evaluate(LETTERS.replace(".side *", f".sign {what}"))
        assert min(sizes) * CAPITAL * 25.4 / 96 >= FAR * 5 / 4 * share, what
    page.goto((kit.folder / f"deck_{kit.evening}.html").as_uri())
    sizes = page.evaluate(LETTERS.replace(".side *", ".slide :is(h1, p, li)"))
    # a letter of a twenty-fifth of the height, on any screen; what is small is less
    assert sorted(sizes)[len(sizes) // 10] * 25.4 / 96 >= WIDE[1] / 30


def test_the_list_counts_the_pages_that_come_out(kit, new_page):
    """On paper of the size asked for, with tags and their fonts."""
    page = new_page()
    page.goto((kit.folder / "kit.html").as_uri())
    rows = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    listed: dict[str, list[int]] = {}
    for row in (row for row in rows if len(row) == 5 and row[1]):
        found = re.fullmatch(r"(\w+\.pdf)(?:, \w+ (\d+)(?:–(\d+))?)?", row[1])
        assert found, row
        path = kit.folder / found[1]
        count = len(PdfReader(path).pages)
        first = int(found[2] or 1)
        last = int(found[3] or found[2] or count)
        assert last <= count
        listed.setdefault(found[1], []).extend(range(first, last + 1))
        sides = last - first + 1
        two_sided = row[4] in ("both sides", "begge sider")
        leaves = math.ceil(sides / 2) if two_sided else sides
        assert int(row[3]) == int(row[2]) * leaves, row
    for path in kit.folder.glob("*.pdf"):
        sheet = tagged(path)
        assert {*listed[path.name]} == {*range(1, len(sheet.pages) + 1)}, path.name
        box, size = sheet.pages[0].mediabox, SIZES[kit.paper]
        wide, high = sorted(size, reverse=path.stem == "signs")
        assert float(box.width) == pytest.approx(wide * POINTS, abs=1.5), path.name
        assert float(box.height) == pytest.approx(high * POINTS, abs=1.5), path.name
        assert all(page.extract_text().strip() for page in sheet.pages)
    used, may, reserve = (page.locator("table").nth(n).inner_text() for n in range(3))
    assert ("cards.pdf" in reserve) == (kit.evening != "day")
    relay = {"90_minutes": reserve, "150_minutes": may, "day": used}[kit.evening]
    assert re.search(r"cards.pdf, \w+ 6–8", relay)
