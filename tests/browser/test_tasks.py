"""Quiz, exercise and glossary by key, mouse and finger, with Python and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from llm_lessons.lessons.checking.checker import Feedback
from llm_lessons.lessons.exercises import exercise
from llm_lessons.widgets import ExerciseBox, predict
from tests.browser.notebook_page import no_barriers, run_cell
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
        page = static_page(predict("04.zero"))
        path = tmp_path / "page.html"
        path.write_text(
            page.replace("<body>", f"<body><main>{TEXT}</main>"), encoding="utf-8"
        )
        (tmp_path / "glossary.html").write_text('<link rel="icon" href="data:,">')
        opened = new_page(**options)
        opened.goto(path.as_uri())
        opened.locator("[data-ready]").wait_for()
        return opened

    return open_


def test_a_word_explains_itself_where_it_stands(open_text):
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
    assert not [
        one for one in found.response["violations"] if "ll-tip" in str(one["nodes"])
    ]
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
    page.get_by_role("link", name="elsewhere").hover()
    page.wait_for_timeout(300)
    expect(word).to_be_hidden()


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


def test_arrows_move_through_a_quiz_and_give_nothing_away(open_text):
    page = open_text()
    group = page.get_by_role("radiogroup", name="one single page")
    choices = group.get_by_role("radio")
    last = choices.count() - 1
    page.get_by_role("button", name="A button").focus()
    page.keyboard.press("Tab")
    for key, place in (
        ("ArrowDown", 1),
        ("ArrowRight", 2),
        ("ArrowUp", 1),
        ("Home", 0),
        ("ArrowLeft", last),
        ("ArrowDown", 0),
        ("End", last),
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


def test_a_box_helps_without_python_and_says_that_it_cannot_check(open_page):
    found = Feedback("not attempted", "Exercise 04.3", "Put `it` in.")
    page = open_page(ExerciseBox(exercise("04.3"), found), width=700, height=700)
    box = page.get_by_role("group", name="Exercise 04.3")
    expect(box.get_by_role("status")).to_have_text(
        "Exercise 04.3: ○ Not attempted. Put it in."
    )
    box.get_by_role("button", name="Check").focus()
    page.keyboard.press("Tab")
    for count in (1, 2, 3):
        expect(box.get_by_role("button", name=f"Hint {count} of 3")).to_be_focused()
        page.keyboard.press("Enter")
        expect(box.get_by_role("listitem")).to_have_count(count)
    off = box.get_by_role("button", name="No more hints")
    expect(off).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    solution = box.get_by_role("region", name="One way to do it")
    expect(solution).to_contain_text("def apply_temperature")
    expect(box.get_by_role("button", name="Solution")).to_have_attribute(
        "aria-expanded", "true"
    )
    box.get_by_role("button", name="Check").click()
    expect(box.get_by_role("status")).to_contain_text(
        "A page without Python can show hints"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(solution).to_be_hidden()


CELLS = [
    "import os\nimport llm_lessons as ll\n"
    'os.environ["LLM_LESSONS_DIARY"] = os.getcwd()\nll.predict("04.zero")',
    "from IPython.display import Markdown\n"
    'Markdown("A [**token**](glossary.md#Token) more.")',
    "text = ...",
    'll.exercise("00.1").check()',
    "del os",
    "ll.progress()",
    "ll.progress().page()",
]


def test_in_jupyterlab(open_notebook):
    """One notebook for all that needs a kernel, or JupyterLab's own links."""
    page = open_notebook(CELLS, width=1000, height=900)
    box = page.get_by_role("group", name="Exercise 00.1")
    said, check = box.get_by_role("status"), box.get_by_role("button", name="Check")
    expect(said).to_contain_text("○ Not attempted.")
    answer = page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(2)

    run_cell(page, 3)
    check.click()
    expect(said).to_contain_text("No cell has run since the last check.")
    answer.fill('text = "Once upon a time there was a"')
    run_cell(page, 2)
    check.click()
    expect(said).to_contain_text("✗ Not yet. After “Once upon a time there was a”")
    answer.fill('text = = "Once upon a"')
    run_cell(page, 2)
    check.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("✗ It stopped. The cell of text stopped with")
    expect(said).to_contain_text("SyntaxError: invalid syntax (line 1)")
    answer.fill('text = "Once upon a"')
    run_cell(page, 2)
    check.click()
    expect(said).to_contain_text("✓ Right.")
    no_barriers(page)

    page.get_by_role("link", name="token", exact=True).hover()
    expect(page.get_by_role("tooltip")).to_contain_text("A piece of text")

    page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(4).fill("os")
    told = run_cell(page, 4)
    assert "Run the cell with" in told and "import os" in told
    assert "Traceback" not in told

    page.get_by_role("radio").nth(1).click()
    assert run_cell(page, 5).startswith("Go on with 4 · Temperature.")
    run_cell(page, 6)
    sheet = page.get_by_role("region", name="What I have done")
    expect(sheet).to_contain_text("1 lesson so far")
    expect(sheet).to_contain_text("Guessed:")
    no_barriers(page)
    page.get_by_role("button", name="Print this page").click()
    printed = page.frame_locator(".ll-printed").locator("body")
    expect(printed).to_contain_text("LLM Lessons: what I have done")
