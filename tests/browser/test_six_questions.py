"""The six questions for who learns alone: by keyboard, kept, compared, forgotten."""

from pathlib import Path

from playwright.sync_api import Page, expect

from llm_lessons.foundation.languages import telling, translator, words_of
from llm_lessons.lessons.survey import ANSWER, ASKED, CHOSEN, JUDGED
from llm_lessons.widgets import SixQuestions
from tests.browser.made_page import (
    button,
    is_as_narrow_as_its_window,
    no_barriers,
    press,
)
from tests.browser.static_page import static_page

RIGHT = [[choice.right for choice in one.choices].index(True) for one in CHOSEN]
USES = [one["right"] for one in JUDGED]
KEPT_PLACES = "() => Object.keys(localStorage)"
KEEPS_NOTHING = """Object.defineProperty(window, "localStorage", {
  get() { throw new Error("nothing is kept here"); } })"""
ALL = len(ASKED)
JUDGED_RIGHTLY = len(CHOSEN) + 1  # questions that have a right answer


def shown_in(page: Page, folder: Path, when: str, more: str = "") -> None:
    path = folder / f"{when}.html"
    path.write_text(static_page(SixQuestions(when)) + more, encoding="utf-8")
    page.goto(path.as_uri())
    page.locator("[data-ready]").wait_for()


def stands_at(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Question {number} of {ALL}")).to_be_visible()


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def go_on(page: Page) -> None:
    """By keyboard; then the next question has the focus, and Tab leads into it."""
    page.locator(".ll-main").press("Enter")


def choose(page: Page, place: int) -> None:
    """The choice at this place of a question that has the focus: each arrow chooses."""
    keys(page, "Tab", "Space", *["ArrowDown"] * place)


def answer(page: Page, sentence: str, uses: list[bool], choices: list[int]) -> None:
    """All six, by keyboard alone."""
    page.get_by_label("Your sentence").focus()
    page.keyboard.type(sentence)
    go_on(page)
    for use in uses:
        choose(page, int(not use))
    go_on(page)
    for place in choices:
        choose(page, place)
        go_on(page)


def test_both_times_stand_side_by_side_and_are_forgotten(new_page, tmp_path):
    page = new_page(width=390, height=844)
    shown_in(page, tmp_path, "before")
    box = page.locator(".ll-six")
    page.get_by_label("Your sentence").fill("<b>It looks it up</b>")
    go_on(page)
    stands_at(page, 2)
    for use in (True, True, True):
        choose(page, int(not use))
    page.reload()
    stands_at(page, 2)  # one of its four parts is open
    expect(page.get_by_role("radio", name="I use it", checked=True)).to_have_count(3)
    page.get_by_role("radio", name="I use it").last.check()
    press(page, "Back")
    expect(page.get_by_label("Your sentence")).to_have_value("<b>It looks it up</b>")
    no_barriers(page, within=".ll-six")
    go_on(page)
    go_on(page)
    for place in RIGHT[:-1]:
        choose(page, (place + 1) % 3)
        go_on(page)
    expect(page.get_by_text("You have left out 1")).to_be_visible()
    expect(box).not_to_contain_text("✓")
    expect(box).not_to_contain_text("✗")
    go_on(page)
    expect(button(page, "Ask me again now")).to_be_visible()
    page.reload()
    expect(button(page, "Ask me again now")).to_be_visible()
    expect(box).not_to_contain_text(ANSWER)

    shown_in(page, tmp_path, "after")  # another lesson's page
    stands_at(page, 1)
    answer(page, "From odds", USES, RIGHT)
    score = f"Before: 0 of {JUDGED_RIGHTLY} right. Now: {JUDGED_RIGHTLY} of"
    expect(box).to_contain_text(score)
    expect(box.locator("[translate=no]")).to_have_text(
        ["<b>It looks it up</b>", "From odds"]
    )
    for sentence in (ANSWER, JUDGED[0]["why"], CHOSEN[-1].choices[RIGHT[-1]].why):
        expect(box).to_contain_text(sentence)
    marks = box.locator("[data-right]").all_inner_texts()
    wrong_before = USES.count(False) + len(CHOSEN) - 1  # the last was left out
    assert sum("Not right" in mark for mark in marks) == wrong_before
    assert len(marks) == 2 * (len(JUDGED) + len(CHOSEN)) - 1
    is_as_narrow_as_its_window(page)
    no_barriers(page, within=".ll-six")
    page.emulate_media(color_scheme="dark")
    page.add_style_tag(content="html { background: #111; }")
    no_barriers(page, within=".ll-six")

    page.reload()
    expect(box).to_contain_text(score)
    assert page.evaluate(KEPT_PLACES) == ["llm-lessons-six-questions"]
    button(page, "Forget both").press("Enter")
    stands_at(page, 1)
    expect(page.get_by_label("Your sentence")).to_have_value("")
    assert page.evaluate(KEPT_PLACES) == []


def test_a_browser_that_keeps_nothing_says_so_and_still_asks(new_page, tmp_path):
    page = new_page(width=700)
    page.add_init_script(KEEPS_NOTHING)
    shown_in(page, tmp_path, "after")
    done = button(page, "I am done")
    for _ in range(ALL - 1):
        go_on(page)
    expect(done).to_have_attribute("aria-disabled", "true")  # there is no answer yet
    choose(page, 0)
    page.get_by_role("radio").nth(RIGHT[-1]).check()
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    done.press("Enter")
    box = page.locator(".ll-six")
    expect(box).to_contain_text(f"Now: 1 of {JUDGED_RIGHTLY} right.")
    expect(box.locator(".ll-six-when").get_by_text("Before")).to_have_count(0)


def test_they_are_asked_in_norwegian_where_a_catalog_is(new_page, tmp_path):
    page, tell = new_page(width=700), translator("nb")
    shown_in(page, tmp_path, "before", telling(words_of("nb")))
    heads = []
    for _ in ASKED:
        heads.append(page.locator(".ll-question").inner_text())
        go_on(page)
    assert heads == [tell(question) for question in ASKED.values()] != [*ASKED.values()]
    told = [tell(choice.text) for choice in CHOSEN[-1].choices]
    expect(page.locator(".ll-six-option")).to_have_text(told)
