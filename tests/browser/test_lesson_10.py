"""The last lesson: its chat box without a kernel, all of it with one."""

from playwright.sync_api import Page, expect

from tests.browser.notebook_page import NOTEBOOKS
from tests.browser.toys import SAID

LESSON = NOTEBOOKS / "10_build_it.ipynb"


def talk(page: Page) -> list[str]:
    return page.locator(".ll-said").all_inner_texts()


def read(page: Page) -> str:
    return page.get_by_role("group", name="All that the model reads").inner_text()


def take_out(page: Page, said: str) -> None:
    page.get_by_role("button", name=f"Take out: {said}").click()


def test_a_talk_lives_without_a_kernel(open_page, box):
    page = open_page(box, width=820)
    contents = [message["content"] for message in box.messages]
    assert [text.split("\n")[-1] for text in talk(page)] == contents
    assert read(page) == box.read
    take_out(page, SAID[1])
    expect(page.locator(".ll-said")).to_have_count(4)
    assert SAID[1] not in "\n".join(talk(page))


def test_building_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    widget = page.locator(".ll-chat-box").first
    said = widget.locator(".ll-said")
    expect(said.last).to_contain_text("Your name is Ida.")
    line = widget.get_by_label("Say something")
    line.click()
    page.keyboard.type("What is 3 + 4?")
    page.keyboard.press("Enter")
    expect(said).to_have_count(8)
    expect(said.last).to_contain_text("3 + 4 = 7.")
    take_out(page, "My name is Ida.")
    expect(said).to_have_count(6)
    line.fill("What is my name?")
    widget.get_by_role("button", name="Say it").click()
    expect(said).to_have_count(8)
    expect(widget.locator("pre")).not_to_contain_text("My name is Ida.")
