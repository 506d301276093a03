"""What the button of the texts and the slider of the check say when nobody answers."""

import pytest
from playwright.sync_api import expect

from llm_lessons.widgets import Continuations, NextToken
from llm_lessons.widgets.setup_check import AnsweringSlider
from tests import tiny

# What a page must not take for its own, what is cut, and what is there several times.
TEXTS = [["<script>alert(1)</script>", False], ["a\nb", True], [" ", False]]
SAME = [["Once", True]] * 3


@pytest.mark.rest
def test_texts_stay_and_the_silence_is_explained(open_page):
    lm = tiny.model()
    texts = Continuations(lm, NextToken(lm, "Once", top_p=0.9))
    first = texts.draws[0]
    texts.draws = [first | {"texts": TEXTS + SAME}, first | {"temperature": 0.5}]
    slider = AnsweringSlider("Reload `this` page.")
    page = open_page(texts, slider, width=820)

    items = page.locator(".ll-continuations li")
    expect(items.nth(0)).to_have_text("3\u00a0× Once\u00a0…")
    expect(items.nth(1)).to_have_text("<script>alert(1)</script> ⟨end of text⟩")
    expect(items.nth(2)).to_have_text("a ↵ b\u00a0…")
    expect(items.nth(3)).to_have_text("⟨end of text⟩")
    status = page.locator(".ll-continuations [role=status]")
    drawn = "“Once” at temperature 1.00, top-p 0.90: 4 different in 6."
    expect(status).to_have_text(drawn)
    earlier = page.get_by_role("group", name="Temperature 0.50, top-p 0.90")
    expect(earlier).to_have_count(1)
    page.get_by_role("slider", name="Temperature").press("Home")

    button = "Draw 20 continuations at temperature 0.00, top-p 0.90"
    page.get_by_role("button", name=button).click()
    expect(status).to_contain_text("No model is answering, so", timeout=15_000)
    expect(items.first).to_have_text("3\u00a0× Once\u00a0…")
    trouble = page.locator(".ll-setup [role=status]")
    expect(trouble).to_contain_text("a page has no Python to ask", timeout=15_000)
    page.evaluate("delete document.body.dataset.kernel")  # as if in a notebook
    page.get_by_role("slider", name="Drag me").press("End")
    expect(trouble).to_contain_text("✗ Python has not answered yet.", timeout=15_000)
    expect(trouble).to_contain_text("Otherwise: Reload this page.")
