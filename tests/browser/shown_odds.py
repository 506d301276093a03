"""The bars of a widget, beside what Python calculates."""

import numpy as np
from playwright.sync_api import Page

from llm_lessons.language_model.loading import load
from llm_lessons.widgets.base import marks

# Of the bars: their tokens, without how the words likely go on.
NAMES = "all => all.map(one => one.title.split(', likely ')[0])"


def shows(page: Page, widget: str, odds: np.ndarray) -> None:
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
