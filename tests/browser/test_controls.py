"""Glossary, quiz, exercise, guess and picker, by key, mouse and finger, in a page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from llm_lessons.language_model import another
from llm_lessons.lessons.checking.checker import Feedback
from llm_lessons.lessons.exercises import exercise
from llm_lessons.widgets import ExerciseBox, Guess, predict
from llm_lessons.widgets.model_picker import ModelPicker
from tests.browser.made_page import is_as_narrow_as_its_window
from tests.browser.static_page import static_page

TEXT = (
    '<h1>Words</h1><p>A <a href="glossary.html#Token">token</a> at a '
    '<a href="glossary.html#Temperature">temperature</a>; see '
    '<a href="other.html">elsewhere</a>. <button>A button</button></p>'
)


@pytest.fixture
def open_text(new_page, tmp_path):
    """A page of text with a quiz: `open_text(**page_options)`."""

    def open_(**options) -> Page:
        html = static_page(predict("04.zero"))
        html = html.replace("<body>", f"<body><main>{TEXT}</main>")
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        (tmp_path / "glossary.html").write_text('<link rel="icon" href="data:,">')
        opened = new_page(**options)
        opened.goto((tmp_path / "page.html").as_uri())
        opened.locator("[data-ready]").wait_for()
        return opened

    return open_


def test_a_word_explains_itself_and_a_quiz_gives_nothing_away(open_text):
    """By keyboard and by mouse."""
    page = open_text(width=700, height=500)
    word = page.get_by_role("tooltip")
    token, heat = (page.get_by_role("link", name=n) for n in ("token", "temperature"))
    expect(word).to_be_hidden()
    token.focus()
    expect(word).to_contain_text("A piece of text")
    assert word.get_attribute("id") == token.get_attribute("aria-describedby")
    page.keyboard.press("Tab")
    expect(word).to_contain_text("all scores are divided by")
    assert token.get_attribute("aria-describedby") is None
    found = Axe().run(page, None, {"runOnly": ["color-contrast", "region"]})
    assert "ll-tip" not in str([one["nodes"] for one in found.response["violations"]])
    page.keyboard.press("Escape")
    expect(word).to_be_hidden()
    expect(heat).to_be_focused()
    token.hover()
    expect(word).to_contain_text("A piece of text")
    word.hover()  # it stays while one reads it
    page.wait_for_timeout(400)
    expect(word).to_be_visible()
    page.get_by_role("button", name="A button").hover()
    expect(word).to_be_hidden()

    group = page.get_by_role("radiogroup", name="one single page")
    choices = group.get_by_role("radio")
    last = choices.count() - 1
    page.get_by_role("button", name="A button").focus()
    page.keyboard.press("Tab")
    for key, place in (
        ("ArrowDown", 1),
        ("ArrowRight", 2),
        ("Home", 0),
        ("ArrowLeft", last),
    ):
        page.keyboard.press(key)
        expect(choices.nth(place)).to_be_focused()
    expect(page.locator(".ll-picked")).to_have_count(0)
    page.keyboard.press("Space")
    expect(choices.nth(last)).to_be_checked()
    expect(group.get_by_role("status").nth(last)).not_to_be_empty()
    page.keyboard.press("Tab")  # out of the group, which is one stop
    page.keyboard.press("Shift+Tab")
    expect(choices.nth(last)).to_be_focused()


def test_a_finger_reads_the_word_first_and_follows_it_then(open_text):
    page = open_text(width=390, height=700, has_touch=True)
    word, token = page.get_by_role("tooltip"), page.get_by_role("link", name="token")
    token.tap()
    expect(word).to_contain_text("A piece of text")
    assert page.url.endswith("page.html")
    page.get_by_role("heading").tap()
    expect(word).to_be_hidden()
    token.tap()
    token.tap()
    page.wait_for_url("**/glossary.html#Token")


def test_a_box_helps_without_python_and_says_that_it_cannot_check(open_page):
    found = Feedback("not attempted", "Exercise 04.3", "Put `it` in.")
    page = open_page(ExerciseBox(exercise("04.3"), found), width=700, height=700)
    said, check = page.get_by_role("status"), page.get_by_role("button", name="Check")
    expect(said).to_have_text("Exercise 04.3: ○ Not attempted. Put it in.")
    check.focus()
    page.keyboard.press("Tab")
    for count in (1, 2, 3):
        expect(page.get_by_role("button", name=f"Hint {count} of 3")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("listitem")).to_have_count(count)
    off = page.get_by_role("button", name="No more hints")
    expect(off).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Solution").press("Space")
    solution = page.get_by_role("region", name="One way to do it")
    expect(solution).to_contain_text("def apply_temperature")
    check.click()
    expect(said).to_contain_text("A page without Python can show hints")


def test_boxes_are_labelled_and_reached_by_the_keys(open_page):
    page = open_page(ExerciseBox(exercise("09.2")), ExerciseBox(exercise("09.1")))
    pages = page.get_by_label("Whole pages")
    pages.focus()
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    first, second = (page.get_by_role("group", name=f"Exercise 09.{n}") for n in "21")
    expect(first.get_by_role("status")).to_contain_text("A page without Python can")
    choice = second.get_by_label("Your name:")
    expect(choice.get_by_role("option")).to_have_count(4)
    choice.focus()
    page.keyboard.press("C")
    expect(choice).to_have_value("C")
    solution = second.get_by_role("button", name="Solution")
    solution.press("Enter")
    expect(second.get_by_role("region")).to_contain_text("Your name: C\nYesterday: N")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, None, {"runOnly": ["color-contrast", "label"]})
        assert not found.response["violations"], found.generate_report()
    page.set_viewport_size({"width": 320, "height": 740})
    is_as_narrow_as_its_window(page)


def handle(page: Page, which: int) -> tuple[float, float]:
    """The middle of a handle, on the screen."""
    box = page.locator(".ll-point").nth(which).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_guesses_are_dragged_drawn_and_taken_back(open_page):
    number = Guess("By which token have half parted?", 1, 40, "token {}")
    points = Guess("How many are right?", at=(1, 4, 16, 64), along="times read")
    page = open_page(number, points, width=320, has_touch=True)
    is_as_narrow_as_its_window(page)
    says, message = page.locator(".ll-says span"), page.locator(".ll-message").first
    x, y = handle(page, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(0, y, steps=4)  # no further than the scale goes
    page.mouse.up()
    expect(says.first).to_have_text("You say: token 1.")
    expect(message).to_contain_text("drawn without your guess")
    slider = page.get_by_role("slider", name="By which token have half parted?")
    for key in ("ArrowRight", "ArrowRight", "PageUp"):
        page.keyboard.press(key)  # it has the keys since it was dragged
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^token [5-9]$"))
    expect(page.locator(".ll-flag").first).to_have_text(re.compile(r"^token [5-9]$"))
    page.get_by_role("button", name="Take it back").first.click()
    expect(slider).to_have_attribute("aria-valuetext", "no guess yet")
    slider.press("Enter")  # the middle, where it stands, is a number, too
    expect(says.first).to_have_text(re.compile(r"You say: token 2[01]\."))
    page.touchscreen.tap(x + 60, y)
    expect(says.first).to_have_text(re.compile(r"You say: token [23]\d\."))
    expect(page.locator(".ll-grip").first).to_have_css("touch-action", "none")

    page.get_by_role("button", name="Take it back").first.click()
    page.locator(".ll-point").nth(1).scroll_into_view_if_needed()
    places = [handle(page, which) for which in range(1, 5)]
    page.mouse.move(*places[0])
    page.mouse.down()
    for i, (x, y) in enumerate(places):  # in one sweep
        page.mouse.move(x, y + 40 - 30 * i)
    page.mouse.up()
    expect(page.locator(".ll-set")).to_have_count(4)
    heights = [handle(page, which)[1] for which in range(1, 5)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == pytest.approx(places[0][1] + 40, abs=2)
    page.keyboard.press("End")
    expect(says.last).to_contain_text("100\u00a0% at 64")


ROWS = [
    ["ollama:llama3.2:1b", "llama, 1.24 billion parameters, 1.3 GB on disk", ""],
    [
        "lmstudio:lmstudio-community/gemma-3-4b-it-GGUF/gemma-3-4b-it-Q4_K_M.gguf",
        "gemma3, 2.49 GB on disk",
        "Its architecture is gemma3, and the lessons run the Llama family.",
    ],
]


def test_a_finger_picks_nobody_answers_and_a_pick_may_be_gone(
    open_page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(another, "_here", [])  # what is picked here is forgotten again
    picker = ModelPicker()  # with these rows, whatever is on this computer
    picker._rows, picker._free = ROWS, "9.8 GB"
    page = open_page(picker, width=320, has_touch=True)
    is_as_narrow_as_its_window(page)
    page.get_by_text(ROWS[0][0]).tap()
    expect(page.get_by_role("radio", name=ROWS[0][0])).to_be_checked()
    status = page.locator(".ll-picker [role=status]")
    expect(status).to_contain_text("Python is not answering.")

    picker.chosen = ROWS[0][0]
    picker._rows = ROWS[1:]
    page = open_page(picker, width=700)
    gone = page.get_by_role("radio", name=ROWS[0][0])
    expect(gone).to_be_checked()
    expect(gone).to_be_disabled()
    expect(page.locator(".ll-models")).to_contain_text("it is no longer there")
    page.get_by_role("radio", name="None").check()
    expect(gone).not_to_be_checked()
