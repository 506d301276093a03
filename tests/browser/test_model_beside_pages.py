"""Pages with the model's script beside them, without it, and with a part of it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.questions import question
from llm_lessons.pages.page import page as page_of
from llm_lessons.pages.writing import write_models
from llm_lessons.widgets import NextToken, Predict, TokenStrip
from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers, opened
from tests.browser.static_page import small_lesson

FIRST = "Once upon a time"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a small lesson, and the models that it asks."""
    quiz = Predict(question("04.zero"))
    widgets = NextToken(load("fjord"), FIRST), TokenStrip(FIRST), quiz
    taught = small_lesson("a_lesson", "# A lesson", widgets)
    out = tmp_path_factory.mktemp("folder")
    (out / "page.html").write_text(page_of("A lesson", [taught]), encoding="utf-8")
    write_models(out)
    return out


def test_the_model_answers_on_a_phone_without_a_network(folder, new_page):
    phone = opened(folder, new_page, "page", has_touch=True, **PHONE)
    text, strip = phone.get_by_label("Text so far"), phone.locator(".ll-token-strip")
    # before it is there: what is typed early is answered once it is
    text.tap()
    text.fill("Ida has 12 marbles. Nils gives her")
    before = phone.locator(".ll-bars").inner_text()
    phone.locator("[data-answered]").wait_for(state="attached")
    expect(phone.locator(".ll-bars")).not_to_have_text(before)
    expect(phone.locator(".ll-next-token .ll-message")).to_be_empty()
    phone.get_by_label("Your text").fill("🦊 <script>")
    expect(strip.locator("section").first).to_contain_text("⟨0xF0⟩")
    expect(phone.locator(".ll-no-model")).to_have_count(0)
    is_as_narrow_as_its_window(phone)


def test_a_page_without_its_model_says_so_once(folder, tmp_path, browser):
    shutil.copy(folder / "page.html", tmp_path)  # somebody has copied it alone
    context = browser.new_context(viewport=PHONE)
    alone, said = context.new_page(), []
    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.goto((tmp_path / "page.html").as_uri())
    alone.locator("[data-answered]").wait_for(state="attached")
    note = alone.get_by_role("note")
    expect(note).to_have_count(1)
    expect(note).to_contain_text("fjord.js, belongs beside this page")
    assert len(said) == 1, said  # the browser's own remark that there is no such file
    no_barriers(alone)
    bars = alone.locator(".ll-bars")
    before = bars.inner_text()
    alone.get_by_role("slider", name="Temperature").press("End")
    expect(bars).not_to_have_text(before)
    alone.get_by_label("Text so far").fill("Ida")
    excuse = alone.locator(".ll-next-token .ll-message")
    expect(excuse).to_contain_text("the bars stay with “Once upon a time”")
    expect(excuse).to_contain_text("Its file is missing beside this page.")
    context.close()


def test_a_model_that_came_in_part_is_missing(folder, new_page):
    script = (folder / "fjord.js").read_text(encoding="ascii")
    torn = script.replace('"weights": "', '"weights": "****', 1)
    page = new_page()
    page.route("**/fjord.js", lambda route: route.fulfill(body=torn))
    page.goto((folder / "page.html").as_uri())
    expect(page.get_by_role("note")).to_contain_text("is missing or damaged")
