"""A link to a toy: a friend who opens it finds the toy as it was left."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.questions import question
from llm_lessons.pages.page import page
from llm_lessons.pages.writing import write_models
from llm_lessons.widgets import NextToken, Predict, TwoRuns
from tests.browser.made_page import (
    is_as_narrow_as_its_window,
    no_barriers,
    opened,
    unfolded,
)
from tests.browser.static_page import small_lesson

FIRST, TYPED = "Once upon a time", "On Monday, Åse & <b>Ola</b> paid 100%."
# A file's page may not always write to the clipboard: the test takes its place.
TAKES, REFUSES = (
    "Object.defineProperty(navigator, 'clipboard', { configurable: true, "
    f"value: {{ writeText: async (text) => {{ {body} }} }} }})"
    for body in ("window.copied = text;", "throw new Error('refused');")
)
HOSTILE = "#temperature=%7B%22a%22%3A1%7D&top_k=-1&_logits=1&x=%E0%A4%A&toy=NextToken-1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson with a toy and a quiz in sight, another in a fold, and their model."""
    lm = load("fjord")
    seen = NextToken(lm, FIRST), Predict(question("04.zero"))
    own = "# A lesson", seen, "## On paper", (TwoRuns(lm, FIRST, 5),)
    out = tmp_path_factory.mktemp("shared")
    made = page("A lesson", [small_lesson("a_lesson", *own)])
    (out / "page.html").write_text(made, encoding="utf-8")
    write_models(out)
    return out


def link_to(page: Page, widget: str) -> str:
    below = page.locator(f"div:has(> {widget}) + .share")
    below.get_by_role("button", name="Copy link to this").press("Enter")
    expect(below.get_by_role("status")).to_have_text("Link copied.")
    link = page.evaluate("window.copied")
    assert link == page.url
    return link


def test_a_friend_finds_the_toy_as_it_was_left(folder, new_page):
    own = opened(folder, new_page, "page", width=820)
    own.evaluate(TAKES)
    unfolded(own)
    own.locator("[data-answered]").wait_for()
    expect(own.locator(".share")).to_have_count(2)  # the quiz has none
    runs = own.locator(".ll-two-runs")
    runs.get_by_label("Text so far").fill(TYPED)
    expect(runs.locator(".ll-given").first).to_have_text(TYPED)
    link = link_to(own, ".ll-two-runs")

    friends = new_page(width=820, reduced_motion="reduce", offline=True)
    friends.goto(link)
    theirs = friends.locator(".ll-two-runs")
    expect(theirs).to_be_in_viewport()  # though a fold holds it
    expect(theirs.get_by_label("Text so far")).to_have_value(TYPED)
    expect(theirs.locator(".ll-given").first).to_have_text(TYPED)
    temperature = friends.locator(".ll-slider output").first
    expect(temperature).to_have_text("1.00")
    # another link in the same page
    own.get_by_role("slider", name="Temperature").press("End")
    again = link_to(own, ".ll-next-token").partition("#")[2]
    friends.evaluate("(hash) => { location.hash = hash; }", again)
    expect(temperature).to_have_text("3.00")
    expect(friends.locator("div:has(> .ll-next-token)")).to_be_focused()
    # and one that is damaged or hostile opens the page as always
    friends.goto("about:blank")
    friends.goto((folder / "page.html").as_uri() + HOSTILE)
    friends.locator("[data-answered]").wait_for()
    expect(temperature).to_have_text("1.00")


def test_where_the_clipboard_is_refused_the_link_is_there_to_copy(folder, new_page):
    own = opened(folder, new_page, "page", width=360, color_scheme="dark")
    own.evaluate(REFUSES)
    own.get_by_role("slider", name="Temperature").press("End")
    below = own.locator("div:has(> .ll-next-token) + .share")
    below.get_by_role("button", name="Copy link to this").press("Enter")
    field = below.get_by_label("Link to this")
    expect(field).to_be_focused()
    link = field.input_value()
    assert link.endswith("#temperature=3&toy=NextToken-1")
    assert own.evaluate("document.activeElement.selectionEnd") == len(link)
    is_as_narrow_as_its_window(own)
    no_barriers(own)
    own.emulate_media(media="print")
    expect(below).to_be_hidden()
