"""What a toy shows, beside what Python calculates."""

import numpy as np
from playwright.sync_api import Page, expect

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.text.pieces import marks
from llm_lessons.widgets import Race
from tests.browser.notebook_page import TWO_FRAMES

# Of the bars: their tokens, without how the words likely go on.
NAMES = "all => all.map(one => one.title.split(', likely ')[0])"
WRITTEN = """side => [...side.children].slice(1).map(
    token => token.firstChild.textContent).join("")"""
SEEN = """all => all
    .filter(one => getComputedStyle(one).visibility === 'visible')
    .map(one => one.textContent)"""


def probability(lm: LanguageModel, text: str) -> np.ndarray:
    """Of each token to come next, [vocabulary]."""
    scores = lm.logits(text)
    odds = np.exp(scores - scores.max(), dtype=np.float64)
    return odds / odds.sum()


def odds_are(page: Page, widget: str, odds: np.ndarray) -> None:
    """The bars are those of these odds, [vocabulary], to the digit that is shown."""
    rows = page.locator(f"{widget} .ll-bars tbody tr:visible")
    names = rows.locator("th").evaluate_all(NAMES)[:-1]  # the last is all the others
    numbers = rows.locator("td > span:last-child").all_inner_texts()[:-1]
    shown = [float(text.split("\u00a0")[0].strip("<>")) for text in numbers]
    tokenizer = load("fjord").tokenizer
    named = marks(tokenizer)
    known = [
        named.get(str(token), piece.replace(" ", "␣").replace("\n", "↵"))
        for token, piece in enumerate(tokenizer.pieces)
    ]
    expected = [100 * odds[known.index(name)] for name in names]
    np.testing.assert_allclose(shown, expected, atol=0.11)


def turn_an_own_knob(page: Page) -> LanguageModel:
    """Turn a weight that is in no list; return Fjord as it is then."""
    lm, widget = load("fjord"), page.locator(".ll-knob")
    widget.locator(".ll-chooser details").evaluate("(one) => { one.open = true; }")
    widget.get_by_label("Matrix", exact=True).select_option("layers[5].down")
    for name, number in (("Column", "12"), ("Row", "99999")):
        field = widget.get_by_label(name, exact=True)
        field.fill(number)
        field.press("Enter")
    expect(widget.get_by_label("Row", exact=True)).to_have_value("512")  # the edge
    where = widget.locator(".ll-chooser code")
    expect(where).to_have_text("lm.params.layers[5].down[511, 11]")
    widget.get_by_role("slider", name="Value").press("Home")
    expect(page.locator(".ll-moved")).to_contain_text("of the probability has moved")
    page.evaluate(TWO_FRAMES)  # what has just been set is seen in the next one
    expect(widget.locator(".ll-stale")).to_have_count(0)
    weight = Weight("layers[5].down", 511, 11)
    lowest = float(knobs.stops(lm.params, weight)[0])
    return knobs.with_weight(lm, weight, lowest)


def texts_of_runs(page: Page) -> list[str]:
    """What both of two runs have written behind the prompt."""
    sides = page.locator(".ll-two-runs .ll-text").all()
    return [side.evaluate(WRITTEN) for side in sides]


def written(page: Page, side: int) -> str:
    """What a side of the race shows as written, without what only keeps the room."""
    text = page.locator(".ll-side").nth(side).locator(".ll-text div:not(.ll-room) span")
    return "".join(text.evaluate_all(SEEN))


def texts_of_race(race: Race, kind: int, problem: int) -> list[str]:
    """What both sides write in the end."""
    sides = race._kinds[kind][1][problem]["sides"]
    return ["".join(side["pieces"]) for side in sides]
