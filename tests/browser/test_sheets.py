"""The sheets as printed: two sides of paper, large figures, nothing cut off."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.pages.execution import executed, lessons
from llm_lessons.pages.printing import find_browser, print_pdf
from llm_lessons.pages.sheet import Sheet, sheet, sheets_page
from llm_lessons.pages.sheet_words import has_words
from tests.browser.made_page import no_barriers, tagged
from tests.rest import rest

PATHS = [path for path in lessons() if has_words(path.stem)]
NAMES = [path.stem for path in PATHS]
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm
POINTS = 72 / 25.4  # in a millimetre
PIXELS = 96 / 25.4
HIGH = 90  # mm, of the measurement's figure
SMALLEST = 8  # points
TRACES = (
    r"Shift|\.(check|hint|solution)\(\)|this (cell|notebook)|below you|takes some sec|"
    r"it/s|\d%\||process \d|/home/|/tmp/|/work/|\.py\b|ll\.|[{}]"
)
every_paper = pytest.mark.parametrize("paper", ["a4", *rest("letter")])


@pytest.fixture(scope="module")
def made() -> list[Sheet]:
    """All sheets; lessons that other tests have run are not run again."""
    fjord = load("fjord")
    return [sheet(fjord, path.stem, executed(path)) for path in PATHS]


@pytest.fixture(scope="module")
def printed(browser, made, tmp_path_factory) -> Callable[[str], Path]:
    """What prints all sheets in one file on this paper, once."""
    out = tmp_path_factory.mktemp("sheets")

    @cache
    def on(paper: str) -> Path:
        page = out / f"{paper}.html"
        page.write_text(sheets_page("Sheets", made, paper), encoding="utf-8")
        print_pdf(page, page.with_suffix(".pdf"), find_browser())
        return page.with_suffix(".pdf")

    return on


@every_paper
def test_each_sheet_has_two_sides_with_tags_and_its_fonts(printed, paper):
    pages = tagged(printed(paper)).pages
    assert len(pages) == 2 * len(NAMES)
    wide, high = PAPERS[paper]
    for place, page in enumerate(pages):
        assert abs(float(page.mediabox.width) - wide * POINTS) < 1
        assert abs(float(page.mediabox.height) - high * POINTS) < 1
        assert f"page {place % 2 + 1} of 2" in page.extract_text()


def test_a_sheet_asks_on_one_side_and_answers_on_the_other(printed, made):
    sides = [
        " ".join(page.extract_text().split()) for page in PdfReader(printed("a4")).pages
    ]
    for place, name in enumerate(NAMES):
        first, second = sides[2 * place : 2 * place + 2]
        asked = [q for q in QUESTIONS if q.name[:2] == name[:2] and q.text in first]
        (question,) = asked
        assert all(choice.text in first for choice in question.choices), name
        assert "CC BY 4.0" in first and "CC BY 4.0" in second, name
        (right,) = (choice.why for choice in question.choices if choice.right)
        begin = re.split(r"(?<=[.!?]) ", right)[0]
        assert begin not in first and begin in made[place].sides[1], name


def test_no_trace_of_a_notebook_is_printed(made):
    for name, one in zip(NAMES, made, strict=True):
        text = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", "".join(one.sides), flags=re.S)
        assert not re.findall(TRACES, text, re.IGNORECASE), name
        assert len(one.answers) == 3 and all(map(str.strip, one.answers)), name


@every_paper
def test_figures_and_letters_are_large_and_nothing_is_too_wide(
    printed, new_page, paper
):
    """In a window that is as wide as what the paper's margins leave."""
    laid = new_page(width=round((PAPERS[paper][0] - 28) * PIXELS), height=1000)
    laid.emulate_media(media="print")
    laid.goto(printed(paper).with_suffix(".html").as_uri())
    heights = laid.evaluate(
        "[...document.querySelectorAll('.measured svg')]"
        ".map(it => it.getBoundingClientRect().height)"
    )
    assert len(heights) == len(NAMES)
    assert min(heights) / PIXELS >= HIGH, [round(one / PIXELS) for one in heights]
    # matplotlib draws letters as outlines, in hundredths of their size in points
    for name, scale, size in laid.evaluate(
        """[...document.querySelectorAll('.measured svg')].flatMap(it => {
            const box = it.getBoundingClientRect(), view = it.viewBox.baseVal;
            const scale = Math.min(box.width / view.width, box.height / view.height);
            return [...it.innerHTML.matchAll(/scale\\(([\\d.]+) -/g)].map(
                found => [it.closest('.side').id, scale, found[1] * 100]);
        })"""
    ):
        assert scale * size * 0.75 >= SMALLEST, (name, size)
    smallest = laid.evaluate(
        """[...document.querySelectorAll('.side *')]
            .filter(it => !it.closest('.measured, .machine'))
            .filter(it => [...it.childNodes].some(
                n => n.nodeType == 3 && n.data.trim()))
            .map(it => {
                const px = parseFloat(getComputedStyle(it).fontSize);
                const svg = it.closest('svg'), wide = svg?.viewBox.baseVal.width;
                return px * (svg ? svg.getBoundingClientRect().width / wide : 1);
            })"""
    )
    assert min(smallest) * 0.75 >= SMALLEST - 0.01
    out = laid.evaluate(
        """[...document.querySelectorAll('.side *')].filter(it => {
            const box = it.getBoundingClientRect();
            return !it.closest('svg') && box.right > innerWidth + 0.5;
        }).map(it => it.outerHTML.slice(0, 80))"""
    )
    assert not out


def test_a_sheet_has_no_barriers(printed, new_page):
    page = new_page(width=900)
    page.goto(printed("a4").with_suffix(".html").as_uri())
    no_barriers(page)
