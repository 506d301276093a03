"""The kit as it is printed: each side on its paper, nothing cut, letters to be read."""

import math
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from llm_lessons.handouts import figures_at_hand
from llm_lessons.loading import load
from llm_lessons.pages.cards import Games
from llm_lessons.pages.kit.page import SIZES, WIDE
from llm_lessons.pages.printing import find_browser, print_pdf
from llm_lessons.room.kit import Settings, games_of, write_kit
from tests.browser.made_page import fonts_of, is_in_the_file

POINTS = 72 / 25.4  # in a millimetre
SMALLEST = 8  # points
FAR = 10  # mm of a letter's height for each 4 m: read from 5 m
CAPITAL = 0.72  # height of a capital letter, in the size of its font
PAGES = {"kit": 1, "arrival": 1, "verse": 2, "signs": 5, "exit": 1, "certificate": 1}
PAGES |= {"ten_questions": 2, "ten_answers": 1}
# Sides whose text is cut off, with how much of it; and each text's size in pixels.
CUT = """[...document.querySelectorAll('.side')].filter(
    it => it.scrollHeight > it.clientHeight || it.scrollWidth > it.clientWidth
).map(it => it.innerText.slice(0, 40))"""
LETTERS = """[...document.querySelectorAll('.side *')]
    .filter(it => [...it.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
    .map(it => parseFloat(getComputedStyle(it).fontSize))"""
# Lines to write on, and boxes to tick: how high each is, in pixels.
LINES = """[...document.querySelectorAll('.side .line')]
    .map(it => it.getBoundingClientRect().height)"""
BOXES = LINES.replace(".line", ".box")
KITS = (
    ("en", "a4", "90_minutes"),
    ("nb", "letter", "day"),
    ("nb", "a4", "150_minutes"),
    ("en", "letter", "150_minutes"),
)
kits = pytest.mark.parametrize("kit", KITS)


@pytest.fixture(scope="session")
def kits_made(browser, tmp_path_factory: pytest.TempPathFactory) -> dict[Any, Path]:
    """The kit of each evening, in English and in Norwegian, on either paper."""
    lm, made = load("fjord"), {}
    sides: dict[str, Games] = {}
    for language, paper, evening in KITS:
        out = tmp_path_factory.mktemp(f"kit-{language}-{paper}")
        address = "http://192.168.10.20:8766/"
        asked = Settings(25, paper, language, address, evening=evening)
        if language not in sides:
            sides[language] = games_of(lm, asked)
        for path in write_kit(out, lm, sides[language], asked, figures_at_hand()):
            if not path.stem.startswith("deck_"):
                print_pdf(path, path.with_suffix(".pdf"), find_browser())
        made[language, paper, evening] = out
    return made


def pages_of(kit: tuple[str, str, str]) -> dict[str, int]:
    """How many sides each file has, but the games'."""
    return PAGES | {f"run_sheet_{kit[2]}": 2 if kit[2] == "day" else 1}


@kits
def test_each_part_has_its_pages_with_tags_and_fonts(kits_made, kit):
    size = SIZES[kit[1]]
    for name, count in pages_of(kit).items():
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
def test_the_list_counts_the_pages_that_come_out(kits_made, kit, new_page):
    page = new_page()
    page.goto((kits_made[kit] / "kit.html").as_uri())
    rows = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    listed: dict[str, list[int]] = {}
    for row in (row for row in rows if len(row) == 5 and row[1]):
        found = re.fullmatch(r"(\w+\.pdf)(?:, \w+ (\d+)(?:–(\d+))?)?", row[1])
        assert found, row
        path = kits_made[kit] / found[1]
        if re.match(r"\d\d_", found[1]):  # the sheet of a lesson
            assert row[2] == row[3] == "25"
            continue
        count = len(PdfReader(path).pages)
        first = int(found[2] or 1)
        last = int(found[3] or found[2] or count)
        assert last <= count
        listed.setdefault(found[1], []).extend(range(first, last + 1))
        sides = last - first + 1
        two_sided = row[4] in ("both sides", "begge sider")
        leaves = math.ceil(sides / 2) if two_sided else sides
        assert int(row[3]) == int(row[2]) * leaves, row
    for path in kits_made[kit].glob("*.pdf"):
        count = len(PdfReader(path).pages)
        if path.name != "kit.pdf":  # which is the list; all else is on it, whole
            assert {*listed[path.name]} == {*range(1, count + 1)}, path.name
    used, reserve = (page.locator("table").nth(n).inner_text() for n in (0, 1))
    plays_relay = kit[2] != "90_minutes"
    assert ("cards.pdf" in reserve) == (kit[2] != "day")
    assert (re.search(r"cards.pdf, \w+ 6–8", used) is not None) == plays_relay


@kits
def test_there_is_room_to_write_and_to_tick(kits_made, kit, new_page):
    page = new_page(width=1400, height=1000)
    page.emulate_media(media="print")
    for name in ("verse", "exit"):
        page.goto((kits_made[kit] / f"{name}.html").as_uri())
        lines = page.evaluate(LINES)
        assert lines and min(lines) * 25.4 / 96 >= 7.5, name  # mm
    page.goto((kits_made[kit] / "ten_questions.html").as_uri())
    assert min(page.evaluate(BOXES)) * 25.4 / 96 >= 3.5


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
    page.goto((kits_made[kit] / f"deck_{kit[2]}.html").as_uri())
    sizes = page.evaluate(LETTERS.replace(".side *", ".slide :is(h1, p, li)"))
    # a letter of a twenty-fifth of the height, on any screen; what is small is less
    assert sorted(sizes)[len(sizes) // 10] * 25.4 / 96 >= WIDE[1] / 30


def test_the_kits_pages_have_no_barriers(kits_made, new_page):
    page = new_page(width=1100, height=1000)
    kit = KITS[1]
    for name in (*pages_of(kit), f"deck_{kit[2]}"):
        page.goto((kits_made[kit] / f"{name}.html").as_uri())
        assert page.get_attribute("html", "lang") == "nb"
        found = Axe().run(page)
        assert not found.response["violations"], (name, found.generate_report())
