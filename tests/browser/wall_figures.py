"""The figures of the evenings, drawn for a screen from results that were made up."""

import itertools
from typing import Any

from matplotlib.figure import Figure
from playwright.sync_api import Page

from llm_lessons import figures
from llm_lessons.languages import tells
from llm_lessons.lessons.lossy_zip.shape_and_detail import Recall
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.lessons.sampling.closed import OpenAndClosed
from llm_lessons.lessons.sampling.divergence import Divergence
from llm_lessons.lessons.temperature import trade_off
from llm_lessons.measuring.intervals import Share
from llm_lessons.room.content import all_decks
from llm_lessons.room.figure_steps import asked_for
from llm_lessons.room.walls import on_the_wall

STEPS = {lesson: steps for lesson, steps in asked_for(all_decks()).items()}
FAR = float("inf")
# Of each text: what it says, its letters' size in pixels, and its place.
TEXTS = """svg => [...svg.querySelectorAll('g[id*="text_"]')].map((one) => {
  const words = [...one.childNodes].filter((node) => node.nodeType === 8);
  const sizes = [...one.querySelectorAll('g[transform*="scale"]')].map((drawn) => {
    const { a, b, c, d } = drawn.getScreenCTM();
    return 100 * Math.sqrt(Math.abs(a * d - b * c));  // matplotlib's: 100 to an em
  });
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return { words: words.map((node) => node.data.trim()).join(" "), sizes,
    place: [left, top, right, bottom] };
}).filter((text) => text.sizes.length)"""
MARKS = """svg => [...svg.querySelectorAll('g[id*="ll-marks-"] use')].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


def share(value: float) -> Share:
    """A share with an interval."""
    return Share(value, max(0, value - 0.12), min(1, value + 0.12), 32)


def points(*rights: float) -> tuple[changes.Point, ...]:
    """Right answers for one change, two changes, and so on."""
    return tuple(
        changes.Point(n, share(right), 40, 1e6, ()) for n, right in enumerate(rights, 1)
    )


def results(lesson: int) -> Figure:
    """A lesson's figure, as the lesson draws it."""
    if lesson == 3:
        far, near = (FAR,) * 25 + (21, 31, 32), (1, 1, 1, 2, 4, 4, 4, 7, 8, 10, 12)
        return OpenAndClosed(Divergence(near), Divergence(far)).figure()
    if lesson == 4:
        rows = [(0, 0, 0.99), (0.2, 0.68, 1), (0.7, 0.92, 0.99), (1.3, 0.98, 0.83)]
        return trade_off.Tradeoff(
            tuple(
                trade_off.Point(t, share(variety), share(right), 9)
                for t, variety, right in (*rows, (2, 1, 0.2))
            )
        ).figure()
    if lesson == 6:
        rights = [0.02, 0.02, 0.05, 0.1, 0.22, 0.44, 0.81, 0.96, 1, 1, 1]
        begun = {n and 2 ** (n - 1): share(one) for n, one in enumerate(rights)}
        asked = {n: one for n, one in begun.items() if n > 1}
        return Recall(begun, asked, dict.fromkeys(begun, share(1))).figure({})
    return changes.BothWays(
        points(1, 0.09, 0.25, 0.28, 0.16, 0.06, 0.06, 0.09),
        points(1, 1, 1, 0.97, 0.94, 0.97, 0.03, 0),
    ).figure()


def on_a_screen(lesson: int, language: str) -> dict[str, Any]:
    """The step that shows a lesson's figure, as screens are told of it."""
    (step,), tell = STEPS[lesson], tells(language)
    names = {label: tell(label) for label in step.labels}
    with on_the_wall(names, "," if language == "nb" else "."):
        svg = figures.to_svg(results(lesson), alt="Curves.")
    said = tell(step.own["said"]).format_map(Numbers())
    shown = {"svg": svg, "alt": said, "said": said}
    return {"id": f"f{lesson}", "kind": "figure", "title": step.title, "shown": shown}


class Numbers(dict):
    """Stands for whatever number a sentence asks for."""

    def __missing__(self, name: str) -> str:
        return "100 %"


def texts(page: Page) -> list[dict[str, Any]]:
    """What stands in the figure on a page."""
    return page.locator(".room-figure svg").evaluate(TEXTS)


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that lie on one another, and texts that lie on a mark."""
    found = texts(page)
    marks: list[list[float]] = page.locator(".room-figure svg").evaluate(MARKS)
    pairs = [
        (one["words"], other["words"])
        for one, other in itertools.combinations(found, 2)
        if _meet(one["place"], other["place"])
    ]
    return pairs + [
        (one["words"], "a mark")
        for one, mark in itertools.product(found, marks)
        if _meet(one["place"], mark)
    ]


def _meet(one: list[float], other: list[float]) -> bool:
    return all(one[i] < other[i + 2] and other[i] < one[i + 2] for i in (0, 1))
