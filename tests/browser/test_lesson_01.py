"""The lesson on tokens and its two widgets: typed into, dragged, read, in the dark."""

import re

from playwright.sync_api import Locator, Page, expect

from llm_lessons.lessons.tokens.vocabularies import vocabularies
from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import GrowingVocabulary
from tests import tiny
from tests.browser.made_page import drag
from tests.browser.notebook_page import NOTEBOOKS

LESSON = NOTEBOOKS / "01_tokens.ipynb"
MANY = 380  # tokens in the vocabulary that the slider goes through


def pieces(page: Page) -> list[str]:
    """What stands between the borders that are drawn among the letters."""
    found: list[str] = []
    for letter in page.locator(".ll-letter").all():
        if "ll-begins" in (letter.get_attribute("class") or ""):
            found.append("")
        found[-1] += letter.locator("bdi").inner_text()
    return found


def rows(page: Page) -> Locator:
    return page.locator(".ll-token-strip section")


def test_a_vocabulary_grows_without_a_kernel(open_page):
    grown = GrowingVocabulary(train_sentencepiece(tiny.TEXTS, MANY), "The fox ran.")
    page = open_page(grown, width=820)
    slider, row = page.get_by_label("Tokens in the vocabulary"), rows(page)
    expect(row.locator(".ll-count")).to_have_text("12 tokens")
    expect(page.locator(".ll-latest")).to_contain_text("Nothing learned yet")
    expect(slider).to_have_attribute("data-lm-suppress-shortcuts", "true")
    slider.press("ArrowRight")
    text = f"{grown.fewest + 1}; the text takes "
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"^{text}"))
    slider.press("End")
    expect(page.locator(".ll-latest code")).to_have_count(6)
    assert len(pieces(page)) < 8
    page.get_by_label("Your text").fill("The fox\nfox 🦊")
    expect(page.locator(".ll-letter").last).to_contain_text("⟨0x8A⟩")
    assert pieces(page)[:4] == ["The", "␣fox", "↵", "fo"]
    expect(row.locator(".ll-letters p")).to_have_text(re.compile(r"^The \| space fox"))
    page.get_by_label("Your text").fill("a" * 500)
    expect(page.locator(".ll-message")).to_contain_text("Only the first 400 characters")
    slider.press("Home")
    expect(row.locator(".ll-count")).to_have_text("400 tokens")


def test_typing_and_growing_in_the_lesson(open_lesson):
    page = open_lesson(LESSON)
    strip = page.locator(".ll-token-strip").first
    row = strip.locator("section").first
    fjord, text = vocabularies()["Fjord"], "Once upon a time 🦊"
    strip.get_by_label("Your text").fill("")
    page.keyboard.type(text)
    ids = fjord.encode(text)
    expect(row.locator(".ll-count")).to_have_text(f"{len(ids)} tokens")
    told = row.get_by_role("listitem").locator("small").all_inner_texts()
    assert list(map(int, told)) == ids

    grown = page.locator(".ll-growing")
    slider, count = grown.get_by_role("slider"), grown.locator(".ll-count")
    letters = int(count.inner_text().split()[0])
    slider.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    assert int(count.inner_text().split()[0]) < letters
    drag(page, slider, 0.02, 1)
    whole = grown.get_by_text(f"{fjord.vocab_size:,}", exact=True)
    expect(whole).to_be_visible()
    assert int(count.inner_text().split()[0]) < letters / 2
