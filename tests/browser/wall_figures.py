"""The figures of the evenings, drawn for a screen from the results that are kept."""

import itertools
import re
from typing import Any

from playwright.sync_api import Page

from llm_lessons import figures
from llm_lessons.foundation.languages import tells
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.lossy_zip.shape_and_detail import RECALL
from llm_lessons.lessons.per_token_compute.changes import BOTH_WAYS
from llm_lessons.lessons.sampling.closed import PARTING
from llm_lessons.lessons.temperature.trade_off import TRADE_OFF
from llm_lessons.measuring import kept
from llm_lessons.pages.walls import on_the_wall
from llm_lessons_room.content.content import all_decks
from llm_lessons_room.content.figure_steps import asked_for
from llm_lessons_room.content.kinds import Drawn

STEPS = asked_for(all_decks())
EXPERIMENTS = {3: PARTING, 4: TRADE_OFF, 6: RECALL, 8: BOTH_WAYS}
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


def drawn(language: str) -> dict[tuple[int, str], Drawn]:
    """Each figure as screens of a language show it, and its sentence with a number."""
    tell, made = tells(language), {}
    for lesson, [step] in STEPS.items():
        one = EXPERIMENTS[lesson]
        result = kept.find(one, [load(name) for name in one.models[0]]).result
        names = {label: tell(label) for label in step.labels}
        with on_the_wall(names, "," if language == "nb" else "."):
            svg = figures.to_svg(result.figure(), alt="Curves.")
        said = re.sub(r"\{\w+\}", "100 %", step.own["said"])
        made[lesson, step.own["cell"]] = Drawn(svg, "Curves.", said)
    return made


def texts(page: Page) -> list[dict[str, Any]]:
    """What stands in the figure on a page."""
    return page.locator(".room-figure svg").evaluate(TEXTS)


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that lie on one another, and texts that lie on a mark."""
    found = [(one["words"], one["place"]) for one in texts(page)]
    marks = page.locator(".room-figure svg").evaluate(MARKS)
    pairs = itertools.chain(
        itertools.combinations(found, 2),
        itertools.product(found, [("a mark", place) for place in marks]),
    )
    return [(one, other) for (one, a), (other, b) in pairs if _meet(a, b)]


def _meet(one: list[float], other: list[float]) -> bool:
    return all(one[i] < other[i + 2] and other[i] < one[i + 2] for i in (0, 1))
