"""The last lesson: its chat box without a kernel, all of it with one."""

from playwright.sync_api import Page, expect

from tests.browser.made_page import button
from tests.browser.notebook_page import NOTEBOOKS
from tests.browser.toys import SAID

LESSON = NOTEBOOKS / "10_build_it.ipynb"
BEYOND = """node => {
    const output = node.closest('.jp-OutputArea-output');
    return output.scrollHeight - output.clientHeight;
}"""


def talk(page: Page) -> list[str]:
    return page.locator(".ll-said").all_inner_texts()


def read(page: Page) -> str:
    return page.get_by_role("group", name="All that the model reads").inner_text()


def take_out(page: Page, said: str) -> None:
    page.get_by_role("button", name=f"Take out: {said}").click()


def test_a_talk_lives_without_a_kernel(open_page, screenshot, box):
    page = open_page(box, width=820)
    contents = [message["content"] for message in box.messages]
    assert [text.split("\n")[-1] for text in talk(page)] == contents
    assert read(page) == box.read
    screenshot(page, "talk")
    say = button(page, "Say it")
    place = say.bounding_box()
    take_out(page, SAID[1])
    expect(page.locator(".ll-said")).to_have_count(4)
    assert say.bounding_box() == place  # nothing jumps
    assert SAID[1] not in "\n".join(talk(page))
    page.get_by_label("Say something").fill("<b>Hello!</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".ll-said").last).to_contain_text("<b>Hello!</b>")
    expect(page.get_by_label("Say something")).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text("No model is answering.")
    expect(say).to_have_attribute("aria-disabled", "true")
    screenshot(page, "excuse")


def test_building_by_keyboard_and_mouse(open_lesson, screenshot):
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
    for turn in range(5, 9):
        line.fill("Hello!")
        page.keyboard.press("Enter")
        expect(said).to_have_count(2 * turn)
    assert widget.evaluate(BEYOND) <= 0  # a talk scrolls in its own box
    screenshot(widget, "forgotten")
