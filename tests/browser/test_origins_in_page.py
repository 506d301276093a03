"""Where a text came from: in a page from a disk, and with what Python answers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from llm_lessons.language_model.loading import load
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.origins_script import FILE, origins_script
from llm_lessons.widgets import ChatBox, Continuations, NextToken, TwoRuns
from tests.browser.made_page import button, is_as_narrow_as_its_window, no_barriers
from tests.browser.static_page import static_page

PROMPT = "Once upon a time there was a girl called Ida"
ASK = "Where did that come from?"
GROUND = "body { background: Canvas; }"  # else axe takes it for white
LINE = "(mark) => getComputedStyle(mark).textDecorationLine"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, lm = tmp_path_factory.mktemp("folder"), load("fjord")
    (out / "fjord.js").write_text(model_script(lm), encoding="ascii")
    (out / FILE).write_text(origins_script(lm), encoding="ascii")
    talk = ChatBox(lm, ["Hello!", "What is your name?"])
    toys = Continuations(lm, NextToken(lm, PROMPT)), TwoRuns(lm, PROMPT), talk
    html = static_page(*toys, script="fjord.js")
    (out / "page.html").write_text(html, encoding="utf-8")
    return out


def test_a_page_marks_what_was_read(folder, new_page):
    """In texts, in runs, and in answers; on a phone in the dark."""
    page = new_page(width=360, height=740, color_scheme="dark", offline=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "page.html").as_uri())
    page.locator("[data-answered]").wait_for(state="attached")
    page.add_style_tag(content=GROUND)
    texts, runs, chat = (
        page.locator(f".ll-{name}")
        for name in ("continuations", "two-runs", "chat-box")
    )
    assert not any(url.endswith(FILE) for url in asked)  # until somebody asks
    before = texts.locator(".ll-draw li").all_inner_texts()
    ask = texts.get_by_role("button", name=ASK)
    ask.press("Enter")
    says, marks = texts.locator(".ll-origin-words"), texts.locator("mark.ll-origin")
    expect(says).to_contain_text(re.compile(r"[\d,]+ of [\d,]+ tokens stand in pieces"))
    expect(says).to_contain_text("new tokens is marked by mistake")
    assert marks.count() > 10
    assert marks.first.evaluate(LINE) == "underline"  # not by its colour alone
    words = [" ".join(text.split()) for text in before]
    marked = texts.locator(".ll-draw li").all_inner_texts()
    assert [" ".join(text.split()) for text in marked] == words
    # What is drawn then is looked up, too.
    texts.get_by_role("button", name="Draw 20").click()
    expect(texts.locator(".ll-draw")).to_have_count(2)
    expect(says).to_contain_text(re.compile(r"of 7\d\d tokens"), timeout=60_000)
    assert texts.locator(".ll-draw").first.locator("mark.ll-origin").count()

    expect(runs.get_by_role("button", name=ASK)).to_be_hidden()  # nothing is written
    button(runs, "To the end").click()
    told, sides = "\n(they part here)\n", runs.locator(".ll-text")
    before = [text.replace(told, "") for text in sides.all_inner_texts()]
    runs.get_by_role("button", name=ASK).click()
    expect(runs.locator(".ll-text mark.ll-origin").first).to_be_visible()
    assert sides.all_inner_texts() == before
    button(runs, "Start again").click()
    expect(runs.locator("mark.ll-origin")).to_have_count(0)

    said = chat.locator(".ll-said").all_inner_texts()
    chat.get_by_role("button", name=ASK).click()
    answers = chat.locator(".ll-origin-words")
    expect(answers).to_contain_text(re.compile("stand in pieces .* word for word"))
    expect(chat.locator(".ll-assistant mark.ll-origin").first).to_be_visible()
    expect(chat.locator(".ll-user mark")).to_have_count(0)  # that is the learner's
    assert chat.locator(".ll-said").all_inner_texts() == said
    is_as_narrow_as_its_window(page)
    no_barriers(page, within=".ll-widget")
    ask.click()
    expect(marks).to_have_count(0)
    expect(says).to_be_hidden()
    assert sum(url.endswith(FILE) for url in asked) == 1


@pytest.mark.rest
def test_in_a_notebook_the_kernel_shows_a_page_that_has_a_piece(open_notebook):
    cells = [
        "import llm_lessons as ll\nlm = ll.load()\n"
        f"texts = ll.Continuations(lm, ll.NextToken(lm, {PROMPT!r}))\ntexts"
    ]
    page = open_notebook(cells)
    page.get_by_role("button", name=ASK).click()
    says = page.locator(".ll-origin-words")
    expect(says).to_contain_text("Looking in all of Fjordby")
    expect(says).to_contain_text("The longest piece of one page has", timeout=180_000)
    expect(says).not_to_contain_text("by mistake")
    mark = page.locator(".ll-draw mark.ll-origin").nth(1)
    expect(mark).to_have_role("button")
    mark.press(" ")
    paper = page.locator(".ll-origin-page")
    expect(paper).to_be_focused()
    expect(paper.locator("p").first).to_contain_text("section: ")
    piece = paper.locator(".ll-origin-text mark")
    expect(piece).to_contain_text(mark.inner_text().strip())
    expect(mark).to_have_attribute("aria-current", "true")
    no_barriers(page, within=".ll-continuations")
    paper.get_by_role("button", name="Close").press("Enter")
    expect(paper).to_be_hidden()
    expect(mark).to_be_focused()
