"""The sheets as printed: two sides of paper, large figures, nothing cut off."""

import re
from html import unescape
from pathlib import Path

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.pages.execution import executed, lessons
from llm_lessons.pages.printing import find_browser, print_pdf
from llm_lessons.pages.sheet import Sheet, sheet, sheets_page
from llm_lessons.pages.sheet_words import has_words
from tests.browser.made_page import no_barriers, tagged
from tests.rest import rest

PATHS = [path for path in lessons() if has_words(path.stem)]
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm
POINTS = 72 / 25.4  # in a millimetre
PIXELS = 96 / 25.4
HIGH = 90  # mm, of the measurement's figure
SMALLEST = 8  # points
TRACES = (
    r"Shift|\.(check|hint|solution)\(\)|this (cell|notebook)|below you|takes some sec|"
    r"it/s|\d%\||process \d|/home/|/tmp/|/work/|\.py\b|ll\.|[{}]"
)
HEIGHTS = """[...document.querySelectorAll('.measured svg')]
    .map(it => it.getBoundingClientRect().height)"""
# matplotlib draws letters as outlines, in hundredths of their size in points
OUTLINES = """[...document.querySelectorAll('.measured svg')].flatMap(it => {
    const box = it.getBoundingClientRect(), view = it.viewBox.baseVal;
    const scale = Math.min(box.width / view.width, box.height / view.height);
    return [...it.innerHTML.matchAll(/scale\\(([\\d.]+) -/g)].map(
        found => [it.closest('.side').id, scale * found[1] * 100]);
})"""
LETTERS = """[...document.querySelectorAll('.side *')]
    .filter(it => !it.closest('.measured, .machine'))
    .filter(it => [...it.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
    .map(it => {
        const px = parseFloat(getComputedStyle(it).fontSize);
        const svg = it.closest('svg'), wide = svg?.viewBox.baseVal.width;
        return px * (svg ? svg.getBoundingClientRect().width / wide : 1);
    })"""
TOO_WIDE = """[...document.querySelectorAll('.side *')].filter(it => {
    const box = it.getBoundingClientRect();
    return !it.closest('svg') && box.right > innerWidth + 0.5;
}).map(it => it.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def made() -> dict[str, Sheet]:
    """All sheets; lessons that other tests have run are not run again."""
    fjord = load("fjord")
    return {path.stem: sheet(fjord, path.stem, executed(path)) for path in PATHS}


def plain(html: str, between: str) -> str:
    """A side without its figures, with this in the place of each tag."""
    text = re.sub(r"<svg.*?</svg>|<[^>]*>", between, html, flags=re.S)
    return " ".join(unescape(text).split())


def test_a_sheet_asks_on_one_side_and_answers_on_the_other(made):
    for name, one in made.items():
        traces = re.findall(TRACES, plain("".join(one.sides), " "), re.IGNORECASE)
        assert not traces, name
        assert len(one.answers) == 3 and all(map(str.strip, one.answers)), name
        first, second = (plain(side, "") for side in one.sides)
        asked = [q for q in QUESTIONS if q.name[:2] == name[:2] and q.text in first]
        (question,) = asked
        assert all(choice.text in first for choice in question.choices), name
        (right,) = (choice.why for choice in question.choices if choice.right)
        begin = re.split(r"(?<=[.!?]) ", right)[0]
        assert begin not in first and begin in second, name


@pytest.mark.parametrize("paper", ["a4", *rest("letter")])
def test_printed_sheets_have_two_sides_large_figures_and_nothing_too_wide(
    made, new_page, tmp_path: Path, paper: str
):
    file, pdf = tmp_path / "sheets.html", tmp_path / "sheets.pdf"
    file.write_text(sheets_page("Sheets", [*made.values()], paper), encoding="utf-8")
    print_pdf(file, pdf, find_browser())
    pages = tagged(pdf).pages
    assert len(pages) == 2 * len(PATHS)
    wide, high = PAPERS[paper]
    for place, page in enumerate(pages):
        assert abs(float(page.mediabox.width) - wide * POINTS) < 1
        assert abs(float(page.mediabox.height) - high * POINTS) < 1
        text = page.extract_text()
        assert f"page {place % 2 + 1} of 2" in text and "CC BY 4.0" in text

    # in a window that is as wide as what the paper's margins leave
    laid = new_page(width=round((wide - 28) * PIXELS), height=1000)
    laid.goto(file.as_uri())
    no_barriers(laid)
    laid.emulate_media(media="print")
    heights = laid.evaluate(HEIGHTS)
    assert len(heights) == len(PATHS)
    assert min(heights) / PIXELS >= HIGH, [round(one / PIXELS) for one in heights]
    for name, size in laid.evaluate(OUTLINES):
        assert size * 0.75 >= SMALLEST, (name, size)
    assert min(laid.evaluate(LETTERS)) * 0.75 >= SMALLEST - 0.01
    assert laid.evaluate(TOO_WIDE) == []
