"""What the button of the texts and the slider of the check say when nobody answers."""

from playwright.sync_api import expect

from llm_lessons.widgets import Continuations, NextToken
from llm_lessons.widgets.setup_check import AnsweringSlider
from tests.browser.static_page import static_page
from tests.widgets.stand_in import StandIn


class Writer(StandIn):
    """Writes what a page must not take for its own."""

    def batch(self, prompts, max_tokens, temperature, top_k, top_p, seed):
        return ["<script>alert(1)</script>", "a\nb", " ", *prompts][: len(prompts)]


def test_texts_stay_and_the_silence_is_explained(new_page, tmp_path, screenshot):
    lm = Writer()
    path = tmp_path / "page.html"
    texts = Continuations(lm, NextToken(lm, "Once", top_p=0.9))
    slider = AnsweringSlider("Reload `this` page.")
    path.write_text(static_page(texts, slider), encoding="utf-8")
    page = new_page(width=820)
    page.goto(path.as_uri())

    items = page.locator(".ll-continuations li")
    expect(items.nth(0)).to_have_text("<script>alert(1)</script>")
    expect(items.nth(1)).to_have_text("a ↵ b")
    expect(items.nth(2)).to_have_text("⟨end of text⟩")
    status = page.locator(".ll-continuations [role=status]")
    drawn = "“Once” at temperature 1.00, top-p 0.90: 20 texts, 4 of them different."
    expect(status).to_have_text(drawn)

    page.get_by_role("button", name="Draw 20 continuations").click()
    expect(status).to_contain_text("No model is answering.", timeout=15_000)
    expect(items).to_have_count(20)
    trouble = page.locator(".ll-setup [role=status]")
    expect(trouble).to_contain_text("✗ Python has not answered yet.", timeout=15_000)
    expect(trouble).to_contain_text("Otherwise: Reload this page.")
    screenshot(page, "page")
