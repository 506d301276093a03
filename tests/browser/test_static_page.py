"""The widgets in a page without a kernel: a saved notebook, a handout, a phone."""

from playwright.sync_api import expect

from llm_lessons.lessons.questions import Choice, Question
from llm_lessons.widgets import NextToken, Predict
from tests.browser.made_page import keeps_its_keys, press
from tests.widgets.stand_in import StandIn

CHOICES = (
    Choice("Ten different stories", False, "Nothing is left to chance."),
    Choice("The same story ten times", True, "The same <b>winner</b>, ten times."),
)
QUIZ = Question("99.ten", "Which?", CHOICES)
BLUE = {"light": "rgb(0, 114, 178)", "dark": "rgb(86, 180, 233)"}


def test_lives_without_a_kernel(open_page):
    page = open_page(NextToken(StandIn(), "Once"), Predict(QUIZ), width=820)
    page.get_by_label("Temperature").press("End")
    expect(page.locator(".ll-slider output").first).to_have_text("3.00")
    page.evaluate("Math.random = () => 0")  # a coin that always falls on the likeliest
    for turn in (1, 2):  # a second flip on the same token is told, too
        press(page, "Flip the coin")
        expect(page.locator(".ll-coin p")).to_contain_text(f"Flip {turn} fell on")
    expect(page.locator(".ll-drawn")).to_have_count(1)
    page.get_by_role("radio", name="The same story ten times").click()
    expect(page.locator(".ll-picked")).to_contain_text("✓ Right. The same <b>")
    box = page.get_by_label("Text so far")
    box.fill("Once upon")
    expect(page.locator(".ll-message")).to_contain_text(
        "No model is answering, so the bars stay with “Once”"
    )
    expect(box).to_have_value("Once upon")
    before = page.locator(".ll-entropy").inner_text()
    page.get_by_label("Temperature").press("Home")
    expect(page.locator(".ll-entropy")).not_to_have_text(before)
    expect(page.locator(".ll-entropy")).to_have_text(
        "Entropy 0.00 bits: worth 1 choice"
    )
    box.fill("Once")
    expect(page.locator(".ll-message")).to_be_empty()


def test_speaks_follows_the_readers_colours_and_prints_in_black(open_page):
    """Names, values in plain words, a table, and what changed."""
    widget = NextToken(StandIn(), "Once", temperature=0.8, top_k=5)
    page = open_page(widget, Predict(QUIZ), width=700)
    for name in ("Text so far", "Temperature", "Top-k", "Top-p"):
        keeps_its_keys(page.get_by_label(name))
    expect(page.get_by_label("Top-k")).to_have_attribute(
        "aria-valuetext", "only the likeliest 5 tokens"
    )
    row = page.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row.get_by_role("cell").first).to_contain_text("%")
    expect(page.get_by_role("row").nth(9)).to_contain_text("cut, was")
    heard = page.locator(".ll-unseen[role=status]")
    expect(heard).to_contain_text("Likeliest: “")
    expect(heard).to_contain_text("equal choices.")

    for scheme, blue in BLUE.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".ll-bar").first).to_have_css("background-color", blue)
    page.get_by_role("radio", name="The same story ten times").click()
    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator(".ll-bar").first).to_have_css("border-top-width", "1px")
    expect(page.locator(".ll-slider output").first).to_be_visible()
    for hidden in ("Flip the coin", "Add it to the text"):
        expect(page.get_by_text(hidden)).to_be_hidden()
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_text("The same <b>winner")).to_be_hidden()
    expect(page.locator(".ll-box").last).to_have_css(
        "background-color", "rgba(0, 0, 0, 0)"
    )
