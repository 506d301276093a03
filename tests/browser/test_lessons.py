"""The lessons as a learner meets them: in JupyterLab, run, read and played with."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.made_page import drag
from tests.browser.notebook_page import NOTEBOOKS, try_answer

START, LESSON = NOTEBOOKS / "00_start_here.ipynb", NOTEBOOKS / "04_temperature.ipynb"


def bars(page: Page) -> list[float]:
    """The percentages of the first bars, the last one being everything else."""
    first = page.locator(".ll-bars").first
    shown = first.locator("tbody tr:visible td > span:last-child")
    texts = shown.all_inner_texts()
    return [float(text.split("\u00a0")[0].strip("<>")) for text in texts]


def temperature_slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Temperature").first


def bits(entropy: str) -> float:
    """The number in the line under the bars."""
    found = re.match(r"Entropy ([\d.]+) bits", entropy)
    assert found, entropy
    return float(found[1])


def test_start_page_turns_green_and_leads_on(open_lesson):
    page = open_lesson(START)
    status = page.locator(".ll-setup [role=status]")
    expect(status).to_have_text("✓ The controls work: Python knows that it is 50.")
    expect(page.locator(".ll-no-slider")).to_be_hidden()
    report = page.locator(".ll-report")
    expect(report.get_by_role("img", name="Well:")).to_have_count(4)
    expect(report.get_by_role("img", name="Trouble:")).to_have_count(0)

    slider = page.get_by_label("Drag me")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(status).to_have_text("✓ The controls work: Python knows that it is 53.")
    page.get_by_role("link", name="4 · Temperature").click()
    heading = page.get_by_role("heading", name="4 · Temperature")
    expect(heading).to_be_visible(timeout=60_000)


def test_temperature_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    slider, entropy = temperature_slider(page), page.locator(".ll-entropy").first
    before, open_at_one = bars(page), entropy.inner_text()
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("0.5")
    assert bars(page)[0] > before[0]
    expect(entropy).not_to_have_text(open_at_one)
    assert bits(entropy.inner_text()) < bits(open_at_one)

    drag(page, slider, 1 / 6, 0.9)
    hot = float(slider.input_value())
    assert hot > 2
    assert bars(page)[-1] > before[-1]  # everything else has grown
    assert bits(entropy.inner_text()) > bits(open_at_one)
    twenty_texts(page)


def twenty_texts(page: Page) -> None:
    """The button draws at the slider beside it, and earlier draws stay."""
    widget = page.locator(".ll-continuations")
    button = widget.get_by_role("button", name="Draw")
    status = widget.locator("p[role=status]").first
    draws = widget.locator(".ll-draw")
    expect(draws).to_have_count(1)
    size = draws.first.bounding_box()
    for count, key, temperature, different, press in (
        (2, "Home", "0.00", "20 times the same", "Enter"),
        (3, "End", "3.00", "20, all different", "Space"),
    ):
        widget.get_by_role("slider").press(key)
        now = f"at temperature {temperature}"
        expect(button).to_have_text(f"Draw 20 continuations {now}")
        button.focus()
        page.keyboard.press(press)
        expect(status).to_contain_text(f"{now}: {different}.")
        expect(draws).to_have_count(count)
        expect(draws.first).to_contain_text(f"Temperature {temperature}{different}")
        new_size = draws.first.bounding_box()
        assert size and new_size and new_size["height"] == size["height"]
    texts = draws.first.get_by_role("group", name="Temperature 3.00")
    expect(texts.get_by_role("listitem")).to_have_count(20)
    expect(temperature_slider(page)).to_have_value("3")  # the two have one temperature


def test_quiz_figure_and_exercises_in_the_dark(open_lesson):
    page = open_lesson(LESSON, dark=True)
    page.get_by_role("radio", name="Mostly wrong, and the same each time").click()
    expect(page.locator(".ll-right [role=status]")).to_contain_text("✓ Right.")
    told = try_answer(page, "for_facts = ...", "for_facts = 0\nfor_stories = 1")
    assert "✓ Right." in told
    for count in ("Two", "Three"):  # of Fjord, and of the real model
        one = page.get_by_role("img", name=f"{count} curves over temperature")
        expect(one).to_have_count(1)
    ink = page.evaluate("getComputedStyle(document.querySelector('.ll-figure')).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) > 380  # pale, on the dark
